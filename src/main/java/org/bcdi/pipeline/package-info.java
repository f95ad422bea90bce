/**
 * Wires the stages into the way of the data and owns every thread. The device reads its {@code Snapshot}s.
 */
@NullMarked
package org.bcdi.pipeline;

import org.jspecify.annotations.NullMarked;
