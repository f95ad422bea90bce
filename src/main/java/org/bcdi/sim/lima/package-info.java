/**
 * A Tango device that behaves as a Lima detector does, weaknesses included.
 */
@NullMarked
package org.bcdi.sim.lima;

import org.jspecify.annotations.NullMarked;
