package org.bcdi.cli;

import java.util.Arrays;
import java.util.function.DoubleSupplier;

/** Measures how long things take. */
final class Stopwatch {
    private static volatile double drain;

    private Stopwatch() {}

    /** Seconds since {@code start}, a reading of {@link System#nanoTime}. */
    static double since(long start) {
        return (System.nanoTime() - start) * 1e-9;
    }

    /** Median seconds of several runs, after one that is not counted. */
    static double median(int runs, Runnable work) {
        work.run();
        double[] seconds = new double[runs];
        for (int i = 0; i < runs; i++) {
            long start = System.nanoTime();
            work.run();
            seconds[i] = since(start);
        }
        Arrays.sort(seconds);
        return seconds[runs / 2];
    }

    /** Seconds of the fastest of several runs: what else the machine does, and what it has not learnt yet, make none faster. */
    static double fastest(int runs, Runnable work) {
        double best = Double.MAX_VALUE;
        for (int i = 0; i < runs; i++) {
            long start = System.nanoTime();
            work.run();
            best = Math.min(best, since(start));
        }
        return best;
    }

    /** The same as the median for work that would be optimised away if nobody took its result. */
    static double median(int runs, DoubleSupplier work) {
        return median(runs, (Runnable) () -> drain = work.getAsDouble());
    }
}
