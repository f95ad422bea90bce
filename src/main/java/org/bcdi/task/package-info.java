/**
 * What every stage is given: a {@link org.bcdi.task.Monitor} for progress and cancellation, and the exceptions it may
 * end with; and names of files. Knows no other room.
 */
@NullMarked
package org.bcdi.task;

import org.jspecify.annotations.NullMarked;
