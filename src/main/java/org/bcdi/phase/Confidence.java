package org.bcdi.phase;

/**
 * How far to trust a reconstruction when nobody looks: a logistic function of its {@link Signs}, calibrated so that it is the
 * part of simulated reconstructions with such signs that were right, that is, correlated above 0.9 with the truth. The
 * program {@code ConfidenceStudy} in the tests makes the numbers, and measures them on crystals of another kind.
 */
final class Confidence {
    /** Constant, then a factor for each of {@link #terms}. */
    private static final double[] SEVERAL_STARTS = {-3.34, -1.70, -0.11, 0.98};

    private static final double[] ONE_START = {-2.42, -2.54, -0.39};
    /** Vortices up to this part of the loops are those of dislocations. */
    private static final double DISLOCATIONS = 0.02;

    private Confidence() {}

    /** From 0 to 1; NaN where no voxel was kept from the solver. */
    static double of(Signs signs) {
        return logistic(signs.severalStarts() ? SEVERAL_STARTS : ONE_START, terms(signs));
    }

    /** The signs on scales on which their influence is about linear. */
    static double[] terms(Signs signs) {
        double misfit = Math.log10(signs.freeMisfit());
        double vortices = Math.log10(Math.max(signs.vortices(), DISLOCATIONS));
        return signs.severalStarts()
                ? new double[] {misfit, vortices, odds(signs.agreement())}
                : new double[] {misfit, vortices};
    }

    static double logistic(double[] factors, double[] terms) {
        double sum = factors[0];
        for (int i = 0; i < terms.length; i++) {
            sum += factors[i + 1] * terms[i];
        }
        return 1 / (1 + Math.exp(-sum));
    }

    /** Stretches what is near 1, where 0.98 and 0.9 are far apart. */
    private static double odds(double part) {
        double inside = Math.min(Math.max(part, 0.01), 0.995);
        return Math.log(inside / (1 - inside));
    }
}
