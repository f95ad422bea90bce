package org.bcdi.phase;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.bcdi.mask.Mask;
import org.bcdi.phase.Recipe.Plan;
import org.bcdi.task.BcdiException;
import org.bcdi.task.CancelledException;
import org.bcdi.task.Monitor;
import org.bcdi.testing.Warnings;
import org.bcdi.volume.ComplexVolume;
import org.bcdi.volume.Region3;
import org.bcdi.volume.Shape3;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AutoRecipeTest {
    private static final Shape3 SHAPE = new Shape3(1, 1, 1);

    private final List<Double> progress = new ArrayList<>();
    private final List<Plan> run = new ArrayList<>();
    private boolean cancelled;
    /** The try, from 1, that fails or during which the user cancels. */
    private int failsAt;

    private int cancelsAt;

    @ParameterizedTest
    @ValueSource(doubles = {0.5, 0.9, Double.NaN})
    void oneTryIsEnoughForAResultThatIsNotDoubtful(double confidence) {
        assertThat(auto(true, confidence).metrics().confidence()).isEqualTo((Double) confidence);
        assertThat(run).containsExactly(AutoRecipe.NETWORK);
        assertThat(progress).containsExactly(0.475, 0.95, 1.0);
    }

    @Test
    void aDoubtfulResultIsTriedAgainAndTheBetterOneKept() {
        Reconstruction better = auto(true, 0.2, 0.9);
        assertThat(better.recipe()).isEqualTo(AutoRecipe.SECOND_TRY.text());
        assertThat(better.metrics().confidence()).isCloseTo(0.55, within(1e-9));
        assertThat(run).containsExactly(AutoRecipe.NETWORK, AutoRecipe.SECOND_TRY);
        assertThat(progress).containsExactly(0.475, 0.95, 0.975, 1.0);

        Reconstruction worse = auto(true, 0.2, 0.1);
        assertThat(worse.metrics().confidence()).isEqualTo(0.2);
        assertThat(worse.recipe()).isEqualTo(AutoRecipe.NETWORK.text());
        assertThat(auto(true, 0.2, Double.NaN).recipe()).isEqualTo(AutoRecipe.NETWORK.text());
    }

    @Test
    void withoutANetworkThereIsOneTry() {
        assertThat(auto(false, 0.1).recipe()).isEqualTo(AutoRecipe.RANDOM.text());
        assertThat(run).containsExactly(AutoRecipe.RANDOM);
        assertThat(progress).containsExactly(0.5, 1.0);
    }

    @Test
    void aSecondTryThatFailsLeavesTheFirstResultWithAWarning() {
        failsAt = 2;
        try (Warnings warnings = new Warnings("org.bcdi.phase")) {
            Reconstruction first = auto(true, 0.2, 0.9);
            assertThat(first.metrics().confidence()).isEqualTo(0.2);
            assertThat(first.recipe()).isEqualTo(AutoRecipe.NETWORK.text());
            assertThat(progress).endsWith(1.0);
            assertThat(warnings.told()).singleElement().asString().contains("The GPU is full.");
        }
        failsAt = 1;
        assertThatThrownBy(() -> auto(true, 0.9)).hasMessage("The GPU is full.");
    }

    @Test
    void theSecondTryIsCancelled() {
        cancelsAt = 2;
        assertThatThrownBy(() -> auto(true, 0.2, 0.9)).isInstanceOf(CancelledException.class);
        assertThat(run).containsExactly(AutoRecipe.NETWORK);
    }

    @Test
    void theFirstTryIsCancelled() {
        cancelled = true;
        assertThatThrownBy(() -> auto(true, 0.9)).isInstanceOf(CancelledException.class);
    }

    /** @param confidences of the tries */
    private Reconstruction auto(boolean network, double... confidences) {
        run.clear();
        progress.clear();
        Monitor monitor = new Monitor() {
            @Override
            public void progress(double fraction) {
                progress.add(fraction);
            }

            @Override
            public boolean cancelled() {
                return cancelled;
            }
        };
        return AutoRecipe.run(
                network,
                (plan, part) -> {
                    int number = run.size() + 1;
                    cancelled |= number == cancelsAt;
                    if (number == failsAt) {
                        throw new BcdiException("The GPU is full.");
                    }
                    part.advance(0.5);
                    part.advance(1);
                    run.add(plan);
                    return found(plan, confidences[run.size() - 1]);
                },
                monitor);
    }

    private static Reconstruction found(Plan plan, double confidence) {
        return new Reconstruction(
                new ComplexVolume(SHAPE, new float[2]),
                Mask.none(SHAPE),
                Region3.whole(SHAPE),
                plan.text(),
                1,
                new Reconstruction.Metrics(0.5, 1, 1, List.of(), 1, 0, confidence, Map.of()));
    }
}
