package org.bcdi.phase;

import org.bcdi.volume.Shape3;

/**
 * The point-spread function and background that make the counts most likely, the object being held: first the width along
 * each axis, by golden sections, then the background, by halving an interval of its derivative. Voxels kept from the solver
 * are not looked at. In transform order; one thread.
 */
final class ResponseFit {
    private static final double GOLDEN = (Math.sqrt(5) - 1) / 2;
    private static final int SECTIONS = 8;
    private static final int HALVINGS = 30;
    /** Below this width a neighbour gets less than a thousandth, and one voxel stands for the profile. */
    private static final double SHARP = 0.25;

    private static final double WIDEST = 2;

    private final Measurement measurement;
    /** Squared modulus of the wave, not blurred, photons. */
    private final float[] intensity;

    ResponseFit(Measurement measurement, float[] intensity) {
        this.measurement = measurement;
        this.intensity = intensity;
    }

    Response fit(Response response, boolean widths, boolean background) {
        Response fitted = response;
        if (widths) {
            double[] sigma = {fitted.sigmaZ(), fitted.sigmaY(), fitted.sigmaX()};
            for (int axis = 0; axis < 3; axis++) {
                sigma[axis] = width(axis, fitted);
                fitted = fitted.withPointSpread(sigma, fitted.eta(), fitted.fitWidths());
            }
        }
        if (background) {
            float[] rate = intensity.clone();
            for (int axis = 0; axis < 3; axis++) {
                blur(rate, axis, fitted.sigma(axis), fitted.eta());
            }
            fitted = fitted.withBackground(background(rate), fitted.fitBackground());
        }
        return fitted;
    }

    /** Golden sections between sharp and the widest; every trial blurs along one axis what is blurred along the others. */
    private double width(int axis, Response response) {
        float[] others = intensity.clone();
        for (int other = 0; other < 3; other++) {
            if (other != axis) {
                blur(others, other, response.sigma(other), response.eta());
            }
        }
        double low = 0;
        double high = WIDEST;
        double left = high - GOLDEN * (high - low);
        double right = low + GOLDEN * (high - low);
        double atLeft = loss(others, axis, left, response);
        double atRight = loss(others, axis, right, response);
        for (int section = 0; section < SECTIONS; section++) {
            if (atLeft < atRight) {
                high = right;
                right = left;
                atRight = atLeft;
                left = high - GOLDEN * (high - low);
                atLeft = loss(others, axis, left, response);
            } else {
                low = left;
                left = right;
                atLeft = atRight;
                right = low + GOLDEN * (high - low);
                atRight = loss(others, axis, right, response);
            }
        }
        double best = atLeft < atRight ? left : right;
        return best < SHARP ? 0 : best;
    }

    private double loss(float[] others, int axis, double sigma, Response response) {
        float[] rate = others.clone();
        blur(rate, axis, sigma < SHARP ? 0 : sigma, response.eta());
        double background = response.background() + CountModel.LEAST_BACKGROUND;
        return measurement.sum((first, last) -> {
            double sum = 0;
            for (int i = first; i < last; i++) {
                if (measurement.weight[i] > 0) {
                    double expected = rate[i] + background;
                    sum += measurement.weight[i] * (expected - measurement.counts[i] * Math.log(expected));
                }
            }
            return sum;
        });
    }

    private double background(float[] rate) {
        double low = 0;
        double high = 1;
        while (slope(rate, high) < 0 && high < 1e6) {
            high *= 2;
        }
        for (int halving = 0; halving < HALVINGS; halving++) {
            double middle = (low + high) / 2;
            if (slope(rate, middle) < 0) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return (low + high) / 2;
    }

    /** Derivative of the loss by the background: negative while more background makes the counts likelier. */
    private double slope(float[] rate, double background) {
        double whole = background + CountModel.LEAST_BACKGROUND;
        return measurement.sum((first, last) -> {
            double sum = 0;
            for (int i = first; i < last; i++) {
                sum += measurement.weight[i] * (1 - measurement.counts[i] / (rate[i] + whole));
            }
            return sum;
        });
    }

    private void blur(float[] values, int axis, double sigma, double eta) {
        Shape3 shape = measurement.shape();
        float[] none = {1};
        float[] kernel = CountModel.kernel(sigma, eta);
        Smoothing.convolve(
                shape, values, axis == 0 ? kernel : none, axis == 1 ? kernel : none, axis == 2 ? kernel : none);
    }
}
