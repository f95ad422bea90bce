package org.bcdi.picture;

/** One plane of numbers to be shown, under a title, with a small caption below. */
final class Panel {
    /** Light grey, which no intensity has: no data. */
    static final int NO_DATA = 0xd4d4d4;

    private final String title;
    private final String caption;
    private final float[][] values;
    private final int blank;
    private final ColourScale scale;

    /**
     * @param values rows first; NaN where there is no value; ownership passes to the panel
     * @param blank colour (0xRRGGBB) of places without a value
     * @param scale of the colours
     */
    Panel(String title, String caption, float[][] values, int blank, ColourScale scale) {
        this.title = title;
        this.caption = caption;
        this.values = values;
        this.blank = blank;
        this.scale = scale;
    }

    String title() {
        return title;
    }

    String caption() {
        return caption;
    }

    ColourScale scale() {
        return scale;
    }

    float value(int row, int column) {
        return values[row][column];
    }

    int rows() {
        return values.length;
    }

    int columns() {
        return values[0].length;
    }

    /**
     * The colour of one pixel of the panel drawn {@code height} by {@code width} pixels large: of the value it falls on where
     * the panel is enlarged, of the mean of all values in it where it is reduced, or of the middle one if they are angles: the mean
     * of two on either side of a wrap is neither's.
     */
    int rgb(int y, int x, int height, int width) {
        int row0 = (int) ((long) y * rows() / height);
        int row1 = Math.max(row0 + 1, (int) ((long) (y + 1) * rows() / height));
        int column0 = (int) ((long) x * columns() / width);
        int column1 = Math.max(column0 + 1, (int) ((long) (x + 1) * columns() / width));
        if (scale.isOfAngles()) {
            row0 = (row0 + row1) / 2;
            row1 = row0 + 1;
            column0 = (column0 + column1) / 2;
            column1 = column0 + 1;
        }
        double sum = 0;
        int known = 0;
        for (int row = row0; row < row1; row++) {
            for (int column = column0; column < column1; column++) {
                if (!Float.isNaN(values[row][column])) {
                    sum += values[row][column];
                    known++;
                }
            }
        }
        int all = (row1 - row0) * (column1 - column0);
        return 2 * known < all || known == 0 ? blank : scale.rgb(sum / known);
    }
}
