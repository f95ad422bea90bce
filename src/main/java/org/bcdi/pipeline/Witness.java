package org.bcdi.pipeline;

import java.util.zip.CRC32;
import org.bcdi.detector.Acquisition;
import org.bcdi.detector.FrameBlock;
import org.bcdi.detector.FrameSource;
import org.bcdi.detector.FramesGoneException;

/**
 * Frames of the acquisition taken last, by whose content another of the same length shows. Of one that was taken to its end the
 * frame nearest to the middle, because a rocking curve is dark at its ends. While it is being taken the first frame, and the first
 * that differs from it: the other acquisition may have come at any time since, and only dark frames are alike. Acquire thread only.
 */
final class Witness {
    private final FrameSource source;

    private long frame = -1;
    private long content;
    private long first = -1;
    private long firstContent;
    private long differing = -1;
    private long differingContent;

    Witness(FrameSource source) {
        this.source = source;
    }

    /** Another acquisition begins. */
    void forget() {
        frame = -1;
        first = -1;
        differing = -1;
    }

    /** @param expected frames of the acquisition, 0 when nobody knows */
    void note(FrameBlock block, int expected) {
        long middle = expected > 0 ? expected / 2 : Long.MAX_VALUE;
        if (frame < middle) {
            frame = Math.max(block.first(), Math.min(middle, block.first() + block.count() - 1));
            content = checksum(block, (int) (frame - block.first()));
        }
        for (int index = 0; index < block.count() && differing < 0; index++) {
            long sum = checksum(block, index);
            if (first < 0) {
                first = block.first() + index;
                firstContent = sum;
            } else if (sum != firstContent) {
                differing = block.first() + index;
                differingContent = sum;
            }
        }
    }

    /** Whether the detector now shows another middle frame; false where it shows none. */
    boolean isContradicted() {
        return differs(Acquisition.UNTAGGED, frame, content);
    }

    /**
     * Whether the detector now shows other early frames, so that those taken are of two acquisitions or of another one.
     *
     * @param tag by which the frames were asked for: those of an acquisition with another tag never got in
     */
    boolean isContradictedEarly(long tag) {
        return differs(tag, first, firstContent) || differs(tag, differing, differingContent);
    }

    private boolean differs(long tag, long number, long expected) {
        if (number < 0) {
            return false;
        }
        try {
            FrameBlock shown = source.fetch(tag, number, 1);
            return shown.count() > 0 && checksum(shown, 0) != expected;
        } catch (FramesGoneException e) {
            return false;
        }
    }

    /** Of the pixels of one frame of a block. */
    static long checksum(FrameBlock block, int index) {
        int size = block.height() * block.width() * block.type().bytes();
        CRC32 crc = new CRC32();
        crc.update(block.pixels().slice(index * size, size));
        return crc.getValue();
    }
}
