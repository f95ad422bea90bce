package org.bcdi.phase;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.offset;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.bcdi.mask.Mask;
import org.bcdi.volume.Shape3;
import org.bcdi.volume.Volume;
import org.junit.jupiter.api.Test;

class ProjectionsTest {
    private static final Shape3 SHAPE = new Shape3(6, 5, 8);
    private static final Mixing ER = Mixing.of(new Step.Er(1, 0));
    private static final Mixing HIO = Mixing.of(new Step.Hio(1, 0.9, 0));

    @Test
    void theModulusProjectionIsIdempotent() {
        CpuProjections once = sharp(measurement(SHAPE, null), random(SHAPE, 1));
        once.project(HIO, z -> {});
        CpuProjections twice = sharp(measurement(SHAPE, null), once.projected().clone());
        twice.project(HIO, z -> {});

        assertThat(twice.projected()).containsExactly(once.projected(), offset(1e-4f));
    }

    @Test
    void theSoftModulusProjectionIsIdempotentToo() {
        Measurement soft = measurement(SHAPE, 2f);
        CpuProjections once = sharp(soft, random(SHAPE, 1));
        once.project(HIO, z -> {});
        CpuProjections twice = sharp(soft, once.projected().clone());
        twice.project(HIO, z -> {});

        assertThat(twice.projected()).containsExactly(once.projected(), offset(1e-4f));
    }

    @Test
    void measuredVoxelsGetTheirModulusAndFreeOnesKeepTheirsUpToTheirBound() {
        Measurement measurement = measurement(SHAPE, null);
        float[] object = random(SHAPE, 3);
        float[] before = object.clone();
        measurement.transform.forward(before);
        CpuProjections projections = sharp(measurement, object);

        projections.project(HIO, z -> {});

        float[] after = projections.projected().clone();
        measurement.transform.forward(after);
        for (int i = 0; i < SHAPE.size(); i++) {
            double modulus = Math.hypot(after[2 * i], after[2 * i + 1]);
            double expected = measurement.weight[i] == 0
                    ? Math.min(measurement.bounds(HIO).high[i], Math.hypot(before[2 * i], before[2 * i + 1]))
                    : Math.sqrt(measurement.counts[i] * SHAPE.size());
            assertThat(modulus).isCloseTo(expected, within(1e-2));
            assertThat(after[2 * i] * before[2 * i + 1] - after[2 * i + 1] * before[2 * i])
                    .as("phase of voxel %d is kept", i)
                    .isCloseTo(0, offset(0.1f));
        }
    }

    @Test
    void softVoxelsEndWithinOneDeviation() {
        Measurement measurement = measurement(SHAPE, 2f);
        CpuProjections projections = sharp(measurement, random(SHAPE, 4));

        projections.project(HIO, z -> {});

        float[] wave = projections.projected().clone();
        measurement.transform.forward(wave);
        int soft = 0;
        for (int i = 0; i < SHAPE.size(); i++) {
            double intensity = (wave[2 * i] * wave[2 * i] + wave[2 * i + 1] * wave[2 * i + 1]) / (double) SHAPE.size();
            boolean bound = measurement.weight[i] == 1;
            double spread = bound ? 0 : 2;
            soft += bound ? 0 : 1;
            assertThat(intensity).isCloseTo(measurement.counts[i], within(spread + 1e-3));
        }
        assertThat(soft).isEqualTo(SHAPE.size() / 4);
    }

    @Test
    void whereTheObjectSettlesSoftVoxelsAreReleasedUpToThreeDeviations() {
        Measurement measurement = measurement(SHAPE, 2f);
        float[] bright = random(SHAPE, 5);
        for (int i = 0; i < bright.length; i++) {
            bright[i] *= 100;
        }
        float[] before = bright.clone();
        measurement.transform.forward(before);
        CpuProjections projections = sharp(measurement, bright);

        projections.project(ER, z -> {});

        float[] wave = projections.projected().clone();
        measurement.transform.forward(wave);
        for (int i = 0; i < SHAPE.size(); i++) {
            double modulus = Math.hypot(wave[2 * i], wave[2 * i + 1]);
            double expected = measurement.weight[i] == 1
                    ? Math.sqrt(measurement.counts[i] * SHAPE.size())
                    : Math.min(
                            Math.sqrt((measurement.counts[i] + 3 * 2) * SHAPE.size()),
                            Math.hypot(before[2 * i], before[2 * i + 1]));
            assertThat(modulus).isCloseTo(expected, within(0.05));
        }
    }

    @Test
    void inTheLikelihoodFilledVoxelsHaveAPriorAboutTheirFillInsteadOfAWeight() {
        Measurement measurement = measurement(SHAPE, 2f);
        int filled = 0;
        for (int i = 0; i < SHAPE.size(); i++) {
            assertThat(measurement.tells(i)).isTrue();
            if (measurement.weight[i] == 0) {
                filled++;
                assertThat(measurement.prior[i])
                        .isCloseTo((float) (0.1 / (measurement.counts[i] + 2 + 0.01)), within(1e-6f));
            } else {
                assertThat(measurement.prior[i]).isZero();
            }
        }
        assertThat(filled).isEqualTo(SHAPE.size() / 4);
    }

