package org.bcdi.pipeline;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.zip.CRC32;
import org.bcdi.detector.Acquisition;
import org.bcdi.detector.FrameBlock;
import org.bcdi.detector.FrameSource;
import org.bcdi.detector.FramesGoneException;

/**
 * Contents of the frames of the acquisition taken last, by which another of the same length shows. Of one that was taken to its end
 * the frame nearest to the middle is compared, because a rocking curve is dark at its ends. While it is being taken it is the first
 * frame, and the first that differs from it: the other acquisition may have come at any time since, and only dark frames are alike.
 * Acquire thread only.
 */
final class Witness {
    private final FrameSource source;

    /** Checksums by frame number. */
    private final TreeMap<Long, Long> contents = new TreeMap<>();

    private long middle;

    /** Whether the frames were fetched one part after another: another acquisition may have come in between. */
    private boolean pieced;

    Witness(FrameSource source) {
        this.source = source;
    }

    /** Another acquisition begins. */
    void forget() {
        contents.clear();
        pieced = false;
    }

    /** @param expected frames of the acquisition, 0 when nobody knows */
    void note(FrameBlock block, int expected) {
        pieced |= !contents.isEmpty();
        middle = expected > 0 ? expected / 2 : Long.MAX_VALUE;
        for (int index = 0; index < block.count(); index++) {
            contents.put(block.first() + index, checksum(block, index));
        }
    }

    /** Whether the detector now shows another middle frame; false where it shows none. */
    boolean isContradicted() {
        Map.Entry<Long, Long> before = contents.floorEntry(middle);
        Map.Entry<Long, Long> nearest = before == null ? contents.ceilingEntry(middle) : before;
        return nearest != null && differs(Acquisition.UNTAGGED, nearest.getKey());
    }

    /**
     * Whether the frames taken are of two acquisitions; see {@link #isContradictedEarly}. Then the last of them is of the one that the
     * detector shows now: where it is not, that one came after all were taken.
     */
    boolean isMixed(long tag) {
        return pieced && isContradictedEarly(tag) && shows(tag, contents.lastKey());
    }

    /**
     * Whether the detector now shows other early frames, so that those taken are of two acquisitions or of another one.
     *
     * @param tag by which the frames were asked for: those of an acquisition with another tag never got in
     */
    boolean isContradictedEarly(long tag) {
        return !contents.isEmpty()
                && (differs(tag, contents.firstKey())
                        || firstUnlike().filter(frame -> differs(tag, frame)).isPresent());
    }

    /**
     * Number of the first frame that is of the acquisition which the detector shows now, where they {@link #isMixed}. Dark
     * frames before it may be counted to it.
     */
    long firstOfTheOther(long tag) {
        long taken = firstUnlike().filter(frame -> differs(tag, frame)).orElse(contents.firstKey());
        long other = contents.lastKey() + 1;
        while (taken + 1 < other) {
            long between = (taken + other) / 2;
            if (differs(tag, between)) {
                taken = between;
            } else {
                other = between;
            }
        }
        return other;
    }

    /** The first frame that is not like the very first. */
    private Optional<Long> firstUnlike() {
        long first = contents.firstEntry().getValue();
        return contents.entrySet().stream()
                .filter(frame -> frame.getValue() != first)
                .map(Map.Entry::getKey)
                .findFirst();
    }

    /** Whether the detector shows another frame of that number than the one taken; not where it shows none. */
    private boolean differs(long tag, long number) {
        Long taken = contents.get(number);
        return taken != null
                && shown(tag, number).filter(now -> !now.equals(taken)).isPresent();
    }

    private boolean shows(long tag, long number) {
        return shown(tag, number).equals(Optional.ofNullable(contents.get(number)));
    }

    /** Checksum of a frame that the detector has now; empty where it has none of that number. */
    private Optional<Long> shown(long tag, long number) {
        try {
            FrameBlock block = source.fetch(tag, number, 1);
            return block.count() > 0 ? Optional.of(checksum(block, 0)) : Optional.empty();
        } catch (FramesGoneException e) {
            return Optional.empty();
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
