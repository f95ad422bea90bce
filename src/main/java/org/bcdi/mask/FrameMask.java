package org.bcdi.mask;

import org.bcdi.volume.Roi;
import org.bcdi.volume.Shape3;

/** Which pixels of a detector frame hold no data, the same in every frame: 1 = no data, 0 = measured. */
public final class FrameMask {
    private final int height;
    private final int width;
    private final byte[] data;

    /** @param data 0 or 1 for each pixel, row by row; ownership passes to the mask */
    public FrameMask(int height, int width, byte[] data) {
        if (height < 1 || width < 1 || data.length != height * width) {
            throw new IllegalArgumentException(
                    "a frame mask of " + height + "x" + width + " got " + data.length + " values");
        }
        this.height = height;
        this.width = width;
        this.data = data;
    }

    public static FrameMask none(int height, int width) {
        return new FrameMask(height, width, new byte[height * width]);
    }

    public int height() {
        return height;
    }

    public int width() {
        return width;
    }

    /** The values themselves, not a copy; read only. */
    public byte[] data() {
        return data;
    }

    public boolean masked(int row, int column) {
        return data[row * width + column] != 0;
    }

    /** Number of pixels without data. */
    public int count() {
        int masked = 0;
        for (byte value : data) {
            masked += value != 0 ? 1 : 0;
        }
        return masked;
    }

    /** The same mask in every one of {@code steps} frames. */
    public Mask through(int steps) {
        byte[] all = new byte[Math.multiplyExact(steps, data.length)];
        for (int step = 0; step < steps; step++) {
            System.arraycopy(data, 0, all, step * data.length, data.length);
        }
        return new Mask(new Shape3(steps, height, width), all);
    }

    public FrameMask crop(Roi roi) {
        if (!roi.fitsIn(height, width)) {
            throw new IllegalArgumentException("region " + roi + " leaves the frame of " + height + "x" + width);
        }
        byte[] cut = new byte[roi.height() * roi.width()];
        for (int row = 0; row < roi.height(); row++) {
            System.arraycopy(data, (roi.y0() + row) * width + roi.x0(), cut, row * roi.width(), roi.width());
        }
        return new FrameMask(roi.height(), roi.width(), cut);
    }

    public FrameMask or(FrameMask other) {
        if (other.height != height || other.width != width) {
            throw new IllegalArgumentException("frame masks of " + height + "x" + width + " and " + other.height + "x"
                    + other.width + " do not fit together");
        }
        byte[] either = data.clone();
        for (int i = 0; i < either.length; i++) {
            either[i] |= other.data[i];
        }
        return new FrameMask(height, width, either);
    }
}
