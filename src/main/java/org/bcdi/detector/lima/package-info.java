/**
 * The Lima detector server as a frame source: a Tango client that only ever reads, and the DATA_ARRAY codec.
 */
@NullMarked
package org.bcdi.detector.lima;

import org.jspecify.annotations.NullMarked;
