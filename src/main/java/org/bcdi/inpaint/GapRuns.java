package org.bcdi.inpaint;

import org.bcdi.volume.Shape3;

/** Gap voxels that follow one another along x, so that most of them need no look of their own. */
final class GapRuns {
    private final Gaps gaps;

    GapRuns(Gaps gaps) {
        this.gaps = gaps;
    }

    interface Visitor {
        /**
         * @param gap number of the first voxel of the run, whose place is z, y, x
         * @param count of its voxels
         */
        void visit(int gap, int z, int y, int x, int count);
    }

    /** Calls the visitor for the runs in the box from {@code begin} up to {@code end} (z, y, x), which may reach beyond the volume's end. */
    void visit(int[] begin, int[] end, Visitor visitor) {
        Shape3 volume = gaps.shape();
        for (int z = begin[0]; z < Math.min(volume.nz(), end[0]); z++) {
            for (int y = begin[1]; y < Math.min(volume.ny(), end[1]); y++) {
                int row = volume.index(z, y, 0);
                int past = row + Math.min(volume.nx(), end[2]);
                int gap = gaps.firstFrom(row + begin[2]);
                while (gap < gaps.count() && gaps.voxel(gap) < past) {
                    int first = gaps.voxel(gap);
                    int run = 1;
                    while (first + run < past && gaps.masked(first + run)) {
                        run++;
                    }
                    visitor.visit(gap, z, y, first - row, run);
                    gap += run;
                }
            }
        }
    }
}
