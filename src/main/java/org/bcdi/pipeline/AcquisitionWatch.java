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
        /** Nothing to take: not a frame, not running; frames that were there before are gone. */
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

    /** That the acquisition was to have when it was first seen, 0 for as many as come. */
    private int frames;

    /** Whether this is the first look since the acquisition was closed: taking it may have lasted longer than another took. */
    private boolean justClosed;

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
        if (another || !begun || !sight.hasFrames()) {
            frames = sight.acquisition().frames();
        }
        begun = true;
        justClosed = false;
        remember(sight);
        if (!sight.running() && !sight.hasFrames()) {
            return News.EMPTY;
        }
        if (another) {
            closed = false;
        }
        return another ? News.NEW : News.SAME;
    }

    /** Takes a later sight for the last look's: frames that tell of another acquisition may be newer than the sight was. */
    void renew(Sight sight) {
        tags.renew(sight);
        frames = sight.acquisition().frames();
        remember(sight);
    }

    private void remember(Sight sight) {
        lastReady = sight.status().lastReady();
        still = !sight.running();
    }

    /** Nothing more is taken of the present acquisition: more frames would be another one's. */
    void close() {
        justClosed = !closed;
        closed = true;
    }

    /** What the very first look finds. A detector that was away while it was looked for made its frames since. */
    private static boolean isOurs(Sight sight) {
        return sight.running() || (sight.hasFrames() && sight.occasion() == Sight.Occasion.FOUND);
    }

    private boolean another(Sight sight, BooleanSupplier otherFrames) {
        long ready = sight.status().lastReady();
        boolean tooMany = frames > 0 && lastReady >= frames - 1 && ready > lastReady;
        return ready < lastReady || tooMany || (still && sight.running()) || (closed && wasOver(sight, otherFrames));
    }

    /** Whether an acquisition came that was over before it was looked at. */
    private boolean wasOver(Sight sight, BooleanSupplier otherFrames) {
        if (sight.running() || !sight.hasFrames()) {
            return false;
        }
        boolean grown = sight.status().lastReady() > lastReady;
        if (grown && (whole() || sight.acquisition().frames() != frames)) {
            return true;
        }
        return (grown || justClosed || sight.suspicious()) && otherFrames.getAsBoolean();
    }

    /** Whether all frames were there that the acquisition was to have: more would be another one's, not its own counted late. */
    private boolean whole() {
        return lastReady < 0 || (frames > 0 && lastReady >= frames - 1);
    }
}
