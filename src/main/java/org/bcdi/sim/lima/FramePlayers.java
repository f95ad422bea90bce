package org.bcdi.sim.lima;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.bcdi.detector.PixelType;
import org.bcdi.detector.lima.DataArray;
import org.bcdi.volume.Volume;

/** Films for the simulated camera. */
public final class FramePlayers {
    private FramePlayers() {}

    /**
     * A rocking curve: frame {@code z} shows its slice {@code z}.
     *
     * @param counts photons, shape (z, y, x), already with whatever the detector shows in its gaps
     * @param type of the pixels; counts outside its range are clipped to it
     */
    public static FramePlayer of(Volume counts, PixelType type) {
        DataArray.Layout layout =
                new DataArray.Layout(type, counts.shape().ny(), counts.shape().nx());
        int size = counts.shape().frameSize();
        return new Film(layout, counts.shape().nz()) {
            @Override
            public byte[] frame(int number) {
                ByteBuffer pixels =
                        ByteBuffer.allocate((int) layout.frameBytes()).order(ByteOrder.LITTLE_ENDIAN);
                for (int i = number * size; i < (number + 1) * size; i++) {
                    put(pixels, type, counts.data()[i]);
                }
                return bytes(pixels);
            }
        };
    }

    /**
     * Noise that costs nothing to play, for trials of speed: frame {@code n} repeats one of {@code pool} frames, with
     * {@code n} itself in the first four bytes of its pixels, so that every frame can be told from every other.
     */
    public static FramePlayer synthetic(DataArray.Layout layout, int frames, int pool, long seed) {
        if (layout.frameBytes() < Integer.BYTES) {
            throw new IllegalArgumentException("a synthetic frame needs at least 4 bytes: " + layout);
        }
        Random random = new Random(seed);
        List<byte[]> noise = new ArrayList<>();
        for (int i = 0; i < pool; i++) {
            byte[] pixels = new byte[(int) layout.frameBytes()];
            random.nextBytes(pixels);
            noise.add(pixels);
        }
        return new Film(layout, frames) {
            @Override
            public byte[] frame(int number) {
                byte[] pixels = noise.get(number % pool).clone();
                ByteBuffer.wrap(pixels).order(ByteOrder.LITTLE_ENDIAN).putInt(0, number);
                return pixels;
            }
        };
    }

    private static void put(ByteBuffer pixels, PixelType type, float count) {
        // Java's narrowing of a float to long or int already clips to that type's range
        switch (type) {
            case UINT8 -> pixels.put((byte) clipped(count, 0, 0xff));
            case UINT16 -> pixels.putShort((short) clipped(count, 0, 0xffff));
            case UINT32 -> pixels.putInt((int) clipped(count, 0, 0xffffffffL));
            case UINT64 -> pixels.putLong(clipped(count, 0, Long.MAX_VALUE));
            case INT8 -> pixels.put((byte) clipped(count, Byte.MIN_VALUE, Byte.MAX_VALUE));
            case INT16 -> pixels.putShort((short) clipped(count, Short.MIN_VALUE, Short.MAX_VALUE));
            case INT32 -> pixels.putInt((int) clipped(count, Integer.MIN_VALUE, Integer.MAX_VALUE));
            case INT64 -> pixels.putLong((long) count);
            case FLOAT32 -> pixels.putFloat(count);
            case FLOAT64 -> pixels.putDouble(count);
        }
    }

    private static long clipped(float count, long low, long high) {
        return Math.max(low, Math.min(high, (long) count));
    }

    private static byte[] bytes(ByteBuffer pixels) {
        byte[] bytes = new byte[pixels.flip().remaining()];
        pixels.get(bytes);
        return bytes;
    }

    private abstract static class Film implements FramePlayer {
        private final DataArray.Layout layout;
        private final int frames;

        Film(DataArray.Layout layout, int frames) {
            if (frames < 1) {
                throw new IllegalArgumentException("a film needs at least one frame: " + frames);
            }
            this.layout = layout;
            this.frames = frames;
        }

        @Override
        public DataArray.Layout layout() {
            return layout;
        }

        @Override
        public int frames() {
            return frames;
        }
    }
}
