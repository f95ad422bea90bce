/**
 * What every stage is given: a {@link org.bcdi.task.Monitor} for progress and cancellation, and the exceptions it may
 * end with. Knows no other room.
 */
@NullMarked
package org.bcdi.task;

import org.jspecify.annotations.NullMarked;
