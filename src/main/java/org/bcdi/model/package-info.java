/**
 * Networks as ONNX files with their model cards, run on the GPU or the CPU. The only room that knows DJL and ONNX Runtime.
 */
@NullMarked
package org.bcdi.model;

import org.jspecify.annotations.NullMarked;
