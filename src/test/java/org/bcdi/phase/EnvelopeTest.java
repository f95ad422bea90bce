package org.bcdi.phase;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.bcdi.mask.Mask;
import org.bcdi.sim.SimulatedScan;
import org.bcdi.task.Monitor;
import org.bcdi.volume.Shape3;
import org.bcdi.volume.Volume;
import org.junit.jupiter.api.Test;

class EnvelopeTest {
    private static final Shape3 SHAPE = new Shape3(48, 48, 48);

    @Test
    void aFreeVoxelIsBoundByWhatWasMeasuredAsFarFromThePeakOrALittleNearer() {
        Measurement measurement = measurement(30, 33);
        Bounds bounds = measurement.bounds(Mixing.of(new Step.Er(1, 0)));
        int free = 0;
        for (int i = 0; i < SHAPE.size(); i++) {
            double here = falling(distance(i));
            if (measurement.weight[i] == 0) {
                free++;
                double bound = bounds.high[i] * bounds.high[i] / (double) SHAPE.size();
                assertThat(bound).isBetween(here, falling(Math.max(0, distance(i) - 4)) + 1e-3);
                assertThat(1 / measurement.prior[i]).isBetween((float) (5 * here), (float) (20 * here) + 1);
            } else {
                assertThat(measurement.prior[i]).isZero();
                assertThat(bounds.high[i]).isEqualTo(bounds.low[i]);
            }
        }
        assertThat(free).isEqualTo(3 * 48 * 48);
    }

    @Test
    void aGapAtThePeakStaysFree() {
        Measurement measurement = measurement(20, 29);
        Bounds bounds = measurement.bounds(Mixing.of(new Step.Er(1, 0)));
        int peak = 0;

        assertThat(bounds.high[peak]).isInfinite();
        assertThat(measurement.prior[peak]).isLessThan(1e-3f);
        assertThat(bounds.high[1]).isInfinite();
    }

    /** The brightest measured voxel is then beside the gap which hides the peak, and everything is centred on it. */
    @Test
    void aGapBesideTheBrightestMeasuredVoxelIsNotBoundByIt() {
        Measurement measurement = measurement(25, 31);
        Bounds bounds = measurement.bounds(Mixing.of(new Step.Er(1, 0)));

        for (int x = 1; x < 5; x++) {
            assertThat(bounds.high[x]).isInfinite();
        }
        assertThat(bounds.high[SHAPE.index(12, 12, 3)]).isFinite();
    }

    /** Rates fall smoothly from the peak at N/2; columns from {@code first} to before {@code last} are free. */
    private static Measurement measurement(int first, int last) {
        float[] stored = new float[SHAPE.size()];
        byte[] gap = new byte[SHAPE.size()];
        for (int i = 0; i < stored.length; i++) {
            int x = i % SHAPE.nx();
            double z = i / SHAPE.frameSize() - 24;
            double y = i / SHAPE.nx() % SHAPE.ny() - 24;
            stored[i] = (float) falling(Math.sqrt(z * z + y * y + (x - 24) * (x - 24)));
            gap[i] = (byte) (x >= first && x < last ? 1 : 0);
        }
        PhasingProblem problem = new PhasingProblem(new Volume(SHAPE, stored), new Mask(SHAPE, gap), null);
        return Measurement.of(problem, Mask.none(SHAPE));
    }

    private static double falling(double distance) {
        return 1e4 * Math.exp(-distance / 6);
    }

    /** From index 0 of the periodic array. */
    private static double distance(int i) {
        double square = 0;
        for (int axis = 0; axis < 3; axis++) {
            int k = i / SHAPE.stride(axis) % 48;
            square += Math.pow(Math.min(k, 48 - k), 2);
        }
        return Math.sqrt(square);
    }

    @Test
    void noPowerGathersInAWideGap() {
        SimulatedScan scan = Crystals.cube(32, 2, 1, 1e6);
        Mask gap = GapStudy.cross(scan.counts(), 6, 9);
        PhasingProblem problem = new PhasingProblem(scan.counts(), gap, null);

        Reconstruction found =
                Phasing.onCpu().retrieve(problem, Recipe.parse("HIO60/RAAR60/ER20/ML10"), 1, Monitor.NONE);

        double photons = 0;
        for (float value : found.object().data()) {
            photons += (double) value * value;
        }
        assertThat(photons).isCloseTo(1e6, within(3e4));
    }
}
