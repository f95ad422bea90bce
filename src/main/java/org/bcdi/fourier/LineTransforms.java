package org.bcdi.fourier;

/** Transforms of the lines of a volume of one shape, interleaved, not scaled. Safe for any number of threads. */
interface LineTransforms {
    /** Along x and y of one frame, which begins at voxel {@code start}. */
    void frame(float[] data, int start, boolean forward);

    /** Along z of the nx columns that begin in one row of the first frame, whose first voxel is {@code start}. */
    void columns(float[] data, int start, boolean forward);
}
