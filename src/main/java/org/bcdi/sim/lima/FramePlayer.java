package org.bcdi.sim.lima;

import org.bcdi.detector.lima.DataArray;

/** What the simulated camera sees: a film of frames that never changes. Safe for all threads. */
public interface FramePlayer {
    /** Pixel type and size of every frame. */
    DataArray.Layout layout();

    /** Length of the film; a longer acquisition sees it again from its start. */
    int frames();

    /**
     * The pixels of one frame, row by row, little endian.
     *
     * @param number 0 to {@code frames() - 1}
     * @return bytes that nobody writes to
     */
    byte[] frame(int number);
}
