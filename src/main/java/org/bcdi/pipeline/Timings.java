package org.bcdi.pipeline;

/** Seconds that each part of the work took, 0 for what was not done. */
public record Timings(double read, double inpaint, double phase, double write) {
    public static final Timings NONE = new Timings(0, 0, 0, 0);

    public double total() {
        return read + inpaint + phase + write;
    }

    public Timings withRead(double seconds) {
        return new Timings(seconds, inpaint, phase, write);
    }

    public Timings withInpaint(double seconds) {
        return new Timings(read, seconds, phase, write);
    }

    public Timings withPhase(double seconds) {
        return new Timings(read, inpaint, seconds, write);
    }

    public Timings withWrite(double seconds) {
        return new Timings(read, inpaint, phase, seconds);
    }

    /** Seconds since {@code start}, a reading of {@link System#nanoTime}. */
    static double since(long start) {
        return (System.nanoTime() - start) * 1e-9;
    }
}
