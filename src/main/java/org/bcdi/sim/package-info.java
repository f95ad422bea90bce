/**
 * A strained crystal and the rocking curve a detector would record of it: for training, tests and the demo.
 */
@NullMarked
package org.bcdi.sim;

import org.jspecify.annotations.NullMarked;
