package org.bcdi.inpaint;

import org.bcdi.task.Monitor;
import org.bcdi.volume.Shape3;
import org.bcdi.volume.Slabs;

/**
 * Every gap voxel takes the value of the nearest measured voxel, by the straight distance in voxels. Found exactly, axis by
 * axis, with the lower envelope of parabolas (Felzenszwalb &amp; Huttenlocher 2012, doi 10.4086/toc.2012.v008a019).
 */
final class NearestFill {
    private static final int NONE = -1;

    private final Shape3 shape;
    /** Index of the nearest measured voxel among those that the axes so far reach, or NONE. */
    private final int[] nearest;

    private NearestFill(Gaps gaps) {
        this.shape = gaps.shape();
        this.nearest = new int[shape.size()];
        for (int i = 0; i < nearest.length; i++) {
            nearest[i] = gaps.masked(i) ? NONE : i;
        }
    }

    static LogEstimate estimate(Gaps gaps, float[] log, Monitor monitor) {
        NearestFill search = new NearestFill(gaps);
        for (int axis = 2; axis >= 0; axis--) {
            monitor.advance((2 - axis) / 3.0);
            search.along(axis);
        }
        float[] mean = new float[gaps.count()];
        for (int gap = 0; gap < mean.length; gap++) {
            int source = search.nearest[gaps.voxel(gap)];
            mean[gap] = source == NONE ? 0 : log[source];
        }
        return LogEstimate.unsure(mean);
    }

    private void along(int axis) {
        int outer = axis == 0 ? shape.ny() : shape.nz();
        int inner = axis == 2 ? shape.ny() : shape.nx();
        int outerStride = axis == 0 ? shape.nx() : shape.frameSize();
        int innerStride = axis == 2 ? shape.nx() : 1;
        Slabs.parallel(outer, i -> {
            Envelope envelope = new Envelope(shape.length(axis));
            for (int j = 0; j < inner; j++) {
                line(i * outerStride + j * innerStride, shape.stride(axis), envelope);
            }
        });
    }

    private void line(int start, int stride, Envelope envelope) {
        envelope.clear();
        for (int place = 0; place < envelope.length(); place++) {
            int voxel = start + place * stride;
            if (nearest[voxel] != NONE) {
                envelope.add(place, offLine(voxel, nearest[voxel]), nearest[voxel]);
            }
        }
        if (!envelope.empty()) {
            for (int place = 0; place < envelope.length(); place++) {
                nearest[start + place * stride] = envelope.sourceAt(place);
            }
        }
    }

    /** Squared distance of two voxels. */
    private double offLine(int voxel, int other) {
        double dz = voxel / shape.frameSize() - other / shape.frameSize();
        double dy = voxel / shape.nx() % shape.ny() - other / shape.nx() % shape.ny();
        double dx = voxel % shape.nx() - other % shape.nx();
        return dz * dz + dy * dy + dx * dx;
    }

    /** Which of the parabolas (place - vertex)^2 + height is the lowest at each place of a line. */
    private static final class Envelope {
        private final int length;
        private final int[] vertex;
        private final int[] source;
        private final double[] height;
        private final double[] from;
        private int count;
        private int asked;

        Envelope(int length) {
            this.length = length;
            this.vertex = new int[length];
            this.source = new int[length];
            this.height = new double[length];
            this.from = new double[length];
            clear();
        }

        void clear() {
            count = 0;
            asked = 0;
        }

        int length() {
            return length;
        }

        boolean empty() {
            return count == 0;
        }

        /** Vertices come in rising order. */
        void add(int place, double above, int voxel) {
            double start = Double.NEGATIVE_INFINITY;
            while (count > 0) {
                int last = vertex[count - 1];
                double sum = above + (double) place * place - height[count - 1] - (double) last * last;
                start = sum / (2.0 * (place - last));
                if (start > from[count - 1]) {
                    break;
                }
                count--;
                start = Double.NEGATIVE_INFINITY;
            }
            vertex[count] = place;
            height[count] = above;
            source[count] = voxel;
            from[count] = start;
            count++;
        }

        /** To be asked for in rising order. */
        int sourceAt(int place) {
            while (asked + 1 < count && from[asked + 1] < place) {
                asked++;
            }
            return source[asked];
        }
    }
}
