/**
 * Pictures a person can judge a result by: slices in false colour, beside each other, as PNG.
 */
@NullMarked
package org.bcdi.picture;

import org.jspecify.annotations.NullMarked;
