package org.bcdi.inpaint;

import java.util.function.Supplier;
import org.bcdi.volume.Shape3;
import org.bcdi.volume.Slabs;

/**
 * A part of a volume that the network looks at.
 *
 * @param z first voxel; it may lie outside of the volume, as may the window's far end
 * @param y first voxel
 * @param x first voxel
 * @param sides their lengths, multiples of {@value Windows#STEP}
 */
record Window(int z, int y, int x, Shape3 sides) {
    int voxels() {
        return sides.size();
    }

    /** What is done with a row of the window, as far as it lies in the volume. */
    interface RowVisitor {
        /**
         * @param z in the volume
         * @param y in the volume
         * @param first place along x in the volume
         * @param end place behind the last
         */
        void visit(int z, int y, int first, int end);
    }

    /** Visits the window's rows in a volume, one after the other. */
    void rows(Shape3 volume, RowVisitor visitor) {
        for (int atZ = Math.max(0, z); atZ < Math.min(volume.nz(), z + sides.nz()); atZ++) {
            slab(atZ, volume, visitor);
        }
    }

    /**
     * The same on all cores.
     *
     * @param visitors makes one for each slab along z
     */
    void rowsInParallel(Shape3 volume, Supplier<RowVisitor> visitors) {
        int first = Math.max(0, z);
        int end = Math.min(volume.nz(), z + sides.nz());
        Slabs.parallel(end - first, slab -> slab(first + slab, volume, visitors.get()));
    }

    private void slab(int atZ, Shape3 volume, RowVisitor visitor) {
        int first = Math.max(0, x);
        int end = Math.min(volume.nx(), x + sides.nx());
        for (int atY = Math.max(0, y); atY < Math.min(volume.ny(), y + sides.ny()); atY++) {
            visitor.visit(atZ, atY, first, end);
        }
    }
}
