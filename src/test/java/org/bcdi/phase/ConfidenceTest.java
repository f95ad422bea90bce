package org.bcdi.phase;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.bcdi.fourier.Shift;
import org.bcdi.mask.Mask;
import org.bcdi.sim.SimulatedScan;
import org.bcdi.task.Monitor;
import org.bcdi.volume.ComplexVolume;
import org.bcdi.volume.Shape3;
import org.junit.jupiter.api.Test;

class ConfidenceTest {
    private static final Shape3 SHAPE = new Shape3(4, 9, 9);

    @Test
    void aDislocationIsAVortexInEachFrameAndAHomogeneousPhaseIsNone() {
        Mask all = inside();
        double screw = Signs.vortices(object((y, x) -> Math.atan2(y - 4.5, x - 4.5)), all);
        double ramp = Signs.vortices(object((y, x) -> 1.3 * y + 0.4 * x * x), all);

        // 4 loops of 4 * 8 * 8 in the frames, 3 * 8 * 9 across them along each other axis
        assertThat(screw).isCloseTo(4.0 / (4 * 64 + 2 * 3 * 72), within(1e-9));
        assertThat(ramp).isZero();
        assertThat(Signs.vortices(object((y, x) -> 0), Mask.none(SHAPE))).isEqualTo(1);
    }

    @Test
    void unevennessIsTheSpreadOfTheAmplitudeInsideWhereverTheParticleLies() {
        Shape3 shape = new Shape3(8, 9, 10);
        float[] data = new float[2 * shape.size()];
        byte[] inside = new byte[shape.size()];
        // 5 x 6 x 6 voxels, of which 3 x 4 x 4 are not at the border; half of those hold 1, the others 3
        for (int z = 1; z < 6; z++) {
            for (int y = 1; y < 7; y++) {
                for (int x = 2; x < 8; x++) {
                    int i = shape.index(z, y, x);
                    boolean border = z == 1 || z == 5 || y == 1 || y == 6 || x == 2 || x == 7;
                    inside[i] = 1;
                    data[2 * i + 1] = border ? 100 : x < 5 ? -1 : 3;
                }
            }
        }
        ComplexVolume object = new ComplexVolume(shape, data);
        Mask support = new Mask(shape, inside);

        assertThat(Signs.unevenness(object, support)).isCloseTo(0.5, within(1e-9));
        ComplexVolume moved = new ComplexVolume(shape, Shift.roll(shape, data, 4, 5, 6));
        Mask there = new Mask(shape, Shift.roll(shape, inside, 4, 5, 6));
        assertThat(Signs.unevenness(moved, there)).isCloseTo(0.5, within(1e-9));
        assertThat(Signs.unevenness(object, Mask.none(shape))).isEqualTo(1);
        assertThat(Signs.unevenness(new ComplexVolume(shape, new float[data.length]), support))
                .isEqualTo(1);
    }

    /** A run that fell onto one bright spot is not an even crystal. */
    @Test
    void aFewVoxelsAreNotEven() {
        Shape3 shape = new Shape3(8, 8, 8);
        float[] data = new float[2 * shape.size()];
        Arrays.fill(data, 1);
        byte[] inside = new byte[shape.size()];
        for (int i = 0; i < inside.length; i++) {
            inside[i] = (byte) (i / 64 < 4 && i / 8 % 8 < 5 && i % 8 < 5 ? 1 : 0);
        }
        assertThat(Signs.unevenness(new ComplexVolume(shape, data), new Mask(shape, inside)))
                .isEqualTo(1);
    }

    @Test
    void theMeanDevianceIsThatOfDrawnCounts() {
        SplittableRandom random = new SplittableRandom(5);
        for (double rate : new double[] {0.03, 0.7, 5, 19.9, 20.1}) {
            double sum = 0;
            int draws = 40_000;
            for (int i = 0; i < draws; i++) {
                int counts = 0;
                for (double product = random.nextDouble(); product > Math.exp(-rate); product *= random.nextDouble()) {
                    counts++;
                }
                sum += 2 * ((counts > 0 ? counts * Math.log(counts / rate) : 0) - counts + rate);
            }
            assertThat(Fit.expectedDeviance(rate)).isCloseTo(sum / draws, within(0.03));
        }
    }

