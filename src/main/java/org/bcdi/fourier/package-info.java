/**
 * The 3D Fourier transform. The only room that knows JTransforms.
 */
@NullMarked
package org.bcdi.fourier;

import org.jspecify.annotations.NullMarked;
