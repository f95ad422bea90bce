package org.bcdi.store;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.bcdi.detector.FrameBlock;
import org.bcdi.detector.PixelType;
import org.bcdi.mask.FrameMask;
import org.bcdi.mask.Mask;
import org.bcdi.volume.Roi;

/** The frames of a scan in a file, read a few at a time. One thread. */
interface ImageStack extends AutoCloseable {
    int frames();

    int height();

    int width();

    PixelType type();

    /** Reads {@code count} frames from {@code first} on. */
    FrameBlock read(int first, int count);

    /** Which frames the file really holds; an aborted scan leaves some unwritten. */
    default boolean[] written() {
        boolean[] all = new boolean[frames()];
        Arrays.fill(all, true);
        return all;
    }

    /** Numbers of the frames that are known to have never arrived; they are not written. */
    default List<Integer> missing() {
        return List.of();
    }

    /** Whether pixels of the detector were added up, as far as the file tells. */
    default boolean binned() {
        return false;
    }

    /** Whether images of the detector were mirrored or turned by a half, as far as the file tells. */
    default boolean flipped() {
        return false;
    }

    /** Whether each frame is the sum of several images, as far as the file tells. */
    default boolean accumulated() {
        return false;
    }

    /** Which part of the whole detector the frames are, where the file tells and they are not binned. */
    default Optional<Roi> region() {
        return Optional.empty();
    }

    /** Frames up to the last one that was written or is known to be missing. */
    default int taken() {
        boolean[] written = written();
        missing().forEach(frame -> written[frame] = true);
        int frames = written.length;
        while (frames > 0 && !written[frames - 1]) {
            frames--;
        }
        return frames;
    }

    /** Positions of the scanned motor, one for each frame that was taken, where the file has them. */
    default List<Double> positions() {
        return List.of();
    }

    /** A mask that belongs to every frame of the data, where the file has one. */
    default Optional<FrameMask> frameMask() {
        return Optional.empty();
    }

    /** A mask that belongs to the data, voxel by voxel, where the file has one. */
    default Optional<Mask> volumeMask() {
        return Optional.empty();
    }

    @Override
    void close();
}
