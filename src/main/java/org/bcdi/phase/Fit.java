package org.bcdi.phase;

/**
 * How well an object explains the measurement.
 *
 * @param rFactor sum |sqrt(I) - |F|| / sum sqrt(I) over all measured voxels, NaN where they hold no photons
 * @param freeDeviance mean Poisson deviance, 2 (I log(I / rate) - I + rate), of the voxels kept from the solver
 * @param freeMisfit what of that deviance counting noise does not explain, over the mean counts there: about the mean squared
 *     relative error of the intensity, however many photons there are; no less than the noise of the figure itself
 */
record Fit(double rFactor, double freeDeviance, double freeMisfit) {
    /** Photons above which the mean deviance is told by the first terms of its series. */
    private static final double MANY = 20;

    /**
     * @param wave unscaled transform of the object
     * @param model of the counts that it leads to
     */
    static Fit of(Measurement measurement, CountModel model, float[] wave) {
        float[] rates = model.rate(wave);
        double background = model.response().background();
        double difference = 0;
        double total = 0;
        double deviance = 0;
        double expected = 0;
        double photons = 0;
        int kept = 0;
        for (int i = 0; i < rates.length; i++) {
            boolean unseen = measurement.kept[i] != 0;
            boolean bound = measurement.weight[i] > 0;
            if (!unseen && !bound) {
                continue;
            }
            double counts = measurement.counts[i];
            difference += Math.abs(Math.sqrt(counts) - Math.sqrt(rates[i] + background));
            total += Math.sqrt(counts);
            if (unseen) {
                deviance += deviance(counts, rates[i] + model.background());
                expected += expectedDeviance(rates[i] + model.background());
                photons += counts;
                kept++;
            }
        }
        double noise = expected * Math.sqrt(2.0 / Math.max(1, kept));
        return new Fit(
                total == 0 ? Double.NaN : difference / total,
                kept == 0 ? Double.NaN : deviance / kept,
                photons == 0 ? Double.NaN : Math.max(deviance - expected, noise) / photons);
    }

    /** Mean deviance of counts that are drawn from this rate: near 1 for many photons, less for few. */
    static double expectedDeviance(double rate) {
        if (rate > MANY) {
            return 1 + 1 / (6 * rate);
        }
        double probability = Math.exp(-rate);
        double sum = 0;
        for (int counts = 0; counts < rate + 10 * Math.sqrt(rate) + 10; counts++) {
            sum += probability * deviance(counts, rate);
            probability *= rate / (counts + 1);
        }
        return sum;
    }

    private static double deviance(double counts, double rate) {
        return 2 * ((counts > 0 ? counts * Math.log(counts / rate) : 0) - counts + rate);
    }
}
