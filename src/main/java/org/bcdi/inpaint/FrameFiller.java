package org.bcdi.inpaint;

/** Fills the gaps of single frames. Safe for one thread at a time. */
public interface FrameFiller extends AutoCloseable {
    /**
     * Fills one frame.
     *
     * @param counts photons, (y, x), NaN where nothing was measured
     * @return the counts, and the expected photons in the gaps
     */
    float[][] fill(float[][] counts);

    @Override
    void close();
}
