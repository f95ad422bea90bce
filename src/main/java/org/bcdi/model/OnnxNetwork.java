package org.bcdi.model;

import ai.djl.Model;
import ai.djl.inference.Predictor;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.translate.NoopTranslator;
import ai.djl.translate.TranslateException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.List;
import org.bcdi.task.BcdiException;
import org.bcdi.task.InputException;

/** A network run by ONNX Runtime through DJL. The input goes through one direct buffer, which the runtime reads in place. */
final class OnnxNetwork implements Network {
    private final ModelCard card;
    private final ExecutionProvider provider;
    private final Model model;
    private final Predictor<NDList, NDList> predictor;
    private final int inputSize;
    private final int outputSize;
    /** Grows to the largest batch; guarded by the one thread that runs the network. */
    private FloatBuffer input = FloatBuffer.allocate(0);

    OnnxNetwork(ModelCard card, Model model, ExecutionProvider provider) {
        this.card = card;
        this.model = model;
        this.provider = provider;
        this.predictor = model.newPredictor(new NoopTranslator(null));
        this.inputSize = sampleSize(card.input());
        this.outputSize = sampleSize(card.output());
    }

    @Override
    public ModelCard card() {
        return card;
    }

    @Override
    public ExecutionProvider provider() {
        return provider;
    }

    @Override
    public float[] run(float[] batch, int samples) {
        if (samples < 1 || batch.length < (long) samples * inputSize) {
            throw new IllegalArgumentException(samples + " samples of " + inputSize + " values, got " + batch.length);
        }
        if (input.capacity() < samples * inputSize) {
            input = ByteBuffer.allocateDirect(samples * inputSize * Float.BYTES)
                    .order(ByteOrder.nativeOrder())
                    .asFloatBuffer();
        }
        input.clear().put(batch, 0, samples * inputSize).flip();
        try (NDManager manager = model.getNDManager().newSubManager()) {
            NDArray patches = manager.create(input, shape(card.input(), samples));
            patches.setName(card.input().name());
            try (NDList outputs = predictor.predict(new NDList(patches))) {
                NDArray output = outputs.get(0);
                if (!output.getShape().equals(shape(card.output(), samples))) {
                    throw new InputException("Model " + card.file() + " gives " + output.getShape()
                            + ", its card states " + card.output().shape() + "; use a model with its own card.");
                }
                float[] result = new float[samples * outputSize];
                output.toByteBuffer().asFloatBuffer().get(result);
                return result;
            }
        } catch (TranslateException e) {
            throw new BcdiException(
                    "Model " + card.file() + " failed on " + provider.word() + ": " + e.getMessage(), e);
        }
    }

    /** One sample of zeros, by which a model that does not fit its card is found out. */
    void warmUp() {
        try {
            run(new float[inputSize], 1);
        } catch (BcdiException | IllegalArgumentException e) {
            if (provider == ExecutionProvider.CPU && !(e instanceof InputException)) {
                throw new InputException(
                        "Model " + card.file() + " does not take the input "
                                + card.input().name() + " "
                                + card.input().shape() + " that its card states (" + reason(e)
                                + "); use a model with its own card.",
                        e);
            }
            throw e;
        }
    }

    @Override
    public void close() {
        predictor.close();
        model.close();
    }

    private static String reason(Throwable e) {
        Throwable root = e;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return String.valueOf(root.getMessage()).lines().findFirst().orElse("");
    }

    private static int sampleSize(ModelCard.Tensor tensor) {
        long size = 1;
        for (long extent : tensor.shape().subList(1, tensor.shape().size())) {
            size = Math.multiplyExact(size, extent);
        }
        return Math.toIntExact(size);
    }

    private static Shape shape(ModelCard.Tensor tensor, int samples) {
        List<Long> extents = tensor.shape();
        long[] shape = new long[extents.size()];
        shape[0] = samples;
        for (int axis = 1; axis < shape.length; axis++) {
            shape[axis] = extents.get(axis);
        }
        return new Shape(shape);
    }
}
