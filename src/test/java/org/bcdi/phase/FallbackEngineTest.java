package org.bcdi.phase;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.bcdi.model.ExecutionProvider;
import org.bcdi.sim.SimulatedScan;
import org.bcdi.task.BcdiException;
import org.bcdi.task.Monitor;
import org.junit.jupiter.api.Test;

class FallbackEngineTest {
    private static final SimulatedScan SCAN = Crystals.cube(16, 1, 1, 1e5);
    /** No machine has it. */
    private static final int ABSENT_GPU = 99;

    @Test
    void whereTheGpuFailsTheCpuGoesOnFromTheSameIterate() {
        Filling gpu = new Filling(23);
        FallbackEngine engine = new FallbackEngine(gpu, PhasingEngine.onCpu());
        assertThat(engine.provider()).isEqualTo(ExecutionProvider.CUDA);

        Reconstruction found = retrieve(engine, "starts=2:HIO20/ER10/ML3");

        assertThat(engine.provider()).isEqualTo(ExecutionProvider.CPU);
        assertThat(gpu.closed).isTrue();
        assertThat(gpu.starts).isEqualTo(1);
        assertThat(found.object().data())
                .isEqualTo(retrieve(PhasingEngine.onCpu(), "starts=2:HIO20/ER10/ML3")
                        .object()
                        .data());
    }

    @Test
    void aGraphThatCannotBeSetUpOnTheGpuIsLeftForTheCpu() {
        FallbackEngine engine =
                new FallbackEngine(new GraphEngine(ExecutionProvider.CUDA, ABSENT_GPU), PhasingEngine.onCpu());

        Reconstruction found = retrieve(engine, "ER7");

        assertThat(engine.provider()).isEqualTo(ExecutionProvider.CPU);
        assertThat(found.object().data())
                .isEqualTo(retrieve(PhasingEngine.onCpu(), "ER7").object().data());
    }

    @Test
    void whereTheGpuIsDemandedItsFailureIsASentence() {
        assertThatThrownBy(() -> retrieve(new GraphEngine(ExecutionProvider.CUDA, ABSENT_GPU), "ER7"))
                .isInstanceOf(BcdiException.class)
                .hasMessageMatching("A computation cannot be set up on cuda \\(.*\\); choose provider auto or cpu\\.");
    }

    private static Reconstruction retrieve(PhasingEngine engine, String recipe) {
        try (StartsRetriever retriever = new StartsRetriever(StartsRetriever.MOST_VOXELS, engine, null)) {
            return retriever.retrieve(Crystals.problem(SCAN), Recipe.parse(recipe), 1, Monitor.NONE);
        }
    }

    /** As a GPU whose memory others take after some iterations. */
    private static final class Filling implements PhasingEngine {
        private int left;
        private int starts;
        private boolean closed;

        Filling(int iterations) {
            left = iterations;
        }

        @Override
        public ExecutionProvider provider() {
            return ExecutionProvider.CUDA;
        }

        @Override
        public Projections start(Measurement measurement, CountModel model, float[] object) {
            starts++;
            CpuProjections inner = new CpuProjections(measurement, model, object);
            return new Projections() {
                @Override
                public int block() {
                    return 20;
                }

                @Override
                public void iterate(Mixing mixing, Support support, int count) {
                    int done = Math.min(left, count);
                    inner.iterate(mixing, support, done);
                    left -= done;
                    if (done < count) {
                        throw new IterationsFailedException(done, new BcdiException("The GPU is full."));
                    }
                }

                @Override
                public float[] object() {
                    return inner.object();
                }

                @Override
                public float[] projected() {
                    return inner.projected();
                }
            };
        }

        @Override
        public void close() {
            closed = true;
        }
    }
}
