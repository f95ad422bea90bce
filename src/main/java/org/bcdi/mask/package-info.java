/**
 * Which pixels and voxels hold no data: detector geometries, gaps and invalid values. A mask is 1 where nothing was
 * measured and 0 where counts were. Knows only volumes.
 */
@NullMarked
package org.bcdi.mask;

import org.jspecify.annotations.NullMarked;
