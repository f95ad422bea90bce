package org.bcdi.pipeline;

import java.util.zip.CRC32;
import org.bcdi.detector.Acquisition;
import org.bcdi.detector.FrameBlock;
import org.bcdi.detector.FrameSource;
import org.bcdi.detector.FramesGoneException;

/**
 * One frame of the acquisition taken last, by whose content a later acquisition of the same length shows: the one nearest to
 * the middle, because a rocking curve is dark at its ends. Acquire thread only.
 */
final class Witness {
    private final FrameSource source;

    private long frame = -1;
    private long content;

    Witness(FrameSource source) {
        this.source = source;
    }

    /** Another acquisition begins. */
    void forget() {
        frame = -1;
    }

    /** @param expected frames of the acquisition, 0 when nobody knows */
    void note(FrameBlock block, int expected) {
        long middle = expected > 0 ? expected / 2 : Long.MAX_VALUE;
        if (frame < middle) {
            frame = Math.max(block.first(), Math.min(middle, block.first() + block.count() - 1));
            content = checksum(block, (int) (frame - block.first()));
        }
    }

    /** Whether the detector now shows another frame under the same number; false where it shows none. */
    boolean isContradicted() {
        if (frame < 0) {
            return false;
        }
        try {
            FrameBlock shown = source.fetch(Acquisition.UNTAGGED, frame, 1);
            return shown.count() > 0 && checksum(shown, 0) != content;
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
