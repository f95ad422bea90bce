package org.bcdi.phase;

import org.bcdi.fourier.GoodSizes;
import org.bcdi.mask.Mask;
import org.bcdi.task.InputException;
import org.bcdi.volume.Region3;
import org.bcdi.volume.Shape3;
import org.bcdi.volume.Volume;

/**
 * Chooses which box of a scan is phased: the Bragg peak at N/2, extents that transform fast, as large as the scan allows.
 * Above a number of voxels the box shrinks, its longest axis first: what it loses are the finest details, which few
 * photons carry.
 */
final class PhasingRegion {
    private static final int SMALLEST = 4;

    private PhasingRegion() {}

    /**
     * @param mostVoxels the box may have
     * @throws InputException when no measured voxel of the scan or the box holds a photon, or the peak lies at the border
     */
    static Region3 around(Volume intensity, Mask free, long mostVoxels) {
        Shape3 shape = intensity.shape();
        int peak = peak(intensity, free);
        int[] centre = {peak / shape.frameSize(), peak / shape.nx() % shape.ny(), peak % shape.nx()};
        int[] extent = new int[3];
        for (int axis = 0; axis < 3; axis++) {
            extent[axis] = extent(axis, shape.length(axis), centre[axis]);
        }
        while ((long) extent[0] * extent[1] * extent[2] > mostVoxels) {
            int longest = extent[0] >= extent[1] && extent[0] >= extent[2] ? 0 : extent[1] >= extent[2] ? 1 : 2;
            extent[longest] = evenGoodSize(extent[longest] - 1);
        }
        Region3 region = new Region3(
                centre[0] - extent[0] / 2,
                centre[1] - extent[1] / 2,
                centre[2] - extent[2] / 2,
                new Shape3(extent[0], extent[1], extent[2]));
        if (!holdsMeasuredPhotons(intensity.crop(region), free.crop(region))) {
            throw new InputException("The " + region.shape() + " voxels around the brightest one, (z, y, x) = ("
                    + centre[0] + ", " + centre[1] + ", " + centre[2]
                    + "), hold no measured photons, so there is nothing to phase; choose a region of interest around"
                    + " the measured peak or check the mask.");
        }
        return region;
    }

    /** The largest even good size that fits with {@code centre} at its half. */
    private static int extent(int axis, int length, int centre) {
        int half = Math.min(centre, length - centre);
        if (2 * half < SMALLEST) {
            throw new InputException("The Bragg peak lies at voxel " + centre + " of " + length
                    + " along " + "zyx".charAt(axis)
                    + ", too near the border to be phased; "
                    + (axis == 0 ? "scan further on that side" : "take a wider region or move the detector")
                    + ", or mask what is brighter than the right peak.");
        }
        return evenGoodSize(2 * half);
    }

    private static int evenGoodSize(int most) {
        return 2 * GoodSizes.atMost(most / 2);
    }

    /**
     * Brightest voxel of the intensity after a mean over 3x3x3 neighbours, so that a hot voxel does not pass for the peak. Of those
     * that are equally bright then, as around a peak of one voxel, the one that was brightest before.
     */
    static int peak(Volume intensity, Mask free) {
        if (!holdsMeasuredPhotons(intensity, free)) {
            throw new InputException(
                    "The scan holds no photons, so there is nothing to phase; check the data and the mask.");
        }
        float[] around = intensity.data();
        for (int axis = 0; axis < 3; axis++) {
            around = Smoothing.mean3(intensity.shape(), around, axis);
        }
        int peak = 0;
        for (int i = 1; i < around.length; i++) {
            boolean brighter = around[i] > around[peak]
                    || (around[i] == around[peak]
                            && intensity.data()[i] > intensity.data()[peak]);
            peak = brighter ? i : peak;
        }
        return peak;
    }

    /** What a fill makes up in the gaps is no evidence of a crystal. */
    private static boolean holdsMeasuredPhotons(Volume intensity, Mask free) {
        for (int i = 0; i < intensity.data().length; i++) {
            if (!free.masked(i) && intensity.data()[i] > 0) {
                return true;
            }
        }
        return false;
    }
}
