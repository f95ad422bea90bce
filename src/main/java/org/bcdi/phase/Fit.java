package org.bcdi.phase;

/**
 * How well an object explains the measurement.
 *
 * @param rFactor sum |sqrt(I) - |F|| / sum sqrt(I) over all measured voxels
 * @param freeDeviance mean Poisson deviance, 2 (I log(I / rate) - I + rate), of the voxels kept from the solver
 */
record Fit(double rFactor, double freeDeviance) {
    /** @param wave unscaled transform of the object */
    static Fit of(Measurement measurement, float[] wave) {
        double difference = 0;
        double total = 0;
        double deviance = 0;
        int kept = 0;
        double scale = 1.0 / measurement.shape().size();
        for (int i = 0; i < measurement.counts.length; i++) {
            boolean unseen = measurement.kept[i] != 0;
            boolean bound = measurement.low[i] == measurement.high[i];
            if (!unseen && !bound) {
                continue;
            }
            double rate = scale * ((double) wave[2 * i] * wave[2 * i] + (double) wave[2 * i + 1] * wave[2 * i + 1]);
            double counts = measurement.counts[i];
            difference += Math.abs(Math.sqrt(counts) - Math.sqrt(rate));
            total += Math.sqrt(counts);
            if (unseen) {
                deviance += deviance(counts, rate + Likelihood.BACKGROUND);
                kept++;
            }
        }
        return new Fit(total == 0 ? 0 : difference / total, kept == 0 ? Double.NaN : deviance / kept);
    }

    private static double deviance(double counts, double rate) {
        return 2 * ((counts > 0 ? counts * Math.log(counts / rate) : 0) - counts + rate);
    }
}
