package org.bcdi.phase;

import org.bcdi.mask.Mask;
import org.bcdi.volume.Volume;
import org.jspecify.annotations.Nullable;

/**
 * What phasing starts from.
 *
 * @param intensity photons, shape (nz, ny, nx), Bragg peak anywhere
 * @param free 1 where the intensity was not measured and does not bind the solution
 * @param deviation standard deviation of the intensity in photons at free voxels, to hold them softly to their filled
 *     value; null leaves them free
 */
public record PhasingProblem(
        Volume intensity, Mask free, @Nullable Volume deviation) {}
