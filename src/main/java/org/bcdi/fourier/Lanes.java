package org.bcdi.fourier;

/**
 * Lines side by side, one in each lane: number k of all of them is {@code re[k]}, {@code im[k]}. What is made of them goes to the
 * other arrays; {@link #turnOver} makes these the present ones. For one thread at a time.
 */
final class Lanes {
    private static final int SPARE = 12;
    /** Numbers or lines that are moved together. */
    private static final int TILE = 4;

    final float[][] spare;
    float[][] re;
    float[][] im;
    float[][] toRe;
    float[][] toIm;

    Lanes(int length, int width) {
        this.re = new float[length][width];
        this.im = new float[length][width];
        this.toRe = new float[length][width];
        this.toIm = new float[length][width];
        this.spare = new float[SPARE][width];
    }

    void turnOver() {
        float[][] old = re;
        re = toRe;
        toRe = old;
        old = im;
        im = toIm;
        toIm = old;
    }

    /** Real for imaginary parts. */
    void exchangeParts() {
        float[][] old = re;
        re = im;
        im = old;
        old = toRe;
        toRe = toIm;
        toIm = old;
    }

    /**
     * Takes up neighbouring lines of interleaved complex numbers.
     *
     * @param start voxel at which the first line begins
     * @param step voxels from one number of a line to its next
     * @param lane of the first line
     * @param count of the lines
     */
    void gather(float[] data, int start, int step, int lane, int count) {
        for (int k = 0; k < re.length; k++) {
            float[] real = re[k];
            float[] imaginary = im[k];
            int from = 2 * (start + k * step);
            for (int i = 0; i < count; i++) {
                real[lane + i] = data[from + 2 * i];
                imaginary[lane + i] = data[from + 2 * i + 1];
            }
        }
    }

    /** Puts them back: the reverse of {@link #gather}. */
    void scatter(float[] data, int start, int step, int lane, int count) {
        for (int k = 0; k < re.length; k++) {
            float[] real = re[k];
            float[] imaginary = im[k];
            int to = 2 * (start + k * step);
            for (int i = 0; i < count; i++) {
                data[to + 2 * i] = real[lane + i];
                data[to + 2 * i + 1] = imaginary[lane + i];
            }
        }
    }

    /** Takes up {@code count} lines, each of neighbouring numbers and beginning where the one before ends. */
    void gatherRows(float[] data, int start, int count) {
        int length = re.length;
        int k = 0;
        for (; k + TILE <= length; k += TILE) {
            gatherTile(data, start + k, k, count);
        }
        for (; k < length; k++) {
            for (int lane = 0; lane < count; lane++) {
                re[k][lane] = data[2 * (start + lane * length + k)];
                im[k][lane] = data[2 * (start + lane * length + k) + 1];
            }
        }
    }

    private void gatherTile(float[] data, int start, int k, int count) {
        float[] re0 = re[k];
        float[] im0 = im[k];
        float[] re1 = re[k + 1];
        float[] im1 = im[k + 1];
        float[] re2 = re[k + 2];
        float[] im2 = im[k + 2];
        float[] re3 = re[k + 3];
        float[] im3 = im[k + 3];
        int from = 2 * start;
        for (int lane = 0; lane < count; lane++) {
            re0[lane] = data[from];
            im0[lane] = data[from + 1];
            re1[lane] = data[from + 2];
            im1[lane] = data[from + 3];
            re2[lane] = data[from + 4];
            im2[lane] = data[from + 5];
            re3[lane] = data[from + 6];
            im3[lane] = data[from + 7];
            from += 2 * re.length;
        }
    }

    /** Takes up as many lines as {@code lines} has numbers in each: line {@code to + k} is number k of those from lane {@code from} on. */
    void transpose(Lanes lines, int from, int to) {
        int rows = lines.re.length;
        int row = 0;
        for (; row + TILE <= rows; row += TILE) {
            transposeTile(re, lines.re, from, to, row);
            transposeTile(im, lines.im, from, to, row);
        }
        for (; row < rows; row++) {
            for (int k = 0; k < re.length; k++) {
                re[k][to + row] = lines.re[row][from + k];
                im[k][to + row] = lines.im[row][from + k];
            }
        }
    }

    private static void transposeTile(float[][] target, float[][] source, int from, int to, int row) {
        float[] row0 = source[row];
        float[] row1 = source[row + 1];
        float[] row2 = source[row + 2];
        float[] row3 = source[row + 3];
        for (int k = 0; k < target.length; k++) {
            float[] column = target[k];
            column[to + row] = row0[from + k];
            column[to + row + 1] = row1[from + k];
            column[to + row + 2] = row2[from + k];
            column[to + row + 3] = row3[from + k];
        }
    }
}
