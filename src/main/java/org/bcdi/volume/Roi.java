package org.bcdi.volume;

/**
 * Region of a detector frame, half open: rows {@code y0} to {@code y1}, columns {@code x0} to {@code x1}.
 */
public record Roi(int y0, int y1, int x0, int x1) {
    public Roi {
        if (y0 < 0 || x0 < 0 || y1 <= y0 || x1 <= x0) {
            throw new IllegalArgumentException(
                    "a region of interest needs 0 <= y0 < y1 and 0 <= x0 < x1: " + y0 + ":" + y1 + "," + x0 + ":" + x1);
        }
    }

    public int height() {
        return y1 - y0;
    }

    public int width() {
        return x1 - x0;
    }

    public boolean fitsIn(int height, int width) {
        return y1 <= height && x1 <= width;
    }

    /** This region of an outer one, counted from where the outer one is counted from. */
    public Roi within(Roi outer) {
        return new Roi(y0 + outer.y0, y1 + outer.y0, x0 + outer.x0, x1 + outer.x0);
    }

    /** The form users write: {@code y0:y1,x0:x1}. */
    @Override
    public String toString() {
        return y0 + ":" + y1 + "," + x0 + ":" + x1;
    }
}
