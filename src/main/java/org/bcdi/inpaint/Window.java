package org.bcdi.inpaint;

import org.bcdi.volume.Shape3;

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
}
