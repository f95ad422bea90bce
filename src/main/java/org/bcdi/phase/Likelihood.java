package org.bcdi.phase;

import java.util.Arrays;
import org.bcdi.volume.Slabs;

/**
 * Maximum of the Poisson likelihood over objects inside a support, by L-BFGS (for diffraction: Thibault and Guizar-Sicairos
 * 2012). Minimises sum w (|F|^2 - I log(|F|^2 + b)), where the background b keeps the logarithm finite. The search along a
 * direction needs no transform of its own, since the transform of a sum is the sum of transforms: an iteration costs two
 * transforms, like one of HIO. In transform order; one thread.
 */
final class Likelihood {
    /** Photons that the model holds everywhere. */
    static final double BACKGROUND = 0.01;

    private static final int SEARCH_STEPS = 4;

    private final Measurement measurement;
    /** Voxels of the support. */
    private final int[] voxels;
    /** The object inside the support, re, im, re, im ... */
    private final float[] point;

    /** Of the function at the point. */
    private final float[] gradient;
    /** Unscaled transform of the object. */
    private final float[] wave;
    /** Unscaled transform of the direction of search. */
    private final float[] ray;

    private final LimitedMemory memory = new LimitedMemory();

    /** Starts at {@code object}, of which only the part inside the support counts. */
    Likelihood(Measurement measurement, float[] object, Support support) {
        this.measurement = measurement;
        this.voxels = support.voxels();
        this.point = new float[2 * voxels.length];
        this.gradient = new float[point.length];
        this.wave = new float[object.length];
        this.ray = new float[object.length];
        gather(object, point);
        scatter(point, wave);
        measurement.transform.forward(wave);
        computeGradient();
    }

    /** One iteration. */
    void iterate() {
        float[] direction = memory.direction(gradient);
        if (!(LimitedMemory.dot(direction, gradient) < 0)) {
            memory.forget();
            direction = memory.direction(gradient);
        }
        scatter(direction, ray);
        measurement.transform.forward(ray);
        float length = (float) search();
        if (length == 0) {
            memory.forget();
            return;
        }
        float[] step = direction;
        for (int i = 0; i < step.length; i++) {
            step[i] *= length;
        }
        float[] change = gradient.clone();
        LimitedMemory.add(point, step, 1);
        followRay(length);
        computeGradient();
        for (int i = 0; i < change.length; i++) {
            change[i] = gradient[i] - change[i];
        }
        memory.remember(step, change);
    }

    /** Writes the object, zero outside the support. */
    void copyTo(float[] object) {
        scatter(point, object);
    }

    private void followRay(float length) {
        int frame = 2 * measurement.shape().frameSize();
        Slabs.parallel(measurement.shape().nz(), z -> {
            for (int i = z * frame; i < (z + 1) * frame; i++) {
                wave[i] += length * ray[i];
            }
        });
    }

    /** How far to go along the ray: near a root of the derivative, by Newton steps kept inside a bracket; 0 when it leads uphill. */
    private double search() {
        Slope start = slope(0);
        if (!(start.first < 0)) {
            return 0;
        }
        double low = 0;
        double high = Double.POSITIVE_INFINITY;
        double length = !memory.empty() ? 1 : start.second > 0 ? -start.first / start.second : 1e-3;
        for (int step = 0; step < SEARCH_STEPS; step++) {
            Slope slope = slope(length);
            if (Math.abs(slope.first) < -0.1 * start.first) {
                return length;
            }
            if (slope.first < 0) {
                low = length;
            } else {
                high = length;
            }
            double newton = slope.second > 0 ? length - slope.first / slope.second : Double.POSITIVE_INFINITY;
            double limit = Double.isInfinite(high) ? 4 * low : high;
            double middle = Double.isInfinite(high) ? 2 * low : (low + high) / 2;
            length = newton > low && newton < limit ? newton : middle;
        }
        return low > 0 ? low : length;
    }

    /** First and second derivative along the ray. */
    private record Slope(double first, double second) {}

    private Slope slope(double length) {
        int frame = measurement.shape().frameSize();
        Slope[] parts = new Slope[measurement.shape().nz()];
        Slabs.parallel(parts.length, z -> parts[z] = slope(length, z * frame, (z + 1) * frame));
        double first = 0;
        double second = 0;
        for (Slope part : parts) {
            first += part.first;
            second += part.second;
        }
        return new Slope(first, second);
    }

    private Slope slope(double length, int from, int to) {
        float[] counts = measurement.counts;
        float[] weight = measurement.weight;
        double scale = 1.0 / measurement.shape().size();
        double first = 0;
        double second = 0;
        for (int i = from; i < to; i++) {
            if (weight[i] > 0) {
                double dRe = ray[2 * i];
                double dIm = ray[2 * i + 1];
                double re = wave[2 * i] + length * dRe;
                double im = wave[2 * i + 1] + length * dIm;
                double rate = (re * re + im * im) * scale + BACKGROUND;
                double ratio = counts[i] / rate;
                double rise = 2 * scale * (re * dRe + im * dIm);
                double bend = 2 * scale * (dRe * dRe + dIm * dIm);
                first += weight[i] * rise * (1 - ratio);
                second += weight[i] * (bend * (1 - ratio) + rise * rise * ratio / rate);
            }
        }
        return new Slope(first, second);
    }

    /** Inside the support, the backward transform of 2 w (1 - I / rate) F. */
    private void computeGradient() {
        float[] counts = measurement.counts;
        float[] weight = measurement.weight;
        double scale = 1.0 / measurement.shape().size();
        int frame = measurement.shape().frameSize();
        Slabs.parallel(measurement.shape().nz(), z -> {
            for (int i = z * frame; i < (z + 1) * frame; i++) {
                double re = wave[2 * i];
                double im = wave[2 * i + 1];
                double rate = (re * re + im * im) * scale + BACKGROUND;
                double factor = 2 * scale * weight[i] * (1 - counts[i] / rate);
                ray[2 * i] = (float) (factor * re);
                ray[2 * i + 1] = (float) (factor * im);
            }
        });
        measurement.transform.backward(ray);
        gather(ray, gradient);
    }

    private void gather(float[] full, float[] inside) {
        for (int k = 0; k < voxels.length; k++) {
            inside[2 * k] = full[2 * voxels[k]];
            inside[2 * k + 1] = full[2 * voxels[k] + 1];
        }
    }

    /** Writes the values inside the support and zeros elsewhere. */
    private void scatter(float[] inside, float[] full) {
        Arrays.fill(full, 0);
        for (int k = 0; k < voxels.length; k++) {
            full[2 * voxels[k]] = inside[2 * k];
            full[2 * voxels[k] + 1] = inside[2 * k + 1];
        }
    }
}
