/**
 * The port of a frame source, and the frames that come through it. Knows no Tango: that is {@code detector.lima}.
 */
@NullMarked
package org.bcdi.detector;

import org.jspecify.annotations.NullMarked;
