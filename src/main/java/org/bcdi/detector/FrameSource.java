package org.bcdi.detector;

/**
 * A detector that is followed, never commanded. One thread calls {@link #status}, {@link #acquisition} and {@link #fetch};
 * the wake-up arrives on a thread of the source's own.
 */
public interface FrameSource extends AutoCloseable {
    /** Name for messages, such as a Tango address. */
    String name();

    /**
     * Calls {@code wakeUp} when something may have changed. Wake-ups can be lost, late or repeated: the follower also looks
     * by itself.
     */
    void onWakeUp(Runnable wakeUp);

    /** Whether changes are told by wake-ups at all; where not, the follower learns only from what it looks at. */
    boolean wakes();

    /**
     * Acquisition state and newest frame, from one read.
     *
     * @throws DetectorLostException when the detector does not answer; later calls may succeed again
     */
    DetectorStatus status();

    /**
     * Size, type and number of the frames of the present acquisition.
     *
     * @throws DetectorLostException when the detector does not answer
     */
    Acquisition acquisition();

    /**
     * Fetches {@code count} frames from {@code first} on, or fewer where not all of them are there: none at all (a block
     * with {@code count} 0) when the detector does not hold the first one yet, which a later call may change.
     *
     * @param tag of the acquisition that they are of, {@link Acquisition#UNTAGGED} for the one that the detector was
     *     prepared for, whichever it is
     * @throws FramesGoneException when the first of them has left the detector's buffer, or the detector is prepared for an
     *     acquisition with another tag or none; the exception tells up to which number they are gone
     * @throws DetectorLostException when the detector does not answer
     */
    FrameBlock fetch(long tag, long first, int count);

    /** The largest number of frames to ask for at once, for frames of {@code frameBytes}; another after a fetch that was slow. */
    int chunk(long frameBytes);

    @Override
    void close();
}
