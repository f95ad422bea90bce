package org.bcdi.pipeline;

/** The newest frame of the scan being taken. Ownership of the rows passes to it; nobody writes to them. */
public final class LiveFrame {
    private final Object scan;
    private final int number;
    private final float[][] counts;

    /** @param scan that it belongs to, told from others by identity: two scans may have the same name */
    LiveFrame(Object scan, int number, float[][] counts) {
        this.scan = scan;
        this.number = number;
        this.counts = counts;
    }

    /** Number of the frame, from 0. */
    public int number() {
        return number;
    }

    /** Rows of the kept region, NaN where masked; not a copy. */
    public float[][] counts() {
        return counts;
    }

    /** The same frame with other counts. */
    LiveFrame with(float[][] others) {
        return new LiveFrame(scan, number, others);
    }

    boolean sameScanAs(LiveFrame other) {
        return scan == other.scan;
    }

    /** Whether both are the same frame of the same scan. */
    boolean sameAs(LiveFrame other) {
        return sameScanAs(other) && number == other.number;
    }
}
