package org.bcdi.phase;

import java.util.SplittableRandom;
import org.bcdi.mask.Mask;
import org.bcdi.volume.Shape3;
import org.bcdi.volume.Volume;

/**
 * Measured voxels that are kept from the solver, to judge its result by what it never saw (Brünger 1992, for crystals).
 * They come in blocks of 3x3x3, since a single voxel is foretold by its neighbours in the same speckle, and not near the
 * peak, whose loss would harm the reconstruction.
 */
final class FreeSet {
    /** Part of the volume that is kept, before masked voxels and those at the peak are taken off. */
    static final double FRACTION = 0.02;
    /** Voxels brighter than this part of the brightest belong to the peak. */
    private static final double PEAK = 0.02;
    /** Counts below which no voxel belongs to the peak: of zeros alone nothing can be judged. */
    private static final float DIM = 3;

    private static final int REACH = 1;

    private FreeSet() {}

    /** 1 at the kept voxels. Only where hardly any voxel may be kept are there none. */
    static Mask choose(Volume intensity, Mask free, long seed) {
        Shape3 shape = intensity.shape();
        float brightest = 0;
        for (int i = 0; i < shape.size(); i++) {
            brightest =
                    free.masked(i) ? brightest : Math.max(brightest, intensity.data()[i]);
        }
        float bright = Math.max((float) (PEAK * brightest), Math.min(DIM, brightest));
        byte[] kept = new byte[shape.size()];
        int blocks = (int) Math.ceil(FRACTION * shape.size() / 27);
        SplittableRandom random = new SplittableRandom(seed);
        boolean some = false;
        for (int tried = 0; tried < blocks || (!some && tried < shape.size()); tried++) {
            some |= keep(kept, intensity, free, random.nextInt(shape.size()), bright);
        }
        return new Mask(shape, kept);
    }

    /** Keeps what may be kept of one block. Whether that is anything. */
    private static boolean keep(byte[] kept, Volume intensity, Mask free, int centre, float brightest) {
        Shape3 shape = intensity.shape();
        boolean some = false;
        int z = centre / shape.frameSize();
        int y = centre / shape.nx() % shape.ny();
        int x = centre % shape.nx();
        for (int k = Math.max(0, z - REACH); k <= Math.min(shape.nz() - 1, z + REACH); k++) {
            for (int j = Math.max(0, y - REACH); j <= Math.min(shape.ny() - 1, y + REACH); j++) {
                for (int i = Math.max(0, x - REACH); i <= Math.min(shape.nx() - 1, x + REACH); i++) {
                    int at = shape.index(k, j, i);
                    if (!free.masked(at) && intensity.data()[at] < brightest) {
                        kept[at] = 1;
                        some = true;
                    }
                }
            }
        }
        return some;
    }
}
