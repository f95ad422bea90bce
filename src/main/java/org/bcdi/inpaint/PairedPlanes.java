package org.bcdi.inpaint;

import org.bcdi.volume.Shape3;
import org.bcdi.volume.Slabs;

/**
 * The power spectrum of a real volume by a transform of half as many complex numbers: of each two planes along z one is the real part
 * and one the imaginary part (Cooley, Lewis and Welch 1970, doi 10.1016/0022-460X(70)90075-1).
 */
final class PairedPlanes {
    private PairedPlanes() {}

    /**
     * From the transform of pairs of planes to that of the pairs of planes of their autocorrelation, times two.
     * With F(k) = E(k) + w O(k) and F(k + nz) = E(k) - w O(k) of all planes, w = exp(-i pi k / nz), where E and O are those of even and odd
     * planes, it is |F(k)|^2 + |F(k + nz)|^2 + i / w (|F(k)|^2 - |F(k + nz)|^2).
     *
     * @param data interleaved complex numbers, in place
     * @param pairs their shape
     */
    static void toPower(float[] data, Shape3 pairs) {
        Slabs.parallel(pairs.nz() / 2 + 1, z -> {
            int opposite = (pairs.nz() - z) % pairs.nz();
            float cosine = (float) Math.cos(Math.PI * z / pairs.nz());
            float sine = (float) Math.sin(Math.PI * z / pairs.nz());
            for (int y = 0; y < pairs.ny(); y++) {
                int row = pairs.index(z, y, 0);
                int mirror = pairs.index(opposite, (pairs.ny() - y) % pairs.ny(), 0);
                for (int x = 0; x < pairs.nx(); x++) {
                    int there = mirror + (x == 0 ? 0 : pairs.nx() - x);
                    // In planes that are their own opposite each pair comes up twice
                    if (row + x <= there) {
                        combine(data, 2 * (row + x), 2 * there, cosine, sine);
                    }
                }
            }
        });
    }

    private static void combine(float[] data, int here, int there, float cosine, float sine) {
        float evenRe = (data[here] + data[there]) / 2;
        float evenIm = (data[here + 1] - data[there + 1]) / 2;
        float oddRe = (data[here + 1] + data[there + 1]) / 2;
        float oddIm = (data[there] - data[here]) / 2;
        float sum = 2 * (evenRe * evenRe + evenIm * evenIm + oddRe * oddRe + oddIm * oddIm);
        float turnedRe = oddRe * cosine + oddIm * sine;
        float turnedIm = oddIm * cosine - oddRe * sine;
        float difference = 4 * (evenRe * turnedRe + evenIm * turnedIm);
        data[here] = sum - difference * sine;
        data[here + 1] = difference * cosine;
        data[there] = sum + difference * sine;
        data[there + 1] = difference * cosine;
    }
}
