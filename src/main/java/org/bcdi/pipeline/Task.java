package org.bcdi.pipeline;

import java.util.function.Supplier;
import org.bcdi.stack.RockingCurve;

/** One scan to be processed. */
final class Task {
    private final String id;
    private final String scan;
    private final boolean fromDetector;
    private final String json;
    private final long bytes;
    private final long availableNanos;
    private final Supplier<RockingCurve> curve;

    /** Set by any thread, looked at by the processing one. */
    private volatile boolean cancelled;

    private Task(
            String id,
            String scan,
            boolean fromDetector,
            String json,
            long bytes,
            long availableNanos,
            Supplier<RockingCurve> curve) {
        this.id = id;
        this.scan = scan;
        this.fromDetector = fromDetector;
        this.json = json;
        this.bytes = bytes;
        this.availableNanos = availableNanos;
        this.curve = curve;
    }

    static Task of(String id, TakenScan taken) {
        return new Task(
                id,
                taken.name(),
                true,
                taken.plan().json(),
                taken.stack().bytes(),
                taken.availableNanos(),
                taken::curve);
    }

    /**
     * A scan that is read from somewhere when its turn comes.
     *
     * @param json what the beamline said of it
     * @param bytes that it will take then
     */
    static Task again(String id, String scan, String json, long bytes, Supplier<RockingCurve> curve) {
        return new Task(id, scan, false, json, bytes, 0, curve);
    }

    String id() {
        return id;
    }

    String scan() {
        return scan;
    }

    boolean fromDetector() {
        return fromDetector;
    }

    /** What the beamline said of the scan. */
    String json() {
        return json;
    }

    /** Memory that it takes or will take until its rocking curve is made. */
    long bytes() {
        return bytes;
    }

    /** When the last frame could be fetched; nothing for a scan from elsewhere. */
    long availableNanos() {
        return availableNanos;
    }

    /** Makes or reads the rocking curve; once. */
    RockingCurve curve() {
        return curve.get();
    }

    void cancel() {
        cancelled = true;
    }

    boolean cancelled() {
        return cancelled;
    }
}
