package org.bcdi.phase;

import static org.assertj.core.api.Assertions.assertThat;

import org.bcdi.model.ExecutionProvider;
import org.bcdi.sim.SimulatedScan;
import org.bcdi.task.Monitor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What {@code auto} makes of crystals that neither training nor its validation has seen. */
class ShippedNetworkTest {
    @ParameterizedTest
    @CsvSource({"64,3,2", "48,4,5", "40,5,2"})
    void autoFindsTheObject(int extent, long seed, double strain) {
        SimulatedScan scan = OtherCrystals.cube(extent, seed, strain, 1e7);
        try (PhaseRetriever retriever = Phasing.open("auto", ExecutionProvider.CPU, 0)) {
            Reconstruction found = retriever.retrieve(Crystals.problem(scan), Recipe.parse("auto"), 1, Monitor.NONE);

            assertThat(retriever.model().orElseThrow().name()).isEqualTo(Phasing.SHIPPED);
            assertThat(found.recipe()).contains("MIX/");
            assertThat(Crystals.agreement(scan, found).correlation()).isGreaterThan(0.9);
        }
    }

    @Test
    void theSameSeedGivesTheSameObject() {
        SimulatedScan scan = OtherCrystals.cube(32, 7, 2, 1e6);
        Recipe recipe = Recipe.parse("NET/ML10");
        try (PhaseRetriever retriever = Phasing.open("auto", ExecutionProvider.CPU, 0)) {
            float[] first = retriever
                    .retrieve(Crystals.problem(scan), recipe, 1, Monitor.NONE)
                    .object()
                    .data();

            assertThat(retriever
                            .retrieve(Crystals.problem(scan), recipe, 1, Monitor.NONE)
                            .object()
                            .data())
                    .isEqualTo(first);
        }
    }
}
