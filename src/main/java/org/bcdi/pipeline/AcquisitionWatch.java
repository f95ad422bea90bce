package org.bcdi.pipeline;

import java.util.function.BooleanSupplier;
import org.bcdi.detector.FrameSource;

/**
 * Tells one acquisition from the next by comparing looks. An acquisition that is prepared, run and over between two looks
 * leaves traces: another tag, where the control system sets tags; another number of frames; an event, or a detector that did
 * not answer meanwhile, which is reason enough to compare its frames with those taken. Where it leaves none of them it
 * cannot be seen.
 */
final class AcquisitionWatch {
    enum News {
        /** Nothing to take: not a frame, not running; whatever was being taken is over. */
        EMPTY,
        /** The acquisition of the look before, or one that was over before the watch began. */
        SAME,
        /** Another acquisition than at the look before. */
        NEW
    }

    private final TagWatch tags;

    private boolean begun;
    private long lastReady = -1;
    private boolean still = true;
    private boolean closed;

    AcquisitionWatch(FrameSource source) {
        tags = new TagWatch(source);
    }

    /** By which the frames of the acquisition seen last can be asked for. */
    long tag() {
        return tags.tag();
    }

    /** @param otherFrames compares the frames that the detector holds with those taken; asked only where there is reason to */
    News look(Sight sight, BooleanSupplier otherFrames) {
        boolean tagChanged = tags.changed(sight);
        boolean another = begun ? tagChanged || another(sight, otherFrames) : isOurs(sight);
        begun = true;
        lastReady = sight.status().lastReady();
        still = !sight.running();
        if (!sight.running() && !sight.hasFrames()) {
            closed = true;
            return News.EMPTY;
        }
        if (another) {
            closed = false;
        }
        return another ? News.NEW : News.SAME;
    }

    /** All of the present acquisition was taken: more frames would be another one's. */
    void close() {
        closed = true;
    }

    /** What the very first look finds. A detector that was away while it was looked for made its frames since. */
    private static boolean isOurs(Sight sight) {
        return sight.running() || (sight.hasFrames() && sight.occasion() == Sight.Occasion.FOUND);
    }

    private boolean another(Sight sight, BooleanSupplier otherFrames) {
        long ready = sight.status().lastReady();
        return ready < lastReady
                || (still && sight.running())
                || (closed && !sight.running() && ready > lastReady)
                || (closed && !sight.running() && ready >= 0 && sight.suspicious() && otherFrames.getAsBoolean());
    }
}
