package org.bcdi.inpaint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.offset;

import java.util.List;
import org.bcdi.mask.Mask;
import org.bcdi.model.ExecutionProvider;
import org.bcdi.model.ModelCard;
import org.bcdi.model.ModelCard.Calibration;
import org.bcdi.model.Network;
import org.bcdi.task.BcdiException;
import org.bcdi.task.CancelledException;
import org.bcdi.task.InputException;
import org.bcdi.task.Monitor;
import org.bcdi.volume.Shape3;
import org.bcdi.volume.Volume;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NetworkFillTest {
    private static final Shape3 SHAPE = new Shape3(40, 48, 44);
    /** Needs more than one batch for a cross. */
    private static final Shape3 LARGE = new Shape3(80, 90, 96);

    @ParameterizedTest
    @CsvSource({"97,60,35", "20,40,40", "5,70,33", "40,48,44", "3,2,1"})
    void aNetworkThatAgreesWithItsStartGivesRidgeToTheBit(int nz, int ny, int nx) {
        Shape3 shape = new Shape3(nz, ny, nx);
        Volume counts = Scenes.peak(shape);
        for (int seed = 0; seed < 3; seed++) {
            Mask mask = Scenes.awkward(shape, seed);

            Inpainted filled = NetworkFill.with(FakeNetwork.agreeing()).fill(counts, mask, Monitor.NONE);

            Inpainted ridge = ridge(counts, mask);
            assertThat(filled.intensity().data()).isEqualTo(ridge.intensity().data());
            assertThat(filled.gapVoxels()).isEqualTo(mask.count());
        }
    }

    @ParameterizedTest
    @CsvSource({"97,60,35", "20,40,40", "5,70,33"})
    void measuredVoxelsKeepTheirBitsAndGapsAreFiniteWhateverTheNetworkSays(int nz, int ny, int nx) {
        Shape3 shape = new Shape3(nz, ny, nx);
        float[] poisoned = Scenes.peak(shape).data().clone();
        Mask mask = Scenes.awkward(shape, 7);
        for (int i = 0; i < poisoned.length; i++) {
            if (mask.masked(i)) {
                poisoned[i] = Float.NaN;
            }
        }
        FakeNetwork wild = new FakeNetwork((n, value, voxel) -> voxel % 3 * 900f - 900, (n, value, voxel) -> 3);

        Inpainted filled = NetworkFill.with(wild).fill(new Volume(shape, poisoned), mask, Monitor.NONE);

        for (int i = 0; i < poisoned.length; i++) {
            float intensity = filled.intensity().data()[i];
            float deviation = filled.deviation().data()[i];
            if (mask.masked(i)) {
                assertThat(Float.isFinite(intensity) && intensity >= 0).isTrue();
                assertThat(Float.isFinite(deviation) && deviation >= 0).isTrue();
            } else {
                assertThat(Float.floatToRawIntBits(intensity)).isEqualTo(Float.floatToRawIntBits(poisoned[i]));
                assertThat(deviation).isZero();
            }
        }
    }

    @Test
    void nothingIsChangedWhereNothingIsMissing() {
        FakeNetwork network = FakeNetwork.agreeing();

        Inpainted filled = NetworkFill.with(network).fill(Scenes.peak(SHAPE), Mask.none(SHAPE), Monitor.NONE);

        assertThat(filled.intensity().data()).isEqualTo(Scenes.peak(SHAPE).data());
        assertThat(filled.patches()).isZero();
        assertThat(network.samples).isZero();
    }

    @Test
    void ofAVolumeWithoutAnyDataNothingIsKnownWhateverTheNetworkSays() {
        Mask all = Scenes.random(SHAPE, 1, 1);
        FakeNetwork inventive = new FakeNetwork((n, value, voxel) -> 3, (n, value, voxel) -> 0.5f);

        Inpainted filled = NetworkFill.with(inventive).fill(flat(7), all, Monitor.NONE);

        assertThat(filled.intensity().data()).containsOnly(0);
        assertThat(filled.deviation().data()).containsOnly(Float.POSITIVE_INFINITY);
        assertThat(filled.gapVoxels()).isEqualTo(SHAPE.size());
        assertThat(filled.patches()).isEqualTo(inventive.samples).isZero();
        assertThat(filled.share()).isNaN();
    }

    /** Only a row of single voxels along z is measured, bright in fringes, and a wide gap lies across it. */
    @Test
    void ofAWideGapNothingIsKnownWhereNoBlockOfTheCoarseGridIsMeasured() {
        Shape3 shape = new Shape3(70, 12, 12);
        float[] counts = new float[shape.size()];
        byte[] gap = new byte[shape.size()];
        java.util.Arrays.fill(gap, (byte) 1);
        for (int z = 0; z < shape.nz(); z++) {
            if (z < 25 || z >= 45) {
                counts[shape.index(z, 0, 0)] = Math.round(400 * (1.2 + Math.cos(2 * Math.PI * z / 14)));
                gap[shape.index(z, 0, 0)] = 0;
            }
        }
        Mask mask = new Mask(shape, gap);
        FakeNetwork inventive = new FakeNetwork((n, value, voxel) -> 3, (n, value, voxel) -> 0.5f);

        Inpainted filled = NetworkFill.with(inventive).fill(new Volume(shape, counts), mask, Monitor.NONE);

        assertThat(Fringes.of(Gaps.of(mask), new Volume(shape, counts)).period(0))
                .isBetween(10.0, 18.0);
        for (int i = 0; i < counts.length; i++) {
            assertThat(filled.deviation().data()[i]).isEqualTo(mask.masked(i) ? Float.POSITIVE_INFINITY : 0);
            assertThat(Float.isFinite(filled.intensity().data()[i])).isTrue();
        }
        assertThat(filled.patches()).isEqualTo(inventive.samples).isZero();
    }

    @Test
    void theDeviationIsInPhotonsAndGrowsWithTheIntensity() {
        Mask mask = Scenes.cross(SHAPE, 21, 30, 4);

        // A patch's own deviation scales the network's: flat counts of deviation 0 take the floor of 0.1
        Inpainted filled = NetworkFill.with(FakeNetwork.agreeing()).fill(flat(7), mask, Monitor.NONE);

        int gap = SHAPE.index(20, 22, 10);
        assertThat(filled.intensity().data()[gap]).isCloseTo(7, offset(1e-5f));
        assertThat(filled.deviation().data()[gap]).isCloseTo((1 + 7) * 0.5f * 0.1f, offset(1e-5f));
    }

    @Test
    void windowsThatDisagreeMakeTheDeviationLarger() {
        Mask mask = Scenes.cross(SHAPE, 21, 30, 4);
        FakeNetwork quarrelling =
                new FakeNetwork((sample, value, voxel) -> value + (sample % 2 == 0 ? 4 : -4), (n, v, x) -> 0.5f);

        Inpainted filled = NetworkFill.with(quarrelling).fill(flat(7), mask, Monitor.NONE);

        // Alone, each window gives (1 + 7) * 0.05; two of equal weight differ by 0.8 in log, so 0.4 to each side
        float largest = 0;
        for (float deviation : filled.deviation().data()) {
            largest = Math.max(largest, deviation);
        }
        assertThat(largest).isBetween(2.5f, 5.5f);
    }

    @Test
    void correctionsThatTheScanDoesNotConfirmAreNotMadeAndAddToTheDeviation() {
        Volume counts = Scenes.peak(LARGE);
        Mask mask = Scenes.cross(LARGE, 30, 52, 4);
        FakeNetwork wrong = new FakeNetwork(
                (sample, value, voxel) -> value + 0.3f * ((voxel / 1024 + voxel / 32 + voxel) % 2 == 0 ? 1 : -1),
                (sample, value, voxel) -> 0);

        Inpainted filled = NetworkFill.with(wrong).fill(counts, mask, Monitor.NONE);

        assertThat(filled.share()).isLessThan(0.05);
        float[] ridge = ridge(counts, mask).intensity().data();
        for (int i = 0; i < ridge.length; i++) {
            if (mask.masked(i)) {
                double log = Math.log1p(filled.intensity().data()[i]);
                assertThat(log).isCloseTo(Math.log1p(ridge[i]), offset(0.05));
                assertThat(filled.deviation().data()[i]).isPositive();
            }
        }
    }

    @Test
    void correctionsInTheRightDirectionAreMadeAndTooLargeOnesInPart() {
        Volume counts = dimmed(Scenes.peak(LARGE), 1000);
        Mask mask = Scenes.cross(LARGE, 30, 52, 4);
        Gaps gaps = Gaps.of(mask);
        Gaps trial = TrialGaps.beside(gaps, gaps);
        Gaps all = gaps.and(trial);
        Clues clues = Clues.of(all, counts, Monitor.NONE);
        Blend blend = new Blend(all, Calibration.NONE);
        for (Window window : Windows.over(trial)) {
            Patches patches = new Patches(clues, 0.1);
            Shape3 sides = window.sides();
            float[] batch = new float[Patches.CHANNELS * sides.size()];
            patches.cut(window, batch, 0);
            LocalScale.Row scale = patches.scale().row();
            float[] result = new float[2 * sides.size()];
            for (int voxel = 0; voxel < sides.size(); voxel++) {
                int z = window.z() + voxel / sides.frameSize();
                int y = window.y() + voxel / sides.nx() % sides.ny();
                int x = window.x() + voxel % sides.nx();
                if (z < 0 || y < 0 || x < 0 || z >= LARGE.nz() || y >= LARGE.ny() || x >= LARGE.nx()) {
                    continue;
                }
                double truth = Math.log1p(counts.data()[LARGE.index(z, y, x)]);
                double error = truth - clues.ridge()[LARGE.index(z, y, x)];
                scale.moveTo(z, y);
                result[voxel] = (float) (batch[voxel] + 4 * error / scale.deviation(x));
            }
            assertThat(blend.add(window, patches.scale(), batch, result, 0)).isTrue();
        }

        double share = blend.share(clues.ridge(), voxel -> Math.log1p(counts.data()[voxel]), trial);

        assertThat(share).isCloseTo(0.25, offset(1e-3));
    }

    @Test
    void lessOfACorrectionIsMadeInNarrowGapsWithHundredsOfPhotons() {
        Mask mask = Scenes.cross(SHAPE, 21, 30, 4);
        Gaps gaps = Gaps.of(mask);
        Clues clues = Clues.of(gaps, Scenes.peak(SHAPE), Monitor.NONE);
        FakeNetwork network = new FakeNetwork((sample, value, voxel) -> value + 0.1f, (sample, value, voxel) -> 0.001f);
        Blend blend = new Blend(gaps, Calibration.NONE);
        Window only = Windows.over(gaps).get(0);
        Patches patches = new Patches(clues, 0.1);
        LocalScale.Row scale = patches.scale().row();
        add(blend, only, patches, network);
        float[] all = clues.ridge().clone();
        blend.over(clues.ridge(), 1).writeTo(gaps, all);

        double[] most = {1, 0};
        for (int i = 0; i < gaps.count(); i++) {
            int voxel = gaps.voxel(i);
            scale.moveTo(voxel / SHAPE.frameSize(), voxel / SHAPE.nx() % SHAPE.ny());
            double made = (all[voxel] - clues.ridge()[voxel]) / (0.1 * scale.deviation(voxel % SHAPE.nx()));
            if (made > 0) {
                double log = clues.ridge()[voxel];
                boolean crossing = isIn(21, voxel / SHAPE.nx() % SHAPE.ny()) && isIn(30, voxel % SHAPE.nx());
                double least = crossing ? 1 : Math.min(1, (4 - 1) / (log - 3));
                double expected = 1 - Math.max(0, Math.min(1, log - 5.5)) * (1 - least);
                assertThat(made).isCloseTo(expected, offset(1e-2));
                most[0] = Math.min(most[0], made);
                most[1] = Math.max(most[1], made);
            }
        }
        assertThat(most[0]).isBetween(0.3, 0.7);
        assertThat(most[1]).isCloseTo(1, offset(1e-2));
    }

    /** Whether a line of the cross, 4 voxels wide from {@code first}, holds a place. */
    private static boolean isIn(int first, int place) {
        return place >= first && place < first + 4;
    }

    @Test
    void smallDeviationsShrinkAsTheModelCardSays() {
        Calibration calibration = new Calibration(0.15, 0.5, 1);
        assertThat(calibration.of(0.2)).isEqualTo(0.2);
        assertThat(calibration.of(0.15)).isEqualTo(0.15);
        assertThat(calibration.of(0.0375)).isCloseTo(0.01875, offset(1e-12));
        assertThat(calibration.of(0)).isZero();
        assertThat(Calibration.NONE.of(0.01)).isEqualTo(0.01);
    }

    @Test
    void theOrderOfTheWindowsDoesNotMatter() {
        Gaps gaps = Gaps.of(Scenes.cross(SHAPE, 21, 30, 4));
        Clues clues = Clues.of(gaps, Scenes.peak(SHAPE), Monitor.NONE);
        float[] log = clues.ridge();
        FakeNetwork network =
                new FakeNetwork((sample, value, voxel) -> value + voxel % 7 * 0.1f, (n, value, voxel) -> voxel % 5);
        List<Window> windows = Windows.over(gaps);
        Blend forth = new Blend(gaps, Calibration.NONE);
        Blend back = new Blend(gaps, Calibration.NONE);
        Patches patches = new Patches(clues, 0.1);
        for (int i = 0; i < windows.size(); i++) {
            add(forth, windows.get(i), patches, network);
            add(back, windows.get(windows.size() - 1 - i), patches, network);
        }

        Volume counts = Scenes.peak(SHAPE);
        Inpainted one = forth.over(log, 1).inPhotons(counts, gaps, log, 0, 1);
        Inpainted other = back.over(log, 1).inPhotons(counts, gaps, log, 0, 1);
        for (int gap = 0; gap < gaps.count(); gap++) {
            float intensity = one.intensity().data()[gaps.voxel(gap)];
            float deviation = one.deviation().data()[gaps.voxel(gap)];
            assertThat(other.intensity().data()[gaps.voxel(gap)]).isCloseTo(intensity, offset(1e-5f * (1 + intensity)));
            assertThat(other.deviation().data()[gaps.voxel(gap)]).isCloseTo(deviation, offset(1e-4f * (1 + deviation)));
        }
    }

    @Test
    void runsInBatchesAndReportsProgressToTheEnd() {
        FakeNetwork network = FakeNetwork.agreeing();
        double[] last = {0};
        Monitor monitor = new Monitor() {
            @Override
            public void progress(double fraction) {
                assertThat(fraction).isGreaterThanOrEqualTo(last[0]);
                last[0] = fraction;
            }

            @Override
            public boolean cancelled() {
                return false;
            }
        };

        Inpainted filled = NetworkFill.with(network).fill(Scenes.peak(LARGE), Scenes.cross(LARGE, 21, 30, 4), monitor);

        assertThat(last[0]).isEqualTo(1);
        // Twelve small windows for the trial, at most sixteen at once, and one for each plane
        assertThat(filled.patches()).isEqualTo(network.samples).isEqualTo(14);
        assertThat(network.largestBatch).isBetween(6, 12);
    }

    @Test
    void stopsBetweenTwoBatchesWhenAsked() {
        FakeNetwork network = FakeNetwork.agreeing();
        Monitor impatient = new Monitor() {
            @Override
            public void progress(double fraction) {}

            @Override
            public boolean cancelled() {
                return network.samples > 0;
            }
        };

        assertThatThrownBy(() ->
                        NetworkFill.with(network).fill(Scenes.peak(LARGE), Scenes.cross(LARGE, 21, 30, 4), impatient))
                .isInstanceOf(CancelledException.class);
        assertThat(network.samples).isEqualTo(network.largestBatch).isLessThan(14);
    }

    @Test
    void aNetworkThatLosesItsNumbersIsReported() {
        FakeNetwork broken = new FakeNetwork((n, value, voxel) -> Float.NaN, (n, value, voxel) -> 1);

        assertThatThrownBy(() ->
                        NetworkFill.with(broken).fill(Scenes.peak(SHAPE), Scenes.cross(SHAPE, 21, 30, 4), Monitor.NONE))
                .isInstanceOf(BcdiException.class)
                .hasMessageContaining("no finite numbers");
    }

    @Test
    void closesItsNetwork() {
        FakeNetwork network = FakeNetwork.agreeing();
        try (GapFiller filler = NetworkFill.with(network)) {
            assertThat(filler.name()).isEqualTo("fake");
            assertThat(filler.model()).isPresent();
        }
        assertThat(network.closed).isTrue();
    }

    @Test
    void aNetworkMadeForSomethingElseIsRefused() {
        assertRefused(FakeNetwork.card("phasing", FakeNetwork.INPUT, "ridge-and-curve"), "made for phasing");
        assertRefused(
                FakeNetwork.card("inpainting", List.of(-1L, 1L, 64L, 64L, 64L), "ridge-and-curve"),
                "[-1, 1, 64, 64, 64]");
        assertRefused(FakeNetwork.card("inpainting", FakeNetwork.INPUT, "linear"), "prefill 'linear'");
        assertRefused(FakeNetwork.card("inpainting", FakeNetwork.INPUT, "ridge"), "prefill 'ridge'");
        assertRefused(
                FakeNetwork.card("inpainting", FakeNetwork.INPUT, "ridge-and-curve", "visible-standardised-log1p"),
                "normalisation 'visible-standardised-log1p'");
    }

    private static void assertRefused(ModelCard card, String words) {
        Network network = new Network() {
            @Override
            public ModelCard card() {
                return card;
            }

            @Override
            public ExecutionProvider provider() {
                return ExecutionProvider.CPU;
            }

            @Override
            public float[] run(float[] batch, int samples, int... free) {
                throw new AssertionError("not to be run");
            }

            @Override
            public void close() {}
        };
        assertThatThrownBy(() -> NetworkFill.with(network))
                .isInstanceOf(InputException.class)
                .hasMessageContaining(words);
    }

    private static void add(Blend blend, Window window, Patches patches, FakeNetwork network) {
        Shape3 sides = window.sides();
        float[] batch = new float[Patches.CHANNELS * window.voxels()];
        patches.cut(window, batch, 0);
        blend.add(window, patches.scale(), batch, network.run(batch, 1, sides.nz(), sides.ny(), sides.nx()), 0);
    }

    private static Volume dimmed(Volume counts, int factor) {
        float[] dim = new float[counts.data().length];
        for (int i = 0; i < dim.length; i++) {
            dim[i] = Math.round(counts.data()[i] / factor);
        }
        return new Volume(counts.shape(), dim);
    }

    private static Volume flat(float value) {
        float[] counts = new float[SHAPE.size()];
        java.util.Arrays.fill(counts, value);
        return new Volume(SHAPE, counts);
    }

    private static Inpainted ridge(Volume counts, Mask mask) {
        return Fills.open("ridge", ExecutionProvider.CPU, 0).fill(counts, mask, Monitor.NONE);
    }
}
