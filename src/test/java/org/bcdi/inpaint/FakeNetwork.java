package org.bcdi.inpaint;

import java.util.List;
import org.bcdi.model.ExecutionProvider;
import org.bcdi.model.ModelCard;
import org.bcdi.model.Network;

/** A network of the right shape whose every output voxel is a function of its input voxel. */
final class FakeNetwork implements Network {
    /** What the network says of one voxel. */
    interface Rule {
        float at(int sample, float value, int voxel);
    }

    static final List<Long> INPUT = List.of(-1L, 5L, -1L, -1L, -1L);
    static final List<Long> OUTPUT = List.of(-1L, 2L, -1L, -1L, -1L);

    private final Rule prediction;
    private final Rule deviation;
    int samples;
    int largestBatch;
    boolean closed;

    FakeNetwork(Rule prediction, Rule deviation) {
        this.prediction = prediction;
        this.deviation = deviation;
    }

    /** Says that the prefill is right, with a deviation of 0.5. */
    static FakeNetwork agreeing() {
        return new FakeNetwork((sample, value, voxel) -> value, (sample, value, voxel) -> 0.5f);
    }

    static ModelCard card(String task, List<Long> input, String prefill) {
        return card(task, input, prefill, "locally-standardised-log1p");
    }

    static ModelCard card(String task, List<Long> input, String prefill, String normalisation) {
        return new ModelCard(
                "fake",
                "1",
                task,
                "fake.onnx",
                "",
                new ModelCard.Tensor("patches", input),
                new ModelCard.Tensor("prediction", OUTPUT),
                new ModelCard.Normalisation(normalisation, 0.1, prefill, 0),
                null,
                "",
                "");
    }

    @Override
    public ModelCard card() {
        return card("inpainting", INPUT, "ridge-and-curve");
    }

    @Override
    public ExecutionProvider provider() {
        return ExecutionProvider.CPU;
    }

    @Override
    public float[] run(float[] batch, int count, int... sides) {
        int voxels = sides[0] * sides[1] * sides[2];
        float[] result = new float[2 * voxels * count];
        for (int sample = 0; sample < count; sample++) {
            for (int voxel = 0; voxel < voxels; voxel++) {
                int at = 2 * voxels * sample + voxel;
                float start = batch[Patches.CHANNELS * voxels * sample + voxel];
                result[at] = prediction.at(samples + sample, start, voxel);
                result[at + voxels] = deviation.at(samples + sample, start, voxel);
            }
        }
        samples += count;
        largestBatch = Math.max(largestBatch, count);
        return result;
    }

    @Override
    public void close() {
        closed = true;
    }
}
