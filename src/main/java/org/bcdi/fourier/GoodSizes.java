package org.bcdi.fourier;

import org.bcdi.volume.Shape3;

/** Extents that transform fast: products of 2, 3 and 5 (7 and larger primes cost several times more per voxel). */
public final class GoodSizes {
    private GoodSizes() {}

    public static boolean isGood(int size) {
        int rest = size;
        for (int prime : new int[] {2, 3, 5}) {
            while (rest > 1 && rest % prime == 0) {
                rest /= prime;
            }
        }
        return rest == 1;
    }

    /** The largest good size not above {@code size}, which is at least 1. */
    public static int atMost(int size) {
        if (size < 1) {
            throw new IllegalArgumentException("a size is at least 1: " + size);
        }
        int good = size;
        while (!isGood(good)) {
            good--;
        }
        return good;
    }

    /** The smallest good size not below {@code size}. */
    public static int atLeast(int size) {
        int good = Math.max(1, size);
        while (!isGood(good)) {
            good++;
        }
        return good;
    }

    /** The largest good shape inside {@code shape}. */
    public static Shape3 atMost(Shape3 shape) {
        return new Shape3(atMost(shape.nz()), atMost(shape.ny()), atMost(shape.nx()));
    }
}
