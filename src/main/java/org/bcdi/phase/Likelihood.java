package org.bcdi.phase;

import java.util.Arrays;
import org.bcdi.volume.Slabs;

/**
 * Maximum of the Poisson likelihood over objects inside a support, by L-BFGS (for diffraction: Thibault and Guizar-Sicairos
 * 2012). Minimises sum w (R - I log R), where R is the rate that the {@link CountModel} expects of the wave F: |F|^2, blurred,
 * on a background, plus the prior of free voxels times their rate. Along a direction the rate is a parabola at each voxel, since
 * the transform of a sum is the sum of transforms: the search needs no transform of its own, and an iteration costs two, like
 * one of HIO. In transform order; one thread.
 */
final class Likelihood {
    private static final int SEARCH_STEPS = 4;

    private final Measurement measurement;
    private final CountModel model;
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
    /** Along the ray the rate without its background is rate + t rise + t^2 bend. */
    private float[] rate;

    private final float[] rise;
    private final float[] bend;

    private final LimitedMemory memory = new LimitedMemory();

    /** Starts at {@code object}, of which only the part inside the support counts. */
    Likelihood(Measurement measurement, CountModel model, float[] object, Support support) {
        this.measurement = measurement;
        this.model = model;
        this.voxels = support.voxels();
        this.point = new float[2 * voxels.length];
        this.gradient = new float[point.length];
        this.wave = new float[object.length];
        this.ray = new float[object.length];
        this.rise = new float[object.length / 2];
        this.bend = new float[object.length / 2];
        gather(object, point);
        scatter(point, wave);
        measurement.transform.forward(wave);
        this.rate = model.rate(wave);
        scaleToCounts();
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
        computeParabola();
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

    /** The likeliest multiple of the start: as many photons in the model as in the counts. */
    private void scaleToCounts() {
        double expected = measurement.sum((first, last) -> weighted(rate, first, last));
        double counted = measurement.sum((first, last) -> weighted(measurement.counts, first, last));
        if (model.givenBackground() > 0) {
            counted -= model.givenBackground() * measurement.sum(this::weights);
        }
        if (expected > 0 && counted > 0) {
            float factor = (float) Math.sqrt(counted / expected);
            for (int i = 0; i < point.length; i++) {
                point[i] *= factor;
            }
            for (int i = 0; i < rate.length; i++) {
                rate[i] *= factor * factor;
                wave[2 * i] *= factor;
                wave[2 * i + 1] *= factor;
            }
        }
    }

    private double weights(int first, int last) {
        double sum = 0;
        for (int i = first; i < last; i++) {
            sum += measurement.weight[i];
        }
        return sum;
    }

    private double weighted(float[] values, int first, int last) {
        double sum = 0;
        for (int i = first; i < last; i++) {
            sum += (double) measurement.weight[i] * values[i];
        }
        return sum;
    }

    /** Writes the object, zero outside the support. */
    void copyTo(float[] object) {
        scatter(point, object);
    }

    /** What the rate gains along the ray: of |F + t D|^2 the terms 2 t Re(F D*) and t^2 |D|^2, blurred. */
    private void computeParabola() {
        float scale = 1f / measurement.shape().size();
        int frame = measurement.shape().frameSize();
        Slabs.parallel(measurement.shape().nz(), z -> {
            for (int i = z * frame; i < (z + 1) * frame; i++) {
                float re = ray[2 * i];
                float im = ray[2 * i + 1];
                rise[i] = 2 * scale * (wave[2 * i] * re + wave[2 * i + 1] * im);
                bend[i] = scale * (re * re + im * im);
            }
        });
        model.blur(rise);
        model.blur(bend);
    }

    private void followRay(float length) {
        int frame = 2 * measurement.shape().frameSize();
        Slabs.parallel(measurement.shape().nz(), z -> {
            for (int i = z * frame; i < (z + 1) * frame; i++) {
                wave[i] += length * ray[i];
            }
        });
        rate = model.rate(wave);
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
        float[] prior = measurement.prior;
        double background = model.background();
        double first = 0;
        double second = 0;
        for (int i = from; i < to; i++) {
            if (prior[i] > 0) {
                first += prior[i] * (rise[i] + 2 * length * bend[i]);
                second += 2 * prior[i] * bend[i];
            }
            if (weight[i] > 0) {
                // rounding could take the parabola below zero where it all but touches it
                double expected = background + Math.max(0, rate[i] + length * (rise[i] + length * bend[i]));
                double ratio = counts[i] / expected;
                double slope = rise[i] + 2 * length * bend[i];
                first += weight[i] * slope * (1 - ratio);
                second += weight[i] * (2 * bend[i] * (1 - ratio) + slope * slope * ratio / expected);
            }
        }
        return new Slope(first, second);
    }

    /** Inside the support, the backward transform of 2 F times the blurred w (1 - I / R). */
    private void computeGradient() {
        float[] counts = measurement.counts;
        float[] weight = measurement.weight;
        float[] prior = measurement.prior;
        float[] misfit = new float[counts.length];
        float background = (float) model.background();
        int frame = measurement.shape().frameSize();
        Slabs.parallel(measurement.shape().nz(), z -> {
            for (int i = z * frame; i < (z + 1) * frame; i++) {
                misfit[i] = prior[i] + weight[i] * (1 - counts[i] / (rate[i] + background));
            }
        });
        model.blur(misfit);
        float scale = 2f / measurement.shape().size();
        Slabs.parallel(measurement.shape().nz(), z -> {
            for (int i = z * frame; i < (z + 1) * frame; i++) {
                ray[2 * i] = scale * misfit[i] * wave[2 * i];
                ray[2 * i + 1] = scale * misfit[i] * wave[2 * i + 1];
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
