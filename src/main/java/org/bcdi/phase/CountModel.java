package org.bcdi.phase;

import org.bcdi.volume.Shape3;
import org.bcdi.volume.Slabs;

/**
 * The counts that a wave leads one to expect: its squared modulus, blurred by the point-spread function, on a constant
 * background. The blur is its own adjoint, since the profiles are symmetric. In transform order; one thread.
 */
final class CountModel {
    /** Photons that every model holds everywhere, so that logarithms stay finite. */
    static final double LEAST_BACKGROUND = 0.01;

    private static final int WIDEST_REACH = 16;

    private final Measurement measurement;
    private final double trust;
    /** As fitted so far. */
    private Response response;
    /** Along z, y, x; of one value where the response is sharp. */
    private float[][] kernels;

    CountModel(Measurement measurement, Response response) {
        this.measurement = measurement;
        this.response = response;
        this.kernels = kernels(response);
        this.trust =
                response.trust() == 0 ? 0 : Math.min(response.trust(), 1 / Math.max(meanCounts(measurement), 1e-9));
    }

    private static double meanCounts(Measurement measurement) {
        double photons = 0;
        double known = 0;
        for (int i = 0; i < measurement.counts.length; i++) {
            photons += (double) measurement.weight[i] * measurement.counts[i];
            known += measurement.weight[i];
        }
        return known > 0 ? photons / known : 0;
    }

    /**
     * Weight t of the iterate's own modulus: as the response says, but no more than one over the mean counts of a voxel. The more
     * photons, the better do counts know the modulus compared with the iterate.
     */
    double trust() {
        return trust;
    }

    /**
     * The modulus to be taken where the iterate has {@code modulus} and {@code allowed} is the nearest one that the measurement
     * allows: it minimises a^2 - n log a^2 + t (a - modulus)^2 for n = allowed^2, the Poisson likelihood of the counts near the
     * iterate. Where the iterate's own is allowed it stays, and with t = 0 the allowed one is taken.
     */
    static float between(float modulus, float allowed, float t) {
        float pull = t * modulus;
        return (pull + (float) Math.sqrt(pull * pull + 4 * (1 + t) * allowed * allowed)) / (2 * (1 + t));
    }

    Response response() {
        return response;
    }

    /** Whether counts depend on the wave at their own voxel alone. */
    boolean sharp() {
        return response.sharp();
    }

    /** Photons a voxel, as the recipe gives or fits them. */
    double givenBackground() {
        return response.background();
    }

    /** The same, but above 0. */
    double background() {
        return response.background() + LEAST_BACKGROUND;
    }

    /** Blurs a real array in place. */
    void blur(float[] values) {
        if (!sharp()) {
            Smoothing.convolve(measurement.shape(), values, kernels[0], kernels[1], kernels[2]);
        }
    }

    /** Blurred squared modulus of an unscaled wave, without the background, in photons; a new array. */
    float[] rate(float[] wave) {
        float[] rate = intensity(wave);
        blur(rate);
        return rate;
    }

    private float[] intensity(float[] wave) {
        Shape3 shape = measurement.shape();
        float[] intensity = new float[shape.size()];
        float scale = 1f / shape.size();
        int frame = shape.frameSize();
        Slabs.parallel(shape.nz(), z -> {
            for (int i = z * frame; i < (z + 1) * frame; i++) {
                intensity[i] = scale * (wave[2 * i] * wave[2 * i] + wave[2 * i + 1] * wave[2 * i + 1]);
            }
        });
        return intensity;
    }

    /** After iteration {@code done}: fits what is to be fitted then. Whether anything changed. */
    boolean fit(float[] wave, int done) {
        boolean widths = due(response.fitWidths(), done);
        boolean background = due(response.fitBackground(), done);
        if (!widths && !background) {
            return false;
        }
        response = new ResponseFit(measurement, intensity(wave)).fit(response, widths, background);
        kernels = kernels(response);
        return true;
    }

    /** Whether {@link #fit} would look at the wave after this iteration. */
    boolean fits(int done) {
        return due(response.fitWidths(), done) || due(response.fitBackground(), done);
    }

    /** Iterations from {@code done} of them to the next after which {@link #fit} looks at the wave, at least 1. */
    int toNextFit(int done) {
        return Math.min(toNext(response.fitWidths(), done), toNext(response.fitBackground(), done));
    }

    private static int toNext(int every, int done) {
        return every > 0 ? every - done % every : Integer.MAX_VALUE;
    }

    private static boolean due(int every, int done) {
        return every > 0 && done % every == 0;
    }

    private static float[][] kernels(Response response) {
        float[][] kernels = new float[3][];
        for (int axis = 0; axis < 3; axis++) {
            kernels[axis] = kernel(response.sigma(axis), response.eta());
        }
        return kernels;
    }

    /** A pseudo-Voigt profile; a Lorentzian needs a longer reach than a Gaussian. */
    static float[] kernel(double sigma, double eta) {
        if (sigma == 0) {
            return new float[] {1};
        }
        double halfWidth = sigma * Math.sqrt(2 * Math.log(2));
        int reach = (int) Math.min(WIDEST_REACH, Math.ceil((eta > 0 ? 12 : 4) * sigma));
        double gaussian = sum(reach, x -> Smoothing.bell(x, sigma));
        double lorentzian = sum(reach, x -> lorentzian(x, halfWidth));
        return Smoothing.profile(
                reach,
                x -> (1 - eta) * Smoothing.bell(x, sigma) / gaussian + eta * lorentzian(x, halfWidth) / lorentzian);
    }

    private static double lorentzian(double x, double halfWidth) {
        double widths = x / halfWidth;
        return 1 / (1 + widths * widths);
    }

    private static double sum(int reach, java.util.function.DoubleUnaryOperator value) {
        double sum = 0;
        for (int i = -reach; i <= reach; i++) {
            sum += value.applyAsDouble(i);
        }
        return sum;
    }
}
