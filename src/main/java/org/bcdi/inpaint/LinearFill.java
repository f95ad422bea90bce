package org.bcdi.inpaint;

import org.bcdi.task.Monitor;

/**
 * Linear interpolation across gaps along the axes: the baseline, and the start of the network, whose training fixes every
 * detail of it.
 *
 * <p>Along each axis a gap voxel sees the nearest measured voxel on the low side (distance a, value u) and on the high side
 * (b, v). Axes with both give (u b + v a) / (a + b) with weight 1 / (a + b)^2. Only where no axis has both, the one-sided
 * ones give their value with weight 1 / a^2. Voxels that see nothing wait for the next pass, when the voxels filled so far
 * count as measured. Where nothing is measured at all the result is 0.
 */
final class LinearFill {
    private LinearFill() {}

    static LogEstimate estimate(Gaps gaps, float[] log, Monitor monitor) {
        monitor.advance(0);
        fill(gaps, log);
        return LogEstimate.unsure(gaps.pick(log));
    }

    /** Fills the gap voxels of {@code log} in place. */
    static void fill(Gaps gaps, float[] log) {
        byte[] missing = new byte[log.length];
        for (int number = 0; number < gaps.count(); number++) {
            missing[gaps.voxel(number)] = 1;
        }
        Gaps left = gaps;
        int before;
        do {
            before = left.count();
            Pass pass = new Pass(left, missing, log);
            for (int axis = 0; axis < 3; axis++) {
                pass.along(axis);
            }
            pass.settle();
            left = left.markedIn(missing);
        } while (left.count() > 0 && left.count() < before);
    }

    /** One pass over the voxels that are still missing; what it finds becomes visible only when it settles. */
    private static final class Pass {
        private final Gaps left;
        private final byte[] missing;
        private final float[] log;
        private final double[] twoSided;
        private final double[] twoWeight;
        private final double[] oneSided;
        private final double[] oneWeight;

        Pass(Gaps left, byte[] missing, float[] log) {
            this.left = left;
            this.missing = missing;
            this.log = log;
            this.twoSided = new double[left.count()];
            this.twoWeight = new double[left.count()];
            this.oneSided = new double[left.count()];
            this.oneWeight = new double[left.count()];
        }

        /** Looks along one axis. */
        void along(int axis) {
            int stride = left.shape().stride(axis);
            int length = left.shape().length(axis);
            left.parallel(number -> {
                int voxel = left.voxel(number);
                int place = voxel / stride % length;
                if (place == 0 || missing[voxel - stride] == 0) {
                    run(voxel - place * stride, stride, place, length);
                }
            });
        }

        /** Looks from the voxels of a run, which begins at a place of a line, to both of its ends. */
        private void run(int start, int stride, int begin, int length) {
            int end = begin + 1;
            while (end < length && missing[start + end * stride] != 0) {
                end++;
            }
            if (begin > 0 || end < length) {
                for (int place = begin; place < end; place++) {
                    see(start, stride, place, begin - 1, end < length ? end : -1);
                }
            }
        }

        private void see(int start, int stride, int place, int low, int high) {
            int number = left.firstFrom(start + place * stride);
            double a = place - low;
            double b = high - place;
            if (low >= 0 && high >= 0) {
                double u = log[start + low * stride];
                double v = log[start + high * stride];
                double weight = 1 / ((a + b) * (a + b));
                twoSided[number] += weight * (u * b + v * a) / (a + b);
                twoWeight[number] += weight;
            } else {
                double distance = low >= 0 ? a : b;
                double weight = 1 / (distance * distance);
                oneSided[number] += weight * log[start + (low >= 0 ? low : high) * stride];
                oneWeight[number] += weight;
            }
        }

        void settle() {
            for (int number = 0; number < left.count(); number++) {
                double weight = twoWeight[number] > 0 ? twoWeight[number] : oneWeight[number];
                if (weight > 0) {
                    double sum = twoWeight[number] > 0 ? twoSided[number] : oneSided[number];
                    log[left.voxel(number)] = (float) (sum / weight);
                    missing[left.voxel(number)] = 0;
                }
            }
        }
    }
}
