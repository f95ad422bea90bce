package org.bcdi.mask;

/** Marks the gaps of a frame that is tiled by equal modules. */
final class GapPainter {
    private final int height;
    private final int width;
    private final byte[] data;

    GapPainter(int height, int width) {
        this.height = height;
        this.width = width;
        this.data = new byte[height * width];
    }

    /** Marks rows {@code y0} to {@code y1} of columns {@code x0} to {@code x1}, half open. */
    void block(int y0, int y1, int x0, int x1) {
        for (int row = y0; row < y1; row++) {
            for (int column = x0; column < x1; column++) {
                data[row * width + column] = 1;
            }
        }
    }

    /** Marks the empty rows between modules, and {@code margin} rows of the modules on either side. */
    void rowsBetween(int module, int empty, int margin) {
        for (int gap = module; gap < height; gap += module + empty) {
            block(gap - margin, gap + empty + margin, 0, width);
        }
    }

    /** Marks the empty columns between modules, and {@code margin} columns of the modules on either side. */
    void columnsBetween(int module, int empty, int margin) {
        for (int gap = module; gap < width; gap += module + empty) {
            block(0, height, gap - margin, gap + empty + margin);
        }
    }

    /** The frame as painted; the painter is used up. */
    FrameMask mask() {
        return new FrameMask(height, width, data);
    }
}
