/**
 * From frames to a rocking curve: a {@code StackBuilder}, filled by one thread, becomes an immutable
 * {@link org.bcdi.stack.RockingCurve}.
 */
@NullMarked
package org.bcdi.stack;

import org.jspecify.annotations.NullMarked;
