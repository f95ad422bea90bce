/**
 * Shapes, regions and volumes: value types over one flat array in C order (z, y, x), where z is the rocking step, y the
 * detector row and x the detector column. Knows no other room but task.
 */
@NullMarked
package org.bcdi.volume;

import org.jspecify.annotations.NullMarked;
