package org.bcdi.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.bcdi.task.BcdiException;
import org.bcdi.task.InputException;
import org.junit.jupiter.api.Test;

class FallbackNetworkTest {
    private static final RuntimeException FULL = Networks.failure(
            "Model fake.onnx",
            ExecutionProvider.CUDA,
            new IllegalStateException("predict", new IllegalStateException("no room for 9 bytes\nat a line")));

    @Test
    void whereTheGpuFailsTheCpuAnswersFromThenOn() {
        Fake gpu = new Fake(ExecutionProvider.CUDA, FULL);
        Fake cpu = new Fake(ExecutionProvider.CPU, null);
        FallbackNetwork network = new FallbackNetwork(gpu, () -> cpu);
        assertThat(network.provider()).isEqualTo(ExecutionProvider.CUDA);

        assertThat(network.run(new float[] {3}, 1)).containsExactly(3);
        assertThat(network.run(new float[] {4}, 1)).containsExactly(4);

        assertThat(network.provider()).isEqualTo(ExecutionProvider.CPU);
        assertThat(gpu.runs).isEqualTo(1);
        assertThat(gpu.closed).isTrue();
        network.close();
        assertThat(cpu.closed).isTrue();
    }

    @Test
    void whatTheCpuRefusesTooIsNotTriedAgain() {
        Fake cpu = new Fake(ExecutionProvider.CPU, new BcdiException("broken"));
        FallbackNetwork network = new FallbackNetwork(new Fake(ExecutionProvider.CUDA, FULL), () -> cpu);

        for (int time = 1; time <= 2; time++) {
            assertThatThrownBy(() -> network.run(new float[] {3}, 1)).hasMessage("broken");
            assertThat(cpu.runs).isEqualTo(time);
        }
    }

    @Test
    void aModelThatDoesNotFitItsCardIsNoFaultOfTheGpu() {
        Fake gpu = new Fake(ExecutionProvider.CUDA, new InputException("unfit"));
        FallbackNetwork network = new FallbackNetwork(gpu, () -> new Fake(ExecutionProvider.CPU, null));

        assertThatThrownBy(() -> network.run(new float[] {3}, 1)).hasMessage("unfit");
        assertThat(network.provider()).isEqualTo(ExecutionProvider.CUDA);
    }

    @Test
    void aFailureIsOneSentence() {
        assertThat(FULL)
                .isInstanceOf(BcdiException.class)
                .hasMessage("Model fake.onnx failed on cuda (no room for 9 bytes); if the memory of the GPU is full,"
                        + " free some, or choose provider auto or cpu.");
    }

    /** Answers with what it is asked, or fails. */
    private static final class Fake implements Network {
        private final ExecutionProvider provider;
        private final RuntimeException failure;
        private int runs;
        private boolean closed;

        Fake(ExecutionProvider provider, RuntimeException failure) {
            this.provider = provider;
            this.failure = failure;
        }

        @Override
        public ModelCard card() {
            ModelCard.Tensor tensor = new ModelCard.Tensor("value", List.of(-1L, 1L));
            return new ModelCard(
                    "fake",
                    "1",
                    "nothing",
                    "fake.onnx",
                    "",
                    tensor,
                    tensor,
                    new ModelCard.Normalisation("", 0, "", 0),
                    null,
                    "",
                    "");
        }

        @Override
        public ExecutionProvider provider() {
            return provider;
        }

        @Override
        public float[] run(float[] batch, int samples, int... free) {
            runs++;
            if (failure != null) {
                throw failure;
            }
            return batch.clone();
        }

        @Override
        public void close() {
            closed = true;
        }
    }
}
