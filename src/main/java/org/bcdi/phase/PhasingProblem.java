package org.bcdi.phase;

import org.bcdi.mask.Mask;
import org.bcdi.volume.Region3;
import org.bcdi.volume.Shape3;
import org.bcdi.volume.Volume;
import org.jspecify.annotations.Nullable;

/**
 * What phasing starts from.
 *
 * @param intensity photons, shape (nz, ny, nx), Bragg peak anywhere
 * @param free 1 where the intensity was not measured and does not bind the solution
 * @param deviation standard deviation of the intensity in photons at free voxels, to hold them softly to their filled
 *     value (NaN leaves a voxel free); null leaves them all free
 */
public record PhasingProblem(
        Volume intensity, Mask free, @Nullable Volume deviation) {
    public PhasingProblem {
        Shape3 shape = intensity.shape();
        if (!free.shape().equals(shape)) {
            throw new IllegalArgumentException("a mask of " + free.shape() + " for an intensity of " + shape);
        }
        if (deviation != null && !deviation.shape().equals(shape)) {
            throw new IllegalArgumentException("a deviation of " + deviation.shape() + " for an intensity of " + shape);
        }
    }

    /** One box of it. */
    PhasingProblem crop(Region3 region) {
        return new PhasingProblem(
                intensity.crop(region), free.crop(region), deviation == null ? null : deviation.crop(region));
    }
}
