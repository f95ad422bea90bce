package org.bcdi.phase;

/**
 * How far to trust a reconstruction when nobody looks: a logistic function of its {@link Signs}, calibrated so that it is the
 * part of simulated reconstructions with such signs that were right, that is, correlated above 0.9 with the truth. The
 * program {@code ConfidenceStudy} in the tests makes the numbers, and measures them on crystals of another kind.
 *
 * <p>Fitted at 48^3 and measured at 48^3 and 64^3. At 32^3 it is too low: right objects have a larger misfit there.
 */
final class Confidence {
    /** Constant, then a factor for each of {@link #terms}. */
    private static final double[] FACTORS = {-6.35, -3.27, -6.06};

    /** A crystal that seems evener than this is not more likely to be right: a limit on the density evens anything. */
    private static final double EVEN = 0.1;

    private Confidence() {}

    /** From 0 to 1; NaN where no voxel was kept from the solver. */
    static double of(Signs signs) {
        return logistic(FACTORS, terms(signs));
    }

    /** The signs that tell, on scales on which their influence is about linear. */
    static double[] terms(Signs signs) {
        return new double[] {Math.log10(signs.freeMisfit()), Math.log10(Math.max(signs.unevenness(), EVEN))};
    }

    static double logistic(double[] factors, double[] terms) {
        double sum = factors[0];
        for (int i = 0; i < terms.length; i++) {
            sum += factors[i + 1] * terms[i];
        }
        return 1 / (1 + Math.exp(-sum));
    }
}
