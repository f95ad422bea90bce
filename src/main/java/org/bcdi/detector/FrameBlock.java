package org.bcdi.detector;

import java.nio.ByteBuffer;

/**
 * Consecutive frames as they came off the wire.
 *
 * @param first number of the first frame, from 0
 * @param count frames in the block
 * @param height rows of a frame
 * @param width columns of a frame
 * @param type of the pixels
 * @param pixels row by row, frame by frame, in the buffer's own byte order, from position 0; read only
 */
public record FrameBlock(long first, int count, int height, int width, PixelType type, ByteBuffer pixels) {
    public FrameBlock {
        long needed = (long) count * height * width * type.bytes();
        if (pixels.limit() < needed) {
            throw new IllegalArgumentException(count + " frames of " + height + "x" + width + " " + type + " need "
                    + needed + " bytes, got " + pixels.limit());
        }
    }

    /** One pixel's value as the detector meant it (unsigned types are never negative). */
    public double value(int index) {
        int at = index * type.bytes();
        return switch (type) {
            case UINT8 -> pixels.get(at) & 0xff;
            case UINT16 -> pixels.getShort(at) & 0xffff;
            case UINT32 -> pixels.getInt(at) & 0xffffffffL;
            case UINT64 -> unsigned(pixels.getLong(at));
            case INT8 -> pixels.get(at);
            case INT16 -> pixels.getShort(at);
            case INT32 -> pixels.getInt(at);
            case INT64 -> pixels.getLong(at);
            case FLOAT32 -> pixels.getFloat(at);
            case FLOAT64 -> pixels.getDouble(at);
        };
    }

    private static double unsigned(long bits) {
        return bits >= 0 ? bits : (bits >>> 1) * 2.0 + (bits & 1);
    }
}
