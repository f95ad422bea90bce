package org.bcdi.phase;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicInteger;
import org.bcdi.sim.SimulatedScan;
import org.bcdi.task.Monitor;
import org.junit.jupiter.api.Test;

class LateEngineTest {
    @Test
    void anEngineIsChosenOnceAndOnlyWhenSomethingIsPhased() {
        AtomicInteger choices = new AtomicInteger();
        LateEngine engine = new LateEngine(() -> {
            choices.incrementAndGet();
            return PhasingEngine.onCpu();
        });
        try (StartsRetriever retriever = new StartsRetriever(StartsRetriever.MOST_VOXELS, engine, null)) {
            assertThat(choices).hasValue(0);
            SimulatedScan scan = Crystals.cube(16, 1, 1, 1e5);
            for (int i = 0; i < 2; i++) {
                retriever.retrieve(Crystals.problem(scan), Recipe.parse("starts=2:ER5"), 1, Monitor.NONE);
            }
        }
        assertThat(choices).hasValue(1);
    }
}
