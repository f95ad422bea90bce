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

    /** The same; where the intensity is negative or no finite number, nothing was measured or filled in. */
    PhasingProblem sound() {
        int first = 0;
        while (first < intensity.data().length && sound(first)) {
            first++;
        }
        if (first == intensity.data().length) {
            return this;
        }
        float[] photons = intensity.data().clone();
        byte[] unknown = free.data().clone();
        float[] spread = deviation == null ? null : deviation.data().clone();
        for (int i = first; i < photons.length; i++) {
            if (!sound(i)) {
                photons[i] = 0;
                unknown[i] = 1;
                if (spread != null) {
                    spread[i] = Float.NaN;
                }
            }
        }
        Shape3 shape = intensity.shape();
        return new PhasingProblem(
                new Volume(shape, photons),
                new Mask(shape, unknown),
                spread == null ? null : new Volume(shape, spread));
    }

    private boolean sound(int voxel) {
        float photons = intensity.data()[voxel];
        return photons >= 0 && photons < Float.POSITIVE_INFINITY;
    }

    /** One box of it. */
    PhasingProblem crop(Region3 region) {
        return new PhasingProblem(
                intensity.crop(region), free.crop(region), deviation == null ? null : deviation.crop(region));
    }
}
