package org.bcdi.phase;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.bcdi.mask.Mask;
import org.bcdi.volume.Shape3;
import org.bcdi.volume.Volume;
import org.junit.jupiter.api.Test;

class LikelihoodTest {
    private static final Shape3 SHAPE = new Shape3(6, 5, 8);

    @Test
    void everyIterationMakesTheCountsMoreLikely() {
        Measurement measurement = ProjectionsTest.measurement(SHAPE, null);
        float[] object = ProjectionsTest.random(SHAPE, 5);
        Support support = box();
        Likelihood likelihood = new Likelihood(measurement, object, support);
        double last = Double.MAX_VALUE;
        double first = 0;
        for (int i = 0; i < 30; i++) {
            likelihood.copyTo(object);
            double now = negativeLogLikelihood(measurement, object);
            assertThat(now).isLessThanOrEqualTo(last + 1e-4 * Math.abs(now));
            first = i == 0 ? now : first;
            last = now;
            likelihood.iterate();
        }
        assertThat(last).isLessThan(first - 100);
    }

    @Test
    void theObjectStaysInsideTheSupport() {
        float[] object = ProjectionsTest.random(SHAPE, 5);
        Support support = box();
        Likelihood likelihood = new Likelihood(ProjectionsTest.measurement(SHAPE, 2f), object, support);
        for (int i = 0; i < 5; i++) {
            likelihood.iterate();
        }
        likelihood.copyTo(object);
        for (int i = 0; i < SHAPE.size(); i++) {
            boolean zero = object[2 * i] == 0 && object[2 * i + 1] == 0;
            assertThat(zero).isEqualTo(support.inside()[i] == 0);
        }
    }

    @Test
    void staysAtAnObjectThatExplainsTheCountsExactly() {
        float[] object = new float[2 * SHAPE.size()];
        object[0] = 30;
        byte[] inside = new byte[SHAPE.size()];
        inside[0] = 1;
        inside[1] = 1;
        float rate = (float) (900.0 / SHAPE.size() + Likelihood.BACKGROUND);
        float[] counts = new float[SHAPE.size()];
        Arrays.fill(counts, rate);
        Measurement flat =
                Measurement.of(new PhasingProblem(new Volume(SHAPE, counts), Mask.none(SHAPE), null), Mask.none(SHAPE));
        Likelihood likelihood = new Likelihood(flat, object, new Support(SHAPE, inside));

        likelihood.iterate();
        likelihood.copyTo(object);

        assertThat(object[0]).isBetween(29.99f, 30.01f);
        assertThat(object[2]).isBetween(-0.01f, 0.01f);
    }

    private static Support box() {
        byte[] inside = new byte[SHAPE.size()];
        for (int i = 0; i < inside.length; i++) {
            inside[i] = (byte) (i % SHAPE.nx() < 4 ? 1 : 0);
        }
        return new Support(SHAPE, inside);
    }

    private static double negativeLogLikelihood(Measurement measurement, float[] object) {
        float[] wave = object.clone();
        measurement.transform.forward(wave);
        double sum = 0;
        for (int i = 0; i < SHAPE.size(); i++) {
            double rate =
                    ((double) wave[2 * i] * wave[2 * i] + (double) wave[2 * i + 1] * wave[2 * i + 1]) / SHAPE.size()
                            + Likelihood.BACKGROUND;
            sum += measurement.weight[i] * (rate - measurement.counts[i] * Math.log(rate));
        }
        return sum;
    }
}