    @Test
    void theErrorOfErrorReductionNeverGrows() {
        Measurement measurement = measurement(SHAPE, null);
        byte[] inside = new byte[SHAPE.size()];
        for (int i = 0; i < inside.length; i++) {
            inside[i] = (byte) (i % 3 == 0 ? 1 : 0);
        }
        Support support = new Support(SHAPE, inside);
        CpuProjections projections = sharp(measurement, random(SHAPE, 2));
        projections.project(HIO, z -> {});
        projections.mix(ER, support);
        double last = Double.MAX_VALUE;
        for (int i = 0; i < 40; i++) {
            projections.project(HIO, z -> {});
            double error = distance(projections.object(), projections.projected());
            assertThat(error).isLessThanOrEqualTo(last * (1 + 1e-5));
            last = error;
            projections.mix(ER, support);
        }
    }

    @Test
    void outsideTheSupportEachAlgorithmHasItsOwnRule() {
        Shape3 shape = new Shape3(1, 1, 2);
        Volume flat = new Volume(shape, new float[] {4, 4});
        PhasingProblem problem = new PhasingProblem(flat, Mask.none(shape), null);
        Measurement measurement = Measurement.of(problem, Mask.none(shape));
        Support left = new Support(shape, new byte[] {1, 0});

        CpuProjections er = iterated(measurement);
        er.mix(ER, left);
        float inside = er.projected()[0];
        float outside = er.projected()[2];
        assertThat(er.object()).containsExactly(new float[] {inside, er.projected()[1], 0, 0}, offset(1e-6f));

        CpuProjections hio = iterated(measurement);
        hio.mix(Mixing.of(new Step.Hio(1, 0.8, 0)), left);
        assertThat(hio.object()[0]).isEqualTo(inside);
        assertThat(hio.object()[2]).isCloseTo(0.5f - 0.8f * outside, offset(1e-6f));

        CpuProjections raar = iterated(measurement);
        raar.mix(Mixing.of(new Step.Raar(1, 0.8, 0)), left);
        assertThat(raar.object()[0]).isEqualTo(inside);
        assertThat(raar.object()[2]).isCloseTo(0.8f * 0.5f - 0.6f * outside, offset(1e-6f));
    }

    @Test
    void insideTheSupportTheAmplitudeIsCutAtAMultipleOfItsWeightedMean() {
        Shape3 shape = new Shape3(1, 1, 4);
        // What is measured is this object's own intensity, so its projection on the modulus is itself.
        float[] object = {3, 4, 1, 0, 0, 1, -2, 0};
        float[] wave = object.clone();
        Measurement any = Measurement.of(
                new PhasingProblem(new Volume(shape, new float[4]), Mask.none(shape), null), Mask.none(shape));
        any.transform.forward(wave);
        float[] intensity = new float[4];
        for (int i = 0; i < 4; i++) {
            intensity[(i + 2) % 4] = (wave[2 * i] * wave[2 * i] + wave[2 * i + 1] * wave[2 * i + 1]) / 4;
        }
        Measurement own = Measurement.of(
                new PhasingProblem(new Volume(shape, intensity), Mask.none(shape), null), Mask.none(shape));
        Support first = new Support(shape, new byte[] {1, 1, 1, 0});

        CpuProjections projections = sharp(own, object.clone());
        projections.iterate(Mixing.of(new Step.Hio(1, 0.5, 1.2)), first, 1);

        double mean = (25 + 1 + 1) / (5.0 + 1 + 1);
        float cut = (float) (1.2 * mean / 5);
        assertThat(projections.object())
                .as("cut inside, HIO outside, no limit there")
                .containsExactly(new float[] {3 * cut, 4 * cut, 1, 0, 0, 1, -1, 0}, offset(1e-5f));
    }

    private static CpuProjections sharp(Measurement measurement, float[] object) {
        return new CpuProjections(measurement, new CountModel(measurement, Response.IDEAL), object);
    }

    private static CpuProjections iterated(Measurement measurement) {
        CpuProjections projections = sharp(measurement, new float[] {1.5f, 0, 0.5f, 1});
        projections.project(HIO, z -> {});
        return projections;
    }

    /** A quarter of the voxels is free, or held with a deviation. */
    static Measurement measurement(Shape3 shape, Float deviation) {
        Random random = new Random(9);
        float[] intensity = new float[shape.size()];
        byte[] free = new byte[shape.size()];
        float[] deviations = new float[shape.size()];
        for (int i = 0; i < intensity.length; i++) {
            intensity[i] = random.nextInt(20);
            free[i] = (byte) (i % 4 == 0 ? 1 : 0);
            deviations[i] = deviation == null ? 0 : deviation;
        }
        PhasingProblem problem = new PhasingProblem(
                new Volume(shape, intensity),
                new Mask(shape, free),
                deviation == null ? null : new Volume(shape, deviations));
        return Measurement.of(problem, Mask.none(shape));
    }

    static float[] random(Shape3 shape, long seed) {
        Random random = new Random(seed);
        float[] data = new float[2 * shape.size()];
        for (int i = 0; i < data.length; i++) {
            data[i] = (float) random.nextGaussian();
        }
        return data;
    }

    private static double distance(float[] a, float[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += (double) (a[i] - b[i]) * (a[i] - b[i]);
        }
        return Math.sqrt(sum);
    }
}
