package org.bcdi.pipeline;

import org.bcdi.detector.Acquisition;
import org.bcdi.detector.FrameSource;
import org.bcdi.detector.FramesGoneException;

/**
 * Knows by which tag the frames that the detector holds can be asked for. The tag that the detector tells is the one written
 * last, and its frames are of the acquisition before until the next one is prepared; so a changed tag counts when the
 * detector gives a frame for it. Acquire thread only.
 */
final class TagWatch {
    private final FrameSource source;

    private long tag = Acquisition.UNTAGGED;

    /** The tag that was told at the look before. */
    private long told = Acquisition.UNTAGGED;

    /** Whether a frame was given for the tag; until then it may have been written after the acquisition was prepared. */
    private boolean proven;

    TagWatch(FrameSource source) {
        this.source = source;
    }

    /** Of the frames that the detector holds; untagged when that is not known. */
    long tag() {
        return tag;
    }

    /** Takes a later sight for the last look's. */
    void renew(Sight sight) {
        tag = tagOfFrames(sight);
        told = sight.acquisition().tag();
    }

    /** Whether the frames are of another acquisition than at the look before, as far as tags tell. */
    boolean changed(Sight sight) {
        long before = tag;
        renew(sight);
        boolean disproved = before == told && tag == Acquisition.UNTAGGED;
        return tag != before && told != Acquisition.UNTAGGED && !disproved;
    }

    private long tagOfFrames(Sight sight) {
        long written = sight.acquisition().tag();
        if (written == Acquisition.UNTAGGED || (written == tag && proven)) {
            return written;
        }
        if (!sight.hasFrames()) {
            proven = false;
            return written;
        }
        long newest = sight.status().lastReady();
        try {
            proven = source.fetch(written, newest, 1).count() > 0;
            return proven ? written : tag;
        } catch (FramesGoneException e) {
            if (written == tag) {
                return Acquisition.UNTAGGED;
            }
            return written == told || stillGiven(newest) ? tag : Acquisition.UNTAGGED;
        }
    }

    /** Whether the frames are those of the look before; if not, an acquisition came and went whose tag nobody told. */
    private boolean stillGiven(long frame) {
        try {
            source.fetch(tag, frame, 1);
            return true;
        } catch (FramesGoneException e) {
            return false;
        }
    }
}
