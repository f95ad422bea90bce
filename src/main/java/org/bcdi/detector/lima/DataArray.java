package org.bcdi.detector.lima;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import org.bcdi.detector.FrameBlock;
import org.bcdi.detector.PixelType;
import org.bcdi.task.BcdiException;
import org.bcdi.volume.Volume;

/**
 * Images as Lima sends them: the {@code DATA_ARRAY} format of a Tango DevEncoded, a header followed by the pixels, row by
 * row and frame by frame. Header versions 1 to 4 are read, version 4 is written. The header is little endian; it tells the
 * byte order of the pixels.
 *
 * <pre>
 *  0 u32 magic "YATD"      12 u32 pixel type          32 u32[6] steps in bytes
 *  4 u16 version           16 u16 0 little, 1 big     56 u64 number of the first frame (from version 3)
 *  6 u16 header length     18 u16 axes, 2 or 3        64 u64 acquisition tag (from version 4)
 *  8 u32 category          20 u16[6] width, height, frames
 * </pre>
 *
 * @param layout pixel type and size of every frame
 * @param frames number of frames
 * @param firstFrame number of the first frame, {@link #NONE} where the header has none
 * @param tag of the acquisition, {@link #NONE} where none was set
 * @param pixels from position 0, in the buffer's own byte order; read only
 */
public record DataArray(Layout layout, int frames, long firstFrame, long tag, ByteBuffer pixels) {
    /** Name of the format in a DevEncoded. */
    public static final String FORMAT = "DATA_ARRAY";

    /** No frame number, no acquisition tag. */
    public static final long NONE = -1;

    private static final List<PixelType> TYPES = List.of(PixelType.values());
    private static final int MAGIC = 0x44544159;
    private static final int HEADER = 80;
    private static final int SHORTEST_HEADER = 32;
    private static final int IMAGE = 2;
    private static final int IMAGE_STACK = 4;
    private static final int LONGEST_AXIS = 0xffff;
    private static final long NO_TAG = 0xffffffffL;

    /**
     * What the frames of one acquisition have in common.
     *
     * @param type of the pixels
     * @param height rows
     * @param width columns
     */
    public record Layout(PixelType type, int height, int width) {
        public Layout {
            if (height < 1 || width < 1 || height > LONGEST_AXIS || width > LONGEST_AXIS) {
                throw new IllegalArgumentException(
                        "a DATA_ARRAY frame has 1 to 65535 rows and columns: " + height + "x" + width);
            }
        }

        /** Size of one frame. */
        public long frameBytes() {
            return (long) height * width * type.bytes();
        }

        @Override
        public String toString() {
            return height + "x" + width + " " + type;
        }
    }

    /**
     * Reads an image or a stack of images. The pixels are not copied: ownership of the bytes passes to the result.
     *
     * @throws BcdiException when the bytes are not a whole DATA_ARRAY of images
     */
    public static DataArray decode(byte[] bytes) {
        ByteBuffer header = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        check(bytes.length >= SHORTEST_HEADER, "has only " + bytes.length + " bytes, not even a header");
        check(header.getInt(0) == MAGIC, "starts with 0x" + Integer.toHexString(header.getInt(0)) + ", not with YATD");
        int version = header.getShort(4) & 0xffff;
        check(version >= 1 && version <= 4, "has version " + version + ", versions 1 to 4 are known");
        int headerLength = header.getShort(6) & 0xffff;
        check(
                headerLength >= SHORTEST_HEADER && headerLength <= bytes.length,
                "has a header length of " + headerLength + " in " + bytes.length + " bytes");
        int category = header.getInt(8);
        check(category == IMAGE || category == IMAGE_STACK, "holds category " + category + ", neither image nor stack");
        Layout layout = layout(header);
        int frames = category == IMAGE ? 1 : axis(header, 2);
        long needed = frames * layout.frameBytes();
        check(
                bytes.length - headerLength >= needed,
                "is cut short: " + frames + " frames of " + layout + " need " + needed + " bytes after the header, got "
                        + (bytes.length - headerLength));
        // Lima tells the image type that is set now, also for frames that were taken with another one
        check(
                bytes.length - headerLength == needed,
                "holds more than it tells: " + frames + " frames of " + layout + " need " + needed
                        + " bytes after the header, got " + (bytes.length - headerLength)
                        + "; change the image type only when all frames of a scan are in");
        ByteBuffer pixels = header.slice(headerLength, (int) needed).asReadOnlyBuffer();
        long firstFrame = version >= 3 && headerLength >= 64 ? header.getLong(56) : NONE;
        long tag = version >= 4 && headerLength >= 72 ? header.getLong(64) : NONE;
        return new DataArray(layout, frames, firstFrame, tag == NO_TAG ? NONE : tag, pixels.order(pixelOrder(header)));
    }