    @Test
    void everySignPullsItsWay() {
        double good = Confidence.of(signs(0.01, 0.15));

        assertThat(good).isBetween(0.9, 1.0);
        assertThat(Confidence.of(signs(0.5, 0.15))).isLessThan(good);
        assertThat(Confidence.of(signs(0.01, 0.5))).isLessThan(good);
        assertThat(Confidence.of(signs(0.8, 0.5))).isLessThan(0.1);
        // what a limit on the density does is no merit
        assertThat(Confidence.of(signs(0.01, 0.02))).isEqualTo(Confidence.of(signs(0.01, 0.1)));
        assertThat(Confidence.of(signs(Double.NaN, 0.15))).isNaN();
    }

    private static Signs signs(double freeMisfit, double unevenness) {
        return new Signs(Double.NaN, Double.NaN, freeMisfit, 0, unevenness);
    }

    @Test
    void tellsASolvedCrystalFromOneThatWasLeftAfterAFewIterations() {
        SimulatedScan scan = Crystals.cube(48, 2, 1, 1e6);

        Reconstruction.Metrics solved = retrieve(scan, "starts=2:HIO60/RAAR60/ER20/ML10");
        Reconstruction.Metrics begun = retrieve(scan, "starts=2:SW[every=0]/HIO3");

        assertThat(solved.confidence()).isGreaterThan(0.8);
        assertThat(begun.confidence()).isLessThan(0.3);
        assertThat(solved.signs()).containsOnlyKeys("agreement", "transfer", "freeMisfit", "vortices", "unevenness");
        assertThat(retrieve(scan, "ER5").signs()).containsOnlyKeys("freeMisfit", "vortices", "unevenness");
    }

    @Test
    void theFitFindsTheFactorsThatDataWereMadeWith() {
        double[] made = {0.5, -1.5, 0.8};
        SplittableRandom random = new SplittableRandom(3);
        List<double[]> terms = new ArrayList<>();
        List<Boolean> right = new ArrayList<>();
        for (int i = 0; i < 20_000; i++) {
            double[] term = {random.nextGaussian(), random.nextGaussian()};
            terms.add(term);
            right.add(random.nextDouble() < Confidence.logistic(made, term));
        }

        double[] factors = LogisticFit.fit(terms, right);

        // the ridge pulls a little towards 0
        assertThat(factors[0]).isCloseTo(0.5, within(0.1));
        assertThat(factors[1]).isBetween(-1.5, -1.2);
        assertThat(factors[2]).isBetween(0.6, 0.85);
        assertThat(LogisticFit.area(List.of(0.1, 0.4, 0.35, 0.8), List.of(false, false, true, true)))
                .isEqualTo(0.75);
    }

    private static Reconstruction.Metrics retrieve(SimulatedScan scan, String recipe) {
        return Phasing.onCpu()
                .retrieve(Crystals.problem(scan), Recipe.parse(recipe), 5, Monitor.NONE)
                .metrics();
    }

    private interface Phase {
        double at(int y, int x);
    }

    private static ComplexVolume object(Phase phase) {
        float[] data = new float[2 * SHAPE.size()];
        for (int i = 0; i < SHAPE.size(); i++) {
            double angle = phase.at(i / SHAPE.nx() % SHAPE.ny(), i % SHAPE.nx());
            data[2 * i] = (float) Math.cos(angle);
            data[2 * i + 1] = (float) Math.sin(angle);
        }
        return new ComplexVolume(SHAPE, data);
    }

    private static Mask inside() {
        byte[] inside = new byte[SHAPE.size()];
        Arrays.fill(inside, (byte) 1);
        return new Mask(SHAPE, inside);
    }
}
