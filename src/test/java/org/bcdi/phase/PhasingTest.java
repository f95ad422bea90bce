package org.bcdi.phase;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import org.bcdi.mask.Mask;
import org.bcdi.model.ExecutionProvider;
import org.bcdi.sim.SimulatedScan;
import org.bcdi.task.BcdiException;
import org.bcdi.task.CancelledException;
import org.bcdi.task.InputException;
import org.bcdi.task.Monitor;
import org.bcdi.volume.ComplexVolume;
import org.bcdi.volume.Shape3;
import org.bcdi.volume.Volume;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PhasingTest {
    private static final SimulatedScan SCAN = Crystals.cube(32, 2, 1, 1e6);
    private static final Recipe SHORT = Recipe.parse("starts=2:HIO60/RAAR60/ER20/ML10");

    @Test
    void findsAMildlyStrainedCrystal() {
        Reconstruction result = retrieve(SHORT, 5);

        assertThat(Crystals.agreement(SCAN, result).correlation()).isGreaterThan(0.95);
        assertThat(result.metrics().supportVoxels()).isEqualTo(result.support().count());
        assertThat(result.metrics().starts()).isEqualTo(2);
        assertThat(result.metrics().prtf()).hasSize(result.object().shape().ny() / 2);
        assertThat(result.metrics().prtf().get(0)).isBetween(0.9, 1.0);
        assertThat(result.recipe()).isEqualTo(SHORT.text());
        assertThat(result.seed()).isEqualTo(5);
    }

    @Test
    void theSameSeedGivesTheSameBits() {
        Recipe recipe = Recipe.parse("HIO15/RAAR5/ER5/ML5");
        Reconstruction first = retrieve(recipe, 5);
        Reconstruction again = retrieve(recipe, 5);
        Reconstruction other = retrieve(recipe, 6);

        assertThat(again.object().data()).isEqualTo(first.object().data());
        assertThat(again.metrics()).isEqualTo(first.metrics());
        assertThat(other.object().data()).isNotEqualTo(first.object().data());
    }

    @Test
    void theObjectIsCentredInStandardPositionWithTheMeasuredPhotons() {
        Reconstruction result = retrieve(SHORT, 5);
        ComplexVolume object = result.object();
        Shape3 shape = object.shape();

        assertThat(Standard.centre(shape, result.support().data()))
                .containsExactly(shape.nz() / 2, shape.ny() / 2, shape.nx() / 2);
        double power = 0;
        double re = 0;
        double im = 0;
        for (int i = 0; i < shape.size(); i++) {
            double amplitude = Math.hypot(object.data()[2 * i], object.data()[2 * i + 1]);
            power += amplitude * amplitude;
            re += object.data()[2 * i];
            im += object.data()[2 * i + 1];
            assertThat(result.support().masked(i) || amplitude == 0).isTrue();
        }
        assertThat(power).isCloseTo(1e6, within(5e4));
        assertThat(Math.atan2(im, re)).isCloseTo(0, within(1e-4));
    }

    @Test
    void progressNeverFallsAndEndsAtOne() {
        List<Double> seen = new ArrayList<>();
        Phasing.onCpu().retrieve(Crystals.problem(SCAN), Recipe.parse("starts=2:ER23"), 1, listening(seen, 1e9));

        assertThat(seen).isSorted().hasSizeGreaterThan(5).endsWith(1.0);
    }

    @Test
    void endsSoonAfterItIsCancelled() {
        List<Double> seen = new ArrayList<>();

        assertThatThrownBy(() -> Phasing.onCpu()
                        .retrieve(Crystals.problem(SCAN), Recipe.parse("ER90000"), 1, listening(seen, 3)))
                .isInstanceOf(CancelledException.class);
        assertThat(seen).hasSize(3);
    }

    @Test
    void refusesTheNetworkWhereThereIsNone() {
        assertThatThrownBy(() -> Phasing.check(Recipe.parse("NET/ER5"), "none"))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("NET/");
        assertThatThrownBy(() -> retrieve(Recipe.parse("NET/ER5"), 1))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("NET/");
    }

    /** As where gaps are filled only. */
    @Test
    void aGpuIsNotLookedForBeforeSomethingIsPhased() {
        int absent = 99;
        try (PhaseRetriever retriever = Phasing.open("none", ExecutionProvider.CUDA, absent)) {
            assertThatThrownBy(() -> retriever.retrieve(Crystals.problem(SCAN), SHORT, 1, Monitor.NONE))
                    .isInstanceOf(BcdiException.class)
                    .hasMessageContaining("cuda")
                    .hasMessageContaining("choose provider auto or cpu");
        }
    }

    @Test
    void refusesAScanWithoutPhotons() {
        Shape3 shape = new Shape3(16, 16, 16);
        PhasingProblem dark = new PhasingProblem(Volume.zeros(shape), Mask.none(shape), null);

        assertThatThrownBy(() -> Phasing.onCpu().retrieve(dark, SHORT, 1, Monitor.NONE))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("no photons");
    }

    /** Whether a fill tells of it or not, and whoever says it is measured. */
    @ParameterizedTest
    @ValueSource(floats = {Float.NaN, Float.POSITIVE_INFINITY, -1})
    void whatIsNoCountIsAsGoodAsMasked(float value) {
        Shape3 shape = SCAN.counts().shape();
        byte[] free = new byte[shape.size()];
        float[] counts = SCAN.counts().data().clone();
        float[] wrong = counts.clone();
        for (int i = 0; i < free.length; i += 50) {
            free[i] = 1;
            counts[i] = 0;
            wrong[i] = value;
        }
        Volume spread = Volume.zeros(shape);
        Volume unknown = Volume.zeros(shape);
        for (int i = 0; i < free.length; i++) {
            unknown.data()[i] = free[i] == 0 ? 0 : Float.NaN;
        }
        Recipe recipe = Recipe.parse("HIO5/ER5/ML5");
        Reconstruction masked = Phasing.onCpu()
                .retrieve(
                        new PhasingProblem(new Volume(shape, counts), new Mask(shape, free), unknown),
                        recipe,
                        1,
                        Monitor.NONE);
        Reconstruction found = Phasing.onCpu()
                .retrieve(
                        new PhasingProblem(new Volume(shape, wrong), Mask.none(shape), spread),
                        recipe,
                        1,
                        Monitor.NONE);

        assertThat(found.object().data()).isEqualTo(masked.object().data());
        assertThat(found.metrics()).isEqualTo(masked.metrics());
        assertThat(found.metrics().rFactor()).isFinite();
    }

    /** The peak that a fill made up lies in a gap so wide that the box around it holds nothing measured, or the dark. */
    @ParameterizedTest
    @ValueSource(ints = {5, 36})
    void refusesARegionWithoutMeasuredPhotons(int firstMasked) {
        Shape3 shape = new Shape3(16, 16, 64);
        float[] intensity = new float[shape.size()];
        byte[] gap = new byte[shape.size()];
        for (int i = 0; i < gap.length; i++) {
            int x = i % 64;
            gap[i] = (byte) (x >= firstMasked ? 1 : 0);
            int away = Math.abs(i / 1024 - 8) + Math.abs(i / 64 % 16 - 8) + Math.abs(x - 48);
            intensity[i] = x < 5 ? 2 : Math.max(0, 2000 - 250 * away);
        }
        PhasingProblem problem = new PhasingProblem(new Volume(shape, intensity), new Mask(shape, gap), null);

        assertThatThrownBy(() -> Phasing.onCpu().retrieve(problem, Recipe.parse("ER5"), 1, Monitor.NONE))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("The 16x16x32 voxels around the brightest one, (z, y, x) = (8, 8, 48),")
                .hasMessageContaining("hold no measured photons");
    }

    private static Reconstruction retrieve(Recipe recipe, long seed) {
        return Phasing.onCpu().retrieve(Crystals.problem(SCAN), recipe, seed, Monitor.NONE);
    }

    private static Monitor listening(List<Double> seen, double cancelAfter) {
        return new Monitor() {
            @Override
            public void progress(double fraction) {
                seen.add(fraction);
            }

            @Override
            public boolean cancelled() {
                return seen.size() >= cancelAfter;
            }
        };
    }
}
