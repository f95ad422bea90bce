package org.bcdi.phase;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.offset;

import java.util.Arrays;
import org.bcdi.mask.Mask;
import org.bcdi.phase.Recipe.Plan;
import org.bcdi.volume.Shape3;
import org.bcdi.volume.Volume;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LikelihoodTest {
    private static final Shape3 SHAPE = new Shape3(6, 5, 8);

    @ParameterizedTest
    @ValueSource(strings = {"", "PSF[sigma=0.8:0:0.5,eta=0.3]/", "BG[photons=2]/"})
    void everyIterationMakesTheCountsMoreLikely(String response) {
        Measurement measurement = ProjectionsTest.measurement(SHAPE, null);
        CountModel model = new CountModel(measurement, ((Plan) Recipe.parse(response + "ML1")).response());
        float[] object = ProjectionsTest.random(SHAPE, 5);
        Support support = box();
        Likelihood likelihood = new Likelihood(measurement, model, object, support);
        double last = Double.MAX_VALUE;
        double first = 0;
        for (int i = 0; i < 30; i++) {
            likelihood.copyTo(object);
            double now = negativeLogLikelihood(measurement, model, object);
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
        Measurement soft = ProjectionsTest.measurement(SHAPE, 2f);
        Likelihood likelihood = new Likelihood(soft, model(soft), object, support);
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
        float rate = (float) (900.0 / SHAPE.size() + CountModel.LEAST_BACKGROUND);
        float[] counts = new float[SHAPE.size()];
        Arrays.fill(counts, rate);
        Measurement flat =
                Measurement.of(new PhasingProblem(new Volume(SHAPE, counts), Mask.none(SHAPE), null), Mask.none(SHAPE));
        Likelihood likelihood = new Likelihood(flat, model(flat), object, new Support(SHAPE, inside));

        likelihood.iterate();
        likelihood.copyTo(object);

        assertThat(object[0]).isBetween(29.99f, 30.01f);
        assertThat(object[2]).isBetween(-0.01f, 0.01f);
    }

    @Test
    void theObjectBeginsAsBrightAsTheCountsAboveTheBackground() {
        float[] object = new float[2 * SHAPE.size()];
        object[0] = 100;
        byte[] inside = new byte[SHAPE.size()];
        inside[0] = 1;
        float[] counts = new float[SHAPE.size()];
        Arrays.fill(counts, 7);
        Measurement flat =
                Measurement.of(new PhasingProblem(new Volume(SHAPE, counts), Mask.none(SHAPE), null), Mask.none(SHAPE));
        CountModel model = new CountModel(flat, ((Plan) Recipe.parse("BG[photons=3]/ML1")).response());

        new Likelihood(flat, model, object, new Support(SHAPE, inside)).copyTo(object);

        // Flat diffraction of a single voxel: 7 - 3 photons at each
        assertThat((double) object[0]).isCloseTo(Math.sqrt(4.0 * SHAPE.size()), offset(1e-3));
    }

    private static Support box() {
        byte[] inside = new byte[SHAPE.size()];
        for (int i = 0; i < inside.length; i++) {
            inside[i] = (byte) (i % SHAPE.nx() < 4 ? 1 : 0);
        }
        return new Support(SHAPE, inside);
    }

    private static CountModel model(Measurement measurement) {
        return new CountModel(measurement, Response.IDEAL);
    }

    private static double negativeLogLikelihood(Measurement measurement, CountModel model, float[] object) {
        float[] wave = object.clone();
        measurement.transform.forward(wave);
        float[] rate = model.rate(wave);
        double sum = 0;
        for (int i = 0; i < SHAPE.size(); i++) {
            double expected = rate[i] + model.background();
            sum += measurement.weight[i] * (expected - measurement.counts[i] * Math.log(expected));
            sum += measurement.prior[i] * rate[i];
        }
        return sum;
    }
}
