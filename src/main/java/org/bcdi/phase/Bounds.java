package org.bcdi.phase;

/** What the modulus of the unscaled transform, sqrt(size) times that of the orthonormal one, is held to. In transform order. */
final class Bounds {
    /** Least modulus of each voxel. */
    final float[] low;
    /** Greatest. */
    final float[] high;

    Bounds(int voxels) {
        this.low = new float[voxels];
        this.high = new float[voxels];
    }

    void set(int voxel, double least, double greatest) {
        low[voxel] = (float) least;
        high[voxel] = (float) greatest;
    }

    /** The modulus that a voxel may have nearest to this one. */
    float nearest(int voxel, float modulus) {
        return Math.min(Math.max(modulus, low[voxel]), high[voxel]);
    }
}
