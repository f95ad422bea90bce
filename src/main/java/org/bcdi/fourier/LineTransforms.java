package org.bcdi.fourier;

/**
 * Transforms of the lines of a volume of one shape, interleaved, not scaled: in blocks of frames along x and y, and in blocks of
 * columns along z. Safe for any number of threads, each with a block of its own.
 */
interface LineTransforms {
    /** How many frames one block has; the last may have fewer. */
    int framesOfBlock();

    /** Along x and y of {@code count} frames, from number {@code first} on. */
    void frames(float[] data, int first, int count, boolean forward);

    /** How many neighbouring columns one block has; the last may have fewer. */
    int columnsOfBlock();

    /** Along z of {@code count} columns, from that below voxel {@code first} of the first frame on. */
    void columns(float[] data, int first, int count, boolean forward);

    /** Forward along z of the same columns, then what they hold of each frame is changed, then backward. */
    void columns(float[] data, int first, int count, WaveRow row);
}
