package org.bcdi.phase;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import org.bcdi.fourier.FourierTransform;
import org.bcdi.mask.Mask;
import org.bcdi.model.ExecutionProvider;
import org.bcdi.phase.Recipe.Plan;
import org.bcdi.sim.CrystalSimulator;
import org.bcdi.sim.SimulatedScan;
import org.bcdi.sim.SimulationSettings;
import org.bcdi.task.BcdiException;
import org.bcdi.task.InputException;
import org.bcdi.task.Monitor;
import org.bcdi.volume.ComplexVolume;
import org.bcdi.volume.Region3;
import org.bcdi.volume.Shape3;
import org.bcdi.volume.Volume;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NetworkStartTest {
    private static final Plan SHORT = (Plan) Recipe.parse("NET/SW[every=10,threshold=0.2,sigma=1.2:0.8,loose=1]/ML20");
    private static final SimulatedScan SCAN = scan(new Shape3(64, 64, 64), 3);

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({"64,64,64,3", "96,96,96,3", "72,54,80,3", "48,96,60,2.5", "128,64,48,8"})
    void theTruePhasesInTheWindowGiveTheObjectOfAnyShape(int nz, int ny, int nx, double oversampling) {
        SimulatedScan scan = scan(new Shape3(nz, ny, nx), oversampling);
        Measurement measurement = measurement(scan, 0);
        NetworkWindow window = NetworkWindow.of(measurement);

        Guess guess = NetworkStart.with(FakePhases.of(truth(scan, window))).guess(measurement, SHORT, 0, 1);

        assertThat(window.bin()).containsExactly(nz > 64 && oversampling > 6 ? 2 : 1, 1, 1);
        assertThat(correlation(scan, guess)).isGreaterThan(nz > 64 && oversampling > 6 ? 0.9 : 0.95);
    }

    @Test
    void theNetworkSeesLogarithmAndMaskAboutTheCentreOfMass() {
        Measurement measurement = measurement(SCAN, 5);
        NetworkWindow window = NetworkWindow.of(measurement);
        FakePhases network = FakePhases.of(new float[NetworkWindow.SHAPE.size()]);

        NetworkStart.with(network).guess(measurement, SHORT, 0, 1);

        int size = NetworkWindow.SHAPE.size();
        int unknown = 0;
        for (int i = 0; i < size; i++) {
            int at = stored(SCAN.counts().shape(), window, i);
            boolean known = at >= 0 && at % 64 >= 5;
            unknown += known ? 0 : 1;
            assertThat(network.asked[size + i]).isEqualTo(known ? 0 : 1);
            assertThat((double) network.asked[i])
                    .isCloseTo(known ? Math.log1p(SCAN.counts().data()[at]) / 16 : 0, within(1e-5));
        }
        assertThat(unknown).isGreaterThan(4 * 64 * 64);
    }

    @Test
    void cosineAndSineAreWeightedByTheirLength() {
        Measurement measurement = measurement(SCAN, 0);
        NetworkWindow window = NetworkWindow.of(measurement);
        float[] phases = truth(SCAN, window);
        float[] pair = pair(phases, 0.5f);

        float[] one = NetworkStart.with(FakePhases.of(phases))
                .guess(measurement, SHORT, 0, 1)
                .object()
                .data();
        float[] two = NetworkStart.with(FakePhases.of(pair))
                .guess(measurement, SHORT, 0, 1)
                .object()
                .data();

        for (int i = 0; i < one.length; i += 1001) {
            assertThat(two[i]).isCloseTo(one[i], within(1e-3f * (float) Math.sqrt(1e6 / 1e4)));
        }
        double photons = 0;
        for (float value : two) {
            photons += (double) value * value;
        }
        assertThat(photons).isCloseTo(1e6, within(1e4));
    }

    @Test
    void furtherStartsSeeTheWindowInOtherWays() {
        Measurement measurement = measurement(SCAN, 0);
        FakePhases network = FakePhases.of(truth(SCAN, NetworkWindow.of(measurement)));
        NetworkStart start = NetworkStart.with(network);

        Guess first = start.guess(measurement, SHORT, 0, 1);
        float[] plain = network.asked.clone();
        Guess second = start.guess(measurement, SHORT, 9, 1);

        assertThat(network.asked)
                .isEqualTo(Orientation.of(NetworkWindow.SHAPE, 9).look(plain))
                .isNotEqualTo(plain);
        assertThat(second.object().data()).isNotEqualTo(first.object().data());
    }

    @Test
    void startsBeyondAllWaysSeeTheWindowMovedAndPutItsPhasesWhereTheyBelong() {
        Measurement measurement = measurement(SCAN, 0);
        NetworkWindow plain = NetworkWindow.of(measurement);
        NetworkWindow moved = plain.moved(new int[] {0, 1, -1});
        int round = 2 + 3;
        FakePhases network = FakePhases.of(truth(SCAN, moved));

        Guess guess = NetworkStart.with(network).guess(measurement, SHORT, round * Orientation.WAYS, 1);

        assertThat(moved.centre()).containsExactly(plain.centre()[0], plain.centre()[1] + 1, plain.centre()[2] - 1);
        int size = NetworkWindow.SHAPE.size();
        float[] photons = moved.photons();
        for (int i = 0; i < size; i += 101) {
            boolean known = !Float.isNaN(photons[i]);
            assertThat((double) network.asked[i]).isCloseTo(known ? Math.log1p(photons[i]) / 16 : 0, within(1e-5));
        }
        assertThat(correlation(SCAN, guess)).isGreaterThan(0.95);
    }

    @Test
    void noStartOfARunRepeatsAnotherAndTheFirstFollowTheirSeed() {
        for (long first : new long[] {0, 7, 35, -7, Long.MAX_VALUE - 3}) {
            Set<Long> numbers = new TreeSet<>();
            for (int index = 0; index < 1000; index++) {
                long number = NetworkStart.number(first, index);
                assertThat(number).isNotNegative();
                assertThat(numbers.add(number)).as("start %d", index).isTrue();
                if (index < Orientation.WAYS) {
                    assertThat(number).isEqualTo((Math.floorMod(first, 24) + index) % 24);
                }
            }
        }
    }

    @Test
    void eachRoundOfStartsMovesTheWindowElsewhere() {
        Set<String> seen = new TreeSet<>();
        for (int round = 0; round <= 1000 / Orientation.WAYS; round++) {
            assertThat(seen.add(Arrays.toString(NetworkStart.shift(round)))).isTrue();
        }
        assertThat(seen).contains("[0, 0, 0]", "[0, 0, 1]", "[-1, -1, -1]", "[0, 0, 3]");
    }

    @Test
    void anAnswerIsTurnedBack() {
        Measurement measurement = measurement(SCAN, 0);
        float[] phases = truth(SCAN, NetworkWindow.of(measurement));
        int number = 13;
        FakePhases network =
                FakePhases.of(Orientation.of(NetworkWindow.SHAPE, number).look(phases));

        Guess guess = NetworkStart.with(network).guess(measurement, SHORT, number, 1);

        assertThat(correlation(SCAN, guess)).isGreaterThan(0.95);
    }

    @Test
    void autoAndNetRecipesStartFromAShippedNetwork() throws IOException {
        Measurement measurement = measurement(SCAN, 0);
        float[] phases = truth(SCAN, NetworkWindow.of(measurement));
        float[] pair = pair(phases, 1);
        FakePhases.write(folder, Phasing.SHIPPED, pair);
        PhasingProblem problem = Crystals.problem(SCAN);
        String before = System.setProperty("bcdi.models", folder.toString());
        try (PhaseRetriever retriever = Phasing.open("auto", ExecutionProvider.CPU, 0)) {
            Phasing.check(SHORT, "auto");
            // seed 0 asks the network about the scan as it is, which is what the answer is for
            Reconstruction found = retriever.retrieve(problem, SHORT, 0, Monitor.NONE);

            assertThat(retriever.model().orElseThrow().name()).isEqualTo(Phasing.SHIPPED);
            assertThat(found.recipe()).isEqualTo(SHORT.text());
            assertThat(Crystals.agreement(SCAN, found).correlation()).isGreaterThan(0.97);
            assertThat(retriever
                            .retrieve(problem, Recipe.parse("auto"), 1, Monitor.NONE)
                            .recipe())
                    .contains("MIX/");
        } finally {
            if (before == null) {
                System.clearProperty("bcdi.models");
            } else {
                System.setProperty("bcdi.models", before);
            }
        }
        try (PhaseRetriever retriever = Phasing.open("none", ExecutionProvider.CPU, 0)) {
            assertThat(retriever.model()).isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource({"inpainting,2,64,not for phasing", "phasing,3,64,needs a model", "phasing,1,32,needs a model"})
    void refusesAnotherNetwork(String task, long channels, long side, String words) {
        assertThatThrownBy(() -> NetworkStart.with(FakePhases.card(task, channels, side)))
                .isInstanceOf(InputException.class)
                .hasMessageContaining(words);
    }

    @Test
    void refusesAnswersThatAreNoNumbers() {
        float[] answer = new float[NetworkWindow.SHAPE.size()];
        answer[5] = Float.NaN;
        NetworkStart start = NetworkStart.with(FakePhases.of(answer));

        assertThatThrownBy(() -> start.guess(measurement(SCAN, 0), SHORT, 0, 1))
                .isInstanceOf(BcdiException.class)
                .hasMessageContaining("no finite phases");
    }

    private static SimulatedScan scan(Shape3 shape, double oversampling) {
        return CrystalSimulator.simulate(new SimulationSettings(shape, 11, 2, 1e6, oversampling, 0));
    }

    /** Cosines and sines of this length. */
    private static float[] pair(float[] phases, float length) {
        float[] pair = new float[2 * phases.length];
        for (int i = 0; i < phases.length; i++) {
            pair[i] = length * (float) Math.cos(phases[i]);
            pair[phases.length + i] = length * (float) Math.sin(phases[i]);
        }
        return pair;
    }

    /** The first columns of the frame hold no data. */
    private static Measurement measurement(SimulatedScan scan, int columns) {
        Shape3 shape = scan.counts().shape();
        byte[] gap = new byte[shape.size()];
        for (int i = 0; i < gap.length; i++) {
            gap[i] = (byte) (i % shape.nx() < columns ? 1 : 0);
        }
        PhasingProblem problem = new PhasingProblem(scan.counts(), new Mask(shape, gap), null);
        return Measurement.of(problem, Mask.none(shape));
    }

    /** Phases of the true wave at the window's voxels, 0 outside the scan. */
    private static float[] truth(SimulatedScan scan, NetworkWindow window) {
        Volume phase = FourierTransform.toDetector(scan.object()).phase();
        float[] phases = new float[NetworkWindow.SHAPE.size()];
        for (int i = 0; i < phases.length; i++) {
            int at = stored(phase.shape(), window, i);
            phases[i] = at < 0 ? 0 : phase.data()[at];
        }
        return phases;
    }

    /** Index in the scan of the middle of a window's voxel, -1 outside. */
    private static int stored(Shape3 shape, NetworkWindow window, int i) {
        int[] at = new int[3];
        for (int axis = 0; axis < 3; axis++) {
            int j = i / NetworkWindow.SHAPE.stride(axis) % 64 - 32;
            at[axis] = shape.length(axis) / 2 + window.centre()[axis] + window.bin()[axis] * j;
            if (at[axis] < 0 || at[axis] >= shape.length(axis)) {
                return -1;
            }
        }
        return shape.index(at[0], at[1], at[2]);
    }

    private static double correlation(SimulatedScan scan, Guess guess) {
        Shape3 shape = scan.counts().shape();
        Standard found = Standard.of(new Solution(guess.object(), guess.support(), Response.IDEAL));
        ComplexVolume truth = Crystals.truth(scan, Region3.whole(shape));
        return Agreement.aligned(truth, Crystals.support(truth), found.object(), found.support())
                .correlation();
    }
}
