package org.bcdi.store;

import java.nio.ByteBuffer;
import java.util.List;
import org.bcdi.detector.FrameBlock;
import org.bcdi.detector.PixelType;
import org.bcdi.task.InputException;

/** A scan whose frames lie in several datasets, one after the other, as DECTRIS detectors write them: data_000001, data_000002. */
final class SplitImages implements ImageStack {
    private final List<Hdf5Images> parts;
    private final int frames;

    /**
     * Takes over the parts, to be closed with it.
     *
     * @throws InputException when their frames differ in size or type; then they are still open
     */
    SplitImages(List<Hdf5Images> parts) {
        Hdf5Images first = parts.get(0);
        for (Hdf5Images part : parts) {
            if (part.height() != first.height() || part.width() != first.width() || part.type() != first.type()) {
                throw new InputException("Datasets " + first.describe() + " and " + part.describe()
                        + " differ in their frames and are no single scan; choose one by bcdi process --dataset.");
            }
        }
        this.parts = List.copyOf(parts);
        this.frames = parts.stream().mapToInt(ImageStack::frames).sum();
    }

    @Override
    public int frames() {
        return frames;
    }

    @Override
    public int height() {
        return parts.get(0).height();
    }

    @Override
    public int width() {
        return parts.get(0).width();
    }

    @Override
    public PixelType type() {
        return parts.get(0).type();
    }

    @Override
    public FrameBlock read(int first, int count) {
        ByteBuffer pixels = ByteBuffer.allocate(Math.multiplyExact(count, height() * width() * type().bytes()));
        int begin = 0;
        for (Hdf5Images part : parts) {
            int from = Math.max(first, begin);
            int to = Math.min(first + count, begin + part.frames());
            if (from < to) {
                ByteBuffer read = part.read(from - begin, to - from).pixels();
                pixels.order(read.order()).put(read.duplicate());
            }
            begin += part.frames();
        }
        return new FrameBlock(first, count, height(), width(), type(), pixels.flip());
    }

    @Override
    public boolean[] written() {
        boolean[] written = new boolean[frames];
        int begin = 0;
        for (Hdf5Images part : parts) {
            boolean[] here = part.written();
            System.arraycopy(here, 0, written, begin, here.length);
            begin += here.length;
        }
        return written;
    }

    @Override
    public void close() {
        parts.forEach(Hdf5Images::close);
    }
}
