package org.bcdi.model;

/**
 * A network that is loaded and ready: a batch in, a batch out. Safe for one thread at a time.
 */
public interface Network extends AutoCloseable {
    ModelCard card();

    /** Where it really runs, CUDA or CPU, never AUTO. */
    ExecutionProvider provider();

    /**
     * Runs one batch.
     *
     * @param batch samples one after the other, each of the card's input shape without its first axis
     * @param samples in the batch, any number from 1
     * @param free extents of the further axes that the card leaves free, in their order
     * @return as many samples of the card's output shape
     */
    float[] run(float[] batch, int samples, int... free);

    @Override
    void close();
}
