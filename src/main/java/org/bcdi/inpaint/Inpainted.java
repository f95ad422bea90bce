package org.bcdi.inpaint;

import java.util.Arrays;
import org.bcdi.volume.Shape3;
import org.bcdi.volume.Volume;

/**
 * A filled volume.
 *
 * @param intensity photons: measured voxels as counted, gap voxels the expected rate, finite and not negative
 * @param deviation standard deviation of the intensity in photons: of a gap voxel as the filler estimates it (NaN where
 *     the filler knows none, infinite where nothing can be recovered), of a measured one 0
 * @param gapVoxels that were filled
 * @param patches run through a network, 0 for interpolation
 * @param share of the network's corrections that this scan confirmed and that were made, 0 to 1; NaN where none was asked
 */
public record Inpainted(Volume intensity, Volume deviation, int gapVoxels, int patches, double share) {
    /** Of a volume in which nothing was missing. */
    static Inpainted unchanged(Volume counts) {
        Volume certain = new Volume(counts.shape(), new float[counts.data().length]);
        return new Inpainted(new Volume(counts.shape(), counts.data().clone()), certain, 0, 0, Double.NaN);
    }

    /** Of a volume in which nothing was measured: no network knows anything about it. */
    static Inpainted unknown(Shape3 shape) {
        float[] endless = new float[shape.size()];
        Arrays.fill(endless, Float.POSITIVE_INFINITY);
        return new Inpainted(Volume.zeros(shape), new Volume(shape, endless), shape.size(), 0, Double.NaN);
    }
}
