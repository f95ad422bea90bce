/**
 * From intensities to the object: ER, HIO and RAAR with shrink-wrap (Fienup 1982; Luke 2005; Marchesini et al. 2003),
 * and the figures that say how far to trust the result. Knows nothing of inpainting.
 */
@NullMarked
package org.bcdi.phase;

import org.jspecify.annotations.NullMarked;
