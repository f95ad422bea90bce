package org.bcdi.stack;

/** How much memory a stack takes, and the refusal of more than its budget. */
final class StackMemory {
    private static final int COUNT_BYTES = Float.BYTES;
    private static final int MASK_BYTES = 1;
    private static final int FIRST_ENDLESS = 64;

    private StackMemory() {}

    /** Bytes that a stack of so many frames takes until its rocking curve is made. */
    static long estimate(StackSettings settings, int frames) {
        long kept = (long) frames * settings.kept().height() * settings.kept().width();
        long cut = 0;
        if (settings.roi() instanceof RoiChoice.Auto auto) {
            cut = (long) frames * Math.min(auto.size(), settings.height()) * Math.min(auto.size(), settings.width());
        }
        return (kept + cut) * (COUNT_BYTES + MASK_BYTES);
    }

    /** Frames to have room for at first. */
    static int firstCapacity(StackSettings settings) {
        if (settings.frames() > 0) {
            check(settings, settings.frames(), 0);
            return settings.frames();
        }
        check(settings, 1, 0);
        int frames = FIRST_ENDLESS;
        while (!fits(settings, frames, 0)) {
            frames /= 2;
        }
        return frames;
    }

    /** Frames to have room for when {@code capacity} are not enough: twice as many, or as many as the budget leaves room for. */
    static int grown(StackSettings settings, int capacity, int needed) {
        int twice = Math.max(needed, capacity > Integer.MAX_VALUE / 2 ? needed : 2 * capacity);
        if (fits(settings, twice, capacity)) {
            return twice;
        }
        check(settings, needed, capacity);
        int fitting = needed;
        int tooMany = twice;
        while (tooMany - fitting > 1) {
            int middle = fitting + (tooMany - fitting) / 2;
            if (fits(settings, middle, capacity)) {
                fitting = middle;
            } else {
                tooMany = middle;
            }
        }
        return fitting;
    }

    private static boolean fits(StackSettings settings, int frames, int copied) {
        return voxels(settings, frames) <= Integer.MAX_VALUE - 8
                && estimate(settings, frames) + copied * frameBytes(settings) <= settings.memoryBudgetBytes();
    }

    private static long voxels(StackSettings settings, int frames) {
        return (long) frames * settings.kept().height() * settings.kept().width();
    }

    private static long frameBytes(StackSettings settings) {
        return voxels(settings, 1) * COUNT_BYTES;
    }

    private static void check(StackSettings settings, int frames, int copied) {
        if (!fits(settings, frames, copied)) {
            long needed = estimate(settings, frames) + copied * frameBytes(settings);
            throw new MemoryBudgetException(
                    frames + " frames of " + settings.kept().height() + "x"
                            + settings.kept().width() + " need " + mebibytes(needed) + " MiB"
                            + (voxels(settings, frames) > Integer.MAX_VALUE - 8
                                    ? ", more than 2^31 voxels; choose a smaller region of interest (y0:y1,x0:x1)."
                                    : " and the memory budget is " + mebibytes(settings.memoryBudgetBytes())
                                            + " MiB; choose a smaller region of interest (y0:y1,x0:x1) or allow more memory."));
        }
    }

    private static long mebibytes(long bytes) {
        return (bytes + (1 << 20) - 1) >> 20;
    }
}
