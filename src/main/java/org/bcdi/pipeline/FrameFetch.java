package org.bcdi.pipeline;

import java.util.function.BooleanSupplier;
import org.bcdi.detector.Acquisition;
import org.bcdi.detector.FrameBlock;
import org.bcdi.detector.FrameSource;
import org.bcdi.detector.FramesGoneException;

/** Fetches the frames of an acquisition that are ready, some at a time, into the scan that is open. Acquire thread only. */
final class FrameFetch {
    private final FrameSource source;
    private final Intake intake;
    private final Witness witness;
    private final BooleanSupplier interrupted;

    /** The frame that was not there yet at the last look although the detector stood still, or -1. */
    private long awaited = -1;

    /**
     * @param witness hears of every frame
     * @param interrupted whether somebody wants the thread back between two fetches
     */
    FrameFetch(FrameSource source, Intake intake, Witness witness, BooleanSupplier interrupted) {
        this.source = source;
        this.intake = intake;
        this.witness = witness;
        this.interrupted = interrupted;
    }

    /**
     * Takes what is ready, unless there is no room for it.
     *
     * @param tag by which to ask for it
     * @return whether the scan goes on; if not, it was closed or refused
     */
    boolean take(OpenScan scan, Sight sight, long tag) {
        long lastReady = sight.status().lastReady();
        scan.ready(lastReady);
        if (!intake.isOpen()) {
            intake.show(scan);
            return true;
        }
        while (scan.next() <= lastReady && !interrupted.getAsBoolean()) {
            try {
                int most = source.chunk(frameBytes(sight.acquisition()));
                int count = (int) Math.min(most, lastReady + 1 - scan.next());
                FrameBlock block = source.fetch(tag, scan.next(), count);
                if (block.count() == 0) {
                    if (isPassedOver(scan.next(), sight, tag)) {
                        scan.skipTo(scan.next() + 1);
                        continue;
                    }
                    intake.show(scan);
                    return true;
                }
                witness.note(block, scan.expected());
                if (!intake.add(scan, block, sight.acquisition().roi())) {
                    return false;
                }
            } catch (FramesGoneException e) {
                scan.skipTo(Math.min(Math.max(e.next(), scan.next() + 1), lastReady + 1));
                intake.show(scan);
            }
        }
        return true;
    }

    /**
     * Whether a frame that is not there yet will never be. Lima says so of the very frame that left its buffer last, while an image
     * operation runs in it: then the detector stands still, and the frame after it is there.
     */
    private boolean isPassedOver(long frame, Sight sight, long tag) {
        if (sight.running() || frame >= sight.status().lastReady()) {
            return false;
        }
        if (frame != awaited) {
            awaited = frame;
            return false;
        }
        return source.fetch(tag, frame + 1, 1).count() > 0;
    }

    private static long frameBytes(Acquisition acquisition) {
        return (long) acquisition.height()
                * acquisition.width()
                * acquisition.type().bytes();
    }
}
