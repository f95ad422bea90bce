package org.bcdi.fourier;

/** What is done to neighbouring voxels of the wave at the detector while they are at hand. Called on any thread, for each voxel once. */
@FunctionalInterface
public interface WaveRow {
    /**
     * Changes them in place.
     *
     * @param first index of the first of them in the volume, in transform order
     * @param re real parts, not scaled; the array may be longer
     * @param im imaginary parts
     * @param count how many there are
     */
    void change(int first, float[] re, float[] im, int count);
}
