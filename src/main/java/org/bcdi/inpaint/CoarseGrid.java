package org.bcdi.inpaint;

import org.bcdi.mask.Mask;
import org.bcdi.volume.Shape3;
import org.bcdi.volume.Volume;

/**
 * A volume summed over blocks: on it a wide gap is narrow enough for the network, and its envelope comes back, though not
 * the fringes that are shorter than a block.
 */
final class CoarseGrid {
    private static final int COARSEST = 4;

    /** Photons of a block below which its logarithm means nothing. */
    private static final double FAINTEST = 1e-3;

    private final int factor;
    private final Volume counts;
    private final Gaps gaps;

    private CoarseGrid(int factor, Volume counts, Gaps gaps) {
        this.factor = factor;
        this.counts = counts;
        this.gaps = gaps;
    }

    /** The finest grid on which no gap is wide, or the coarsest that is used. */
    static CoarseGrid of(Volume counts, Gaps gaps) {
        CoarseGrid grid = binned(counts, gaps, 2);
        for (int factor = 3; factor <= COARSEST && hasWideGaps(grid.gaps); factor++) {
            grid = binned(counts, gaps, factor);
        }
        return grid;
    }

    int factor() {
        return factor;
    }

    /** Photons of each block; what was not measured in a block of which half was, or lies beyond the border, is made up for. */
    Volume counts() {
        return counts;
    }

    /** Blocks of which less than half was measured, voxels beyond the border not counting. */
    Gaps gaps() {
        return gaps;
    }

    private static boolean hasWideGaps(Gaps gaps) {
        for (byte wide : WideGaps.of(gaps)) {
            if (wide != 0) {
                return true;
            }
        }
        return false;
    }

    static CoarseGrid binned(Volume counts, Gaps gaps, int factor) {
        Shape3 fine = counts.shape();
        Shape3 shape = new Shape3(
                (fine.nz() + factor - 1) / factor,
                (fine.ny() + factor - 1) / factor,
                (fine.nx() + factor - 1) / factor);
        float[] sums = new float[shape.size()];
        byte[] mask = new byte[shape.size()];
        for (int block = 0; block < sums.length; block++) {
            int z0 = block / shape.frameSize() * factor;
            int y0 = block / shape.nx() % shape.ny() * factor;
            int x0 = block % shape.nx() * factor;
            double sum = 0;
            int there = 0;
            int inside = 0;
            for (int z = z0; z < Math.min(z0 + factor, fine.nz()); z++) {
                for (int y = y0; y < Math.min(y0 + factor, fine.ny()); y++) {
                    for (int x = x0; x < Math.min(x0 + factor, fine.nx()); x++) {
                        int voxel = fine.index(z, y, x);
                        inside++;
                        if (!gaps.masked(voxel)) {
                            sum += counts.data()[voxel];
                            there++;
                        }
                    }
                }
            }
            int whole = factor * factor * factor;
            // Of the voxels that exist: a volume thinner than a block would have no known block else
            boolean known = 2 * there >= inside;
            sums[block] = known ? (float) (sum * whole / there) : 0;
            mask[block] = (byte) (known ? 0 : 1);
        }
        return new CoarseGrid(factor, new Volume(shape, sums), Gaps.of(new Mask(shape, mask)));
    }

    /**
     * Brings an estimate on this grid back to single voxels: straight lines between the logarithms of the blocks' mean rates
     * and between their relative deviations.
     *
     * @param log of the blocks, log(1 + photons), gaps included
     * @param error standard deviation of it, 0 where measured
     * @param fine shape of the single voxels
     * @param voxels to write
     * @param means takes the log(1 + photons) of each voxel
     * @param errors takes its standard deviation
     */
    void spread(float[] log, float[] error, Shape3 fine, int[] voxels, float[] means, float[] errors) {
        float[] rates = new float[log.length];
        float[] relative = new float[log.length];
        for (int block = 0; block < log.length; block++) {
            double photons = Math.max(Math.expm1(log[block]), FAINTEST);
            rates[block] = (float) Math.log(photons / Math.pow(factor, 3));
            relative[block] = (float) (error[block] * (1 + photons) / photons);
        }
        Trilinear blocks = new Trilinear(gaps.shape());
        for (int i = 0; i < voxels.length; i++) {
            int z = voxels[i] / fine.frameSize();
            int y = voxels[i] / fine.nx() % fine.ny();
            int x = voxels[i] % fine.nx();
            blocks.at((z + 0.5) / factor - 0.5, (y + 0.5) / factor - 0.5, (x + 0.5) / factor - 0.5);
            double photons = Math.exp(blocks.of(rates));
            means[i] = (float) Math.log1p(photons);
            errors[i] = (float) (blocks.of(relative) * photons / (1 + photons));
        }
    }

    /** Straight lines between the voxels of a volume, edge values beyond its border. */
    private static final class Trilinear {
        private final Shape3 shape;
        private final int[] voxels = new int[8];
        private final double[] weights = new double[8];

        Trilinear(Shape3 shape) {
            this.shape = shape;
        }

        void at(double z, double y, double x) {
            for (int corner = 0; corner < 8; corner++) {
                weights[corner] = share(z, corner >> 2) * share(y, corner >> 1 & 1) * share(x, corner & 1);
                voxels[corner] = shape.index(
                        place(z, corner >> 2, shape.nz()),
                        place(y, corner >> 1 & 1, shape.ny()),
                        place(x, corner & 1, shape.nx()));
            }
        }

        double of(float[] values) {
            double sum = 0;
            for (int corner = 0; corner < 8; corner++) {
                sum += weights[corner] * values[voxels[corner]];
            }
            return sum;
        }

        private static double share(double place, int side) {
            double behind = place - Math.floor(place);
            return side == 0 ? 1 - behind : behind;
        }

        private static int place(double place, int side, int length) {
            return Math.max(0, Math.min((int) Math.floor(place) + side, length - 1));
        }
    }
}
