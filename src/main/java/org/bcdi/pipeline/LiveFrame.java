package org.bcdi.pipeline;

/** The newest frame of the scan being taken. Ownership of the rows passes to it; nobody writes to them. */
public final class LiveFrame {
    private final String scan;
    private final int number;
    private final float[][] counts;

    LiveFrame(String scan, int number, float[][] counts) {
        this.scan = scan;
        this.number = number;
        this.counts = counts;
    }

    /** Name of the scan. */
    public String scan() {
        return scan;
    }

    /** Number of the frame, from 0. */
    public int number() {
        return number;
    }

    /** Rows of the kept region, NaN where masked; not a copy. */
    public float[][] counts() {
        return counts;
    }

    /** Whether both are the same frame of the same scan. */
    boolean sameAs(LiveFrame other) {
        return scan.equals(other.scan) && number == other.number;
    }
}