    /**
     * Writes one image.
     *
     * @param frame its number
     * @param tag of the acquisition or {@link #NONE}
     * @param pixels row by row, little endian
     */
    public static byte[] encodeImage(Layout layout, long frame, long tag, byte[] pixels) {
        byte[] bytes = new byte[size(layout, 1)];
        putFrame(header(bytes, layout, IMAGE, 1, frame, tag), layout, pixels);
        return bytes;
    }

    /**
     * Writes consecutive images as a stack.
     *
     * @param firstFrame number of the first
     * @param tag of the acquisition or {@link #NONE}
     * @param frames each row by row, little endian
     */
    public static byte[] encodeStack(Layout layout, long firstFrame, long tag, List<byte[]> frames) {
        byte[] bytes = new byte[size(layout, frames.size())];
        ByteBuffer out = header(bytes, layout, IMAGE_STACK, frames.size(), firstFrame, tag);
        for (byte[] pixels : frames) {
            putFrame(out, layout, pixels);
        }
        return bytes;
    }

    /** Writes a volume as a stack of float32 images, one per z. */
    public static byte[] encodeStack(Volume volume) {
        Layout layout = new Layout(
                PixelType.FLOAT32, volume.shape().ny(), volume.shape().nx());
        int frames = volume.shape().nz();
        byte[] bytes = new byte[size(layout, frames)];
        header(bytes, layout, IMAGE_STACK, frames, 0, NONE).asFloatBuffer().put(volume.data());
        return bytes;
    }

    /** The frames as the rest of the program takes them, numbered from {@code first} where the header has no number. */
    FrameBlock block(long first) {
        long number = firstFrame == NONE ? first : firstFrame;
        return new FrameBlock(number, frames, layout.height(), layout.width(), layout.type(), pixels);
    }

    private static Layout layout(ByteBuffer header) {
        int type = header.getInt(12);
        check(type >= 0 && type < TYPES.size(), "has pixel type " + type + ", types 0 to 9 are known");
        return new Layout(TYPES.get(type), axis(header, 1), axis(header, 0));
    }

    private static ByteOrder pixelOrder(ByteBuffer header) {
        int endianness = header.getShort(16) & 0xffff;
        check(endianness <= 1, "has byte order " + endianness + ", 0 (little) and 1 (big) are known");
        return endianness == 0 ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN;
    }

    private static int axis(ByteBuffer header, int axis) {
        int length = header.getShort(20 + 2 * axis) & 0xffff;
        check(length > 0, "has an empty axis " + axis);
        return length;
    }

    private static void check(boolean right, String wrong) {
        if (!right) {
            throw new BcdiException(
                    "The DATA_ARRAY from the detector " + wrong + "; look whether its Lima server is well.");
        }
    }

    private static int size(Layout layout, int frames) {
        long bytes = HEADER + frames * layout.frameBytes();
        if (frames < 1 || frames > LONGEST_AXIS || bytes > Integer.MAX_VALUE - 8) {
            throw new IllegalArgumentException(frames + " frames of " + layout.frameBytes()
                    + " bytes do not fit in one DATA_ARRAY: 1 to 65535 frames and 2 GiB are the limits");
        }
        return (int) bytes;
    }

    private static ByteBuffer header(byte[] bytes, Layout layout, int category, int frames, long firstFrame, long tag) {
        ByteBuffer out = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        int depth = layout.type().bytes();
        boolean stack = category == IMAGE_STACK;
        out.putInt(MAGIC).putShort((short) 4).putShort((short) HEADER);
        out.putInt(category).putInt(TYPES.indexOf(layout.type()));
        out.putShort((short) 0).putShort((short) (stack ? 3 : 2));
        out.putShort((short) layout.width()).putShort((short) layout.height()).putShort((short) (stack ? frames : 0));
        out.position(32);
        out.putInt(depth).putInt(depth * layout.width()).putInt(stack ? (int) layout.frameBytes() : 0);
        out.putLong(56, firstFrame).putLong(64, tag == NONE ? NO_TAG : tag);
        return out.position(HEADER);
    }

    private static void putFrame(ByteBuffer out, Layout layout, byte[] pixels) {
        if (pixels.length != layout.frameBytes()) {
            throw new IllegalArgumentException(
                    "a frame of " + layout + " has " + layout.frameBytes() + " bytes, got " + pixels.length);
        }
        out.put(pixels);
    }
}
