package org.bcdi.pipeline;

import java.util.List;
import java.util.Optional;
import org.bcdi.detector.FrameBlock;
import org.bcdi.stack.StackBuilder;
import org.bcdi.volume.Roi;
import org.jspecify.annotations.Nullable;

/** The scan being taken. Acquire thread only. */
final class OpenScan {
    /** What its frames know it by: a name may come again, and the scan itself would keep its stack alive. */
    private final Object mark = new Object();

    private final String name;
    private final ScanPlan plan;
    private final int frames;

    private @Nullable StackBuilder stack;
    private Optional<Roi> part = Optional.empty();
    private long next;
    private int missing;
    private long newest = -1;
    private long availableNanos = System.nanoTime();

    /** @param frames that will come exactly, 0 when that is open */
    OpenScan(String name, ScanPlan plan, int frames) {
        this.name = name;
        this.plan = plan;
        this.frames = frames;
    }

    String name() {
        return name;
    }

    ScanPlan plan() {
        return plan;
    }

    /** Frames that will come exactly, 0 when that is open. */
    int frames() {
        return frames;
    }

    /** Frames to come as far as somebody said, 0 when nobody did. */
    int expected() {
        return frames > 0 ? frames : plan.frames();
    }

    /** How the detector was set for another number of frames than was announced, or gave more; empty where it did not. */
    String mismatch() {
        int announced = plan.frames();
        if (announced == 0 || announced == frames || (frames == 0 && next <= announced)) {
            return "";
        }
        return announced + " frames were announced and the detector "
                + (frames > 0 ? "was set for " + frames : "gave " + next);
    }

    boolean isOneUnannouncedFrame() {
        return frames == 1 && plan.equals(ScanPlan.NONE);
    }

    /** Number of the next frame to fetch. */
    long next() {
        return next;
    }

    int received() {
        return stack == null ? 0 : stack.received();
    }

    int missing() {
        return missing;
    }

    /** Memory that its frames take, with the room for those to come. */
    long bytes() {
        return stack == null ? 0 : stack.bytes();
    }

    boolean begun() {
        return stack != null;
    }

    /** Frames that are ready and not fetched. */
    int lag() {
        return (int) Math.max(0, newest + 1 - next);
    }

    /** Notes that the detector has frames up to this one. */
    void ready(long lastReady) {
        if (lastReady > newest) {
            newest = lastReady;
            availableNanos = System.nanoTime();
        }
    }

    /** @param region of the detector that the frames are, empty for all of it */
    void begin(StackBuilder empty, Optional<Roi> region) {
        stack = empty;
        part = region;
        if (missing > 0) {
            stack.missing(0, missing);
        }
    }

    void add(FrameBlock block) {
        stack().add(block);
        next = block.first() + block.count();
    }

    /** Gives up the frames up to this number. */
    void skipTo(long number) {
        int gone = (int) (number - next);
        if (stack != null) {
            stack.missing((int) next, gone);
        }
        missing += gone;
        next = number;
    }

    /** Forgets the frames from this number on: they were none of its own. */
    void cutAt(long number) {
        stack().cutAt((int) number);
        next = number;
    }

    LiveFrame lastFrame() {
        int number = (int) next - 1;
        return new LiveFrame(mark, number, stack().frame(number));
    }

    TakenScan taken(String flaw, List<Double> positions) {
        ScanPlan told = new ScanPlan(plan.name(), plan.frames(), positions, plan.json());
        return new TakenScan(name, stack(), part, told, flaw, availableNanos);
    }

    private StackBuilder stack() {
        if (stack == null) {
            throw new IllegalStateException("no frame of " + name + " is in");
        }
        return stack;
    }
}
