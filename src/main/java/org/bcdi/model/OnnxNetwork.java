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
import java.util.Arrays;
import java.util.List;
import org.bcdi.task.BcdiException;
import org.bcdi.task.InputException;

/** A network run by ONNX Runtime through DJL. The input goes through one direct buffer, which the runtime reads in place. */
final class OnnxNetwork implements Network {
    /** An extent that networks take along a free axis. */
    private static final int SOME = 32;

    private final ModelCard card;
    private final ExecutionProvider provider;
    private final Model model;
    private final Predictor<NDList, NDList> predictor;
    /** Grows to the largest batch; guarded by the one thread that runs the network. */
    private FloatBuffer input = FloatBuffer.allocate(0);

    OnnxNetwork(ModelCard card, Model model, ExecutionProvider provider) {
        this.card = card;
        this.model = model;
        this.provider = provider;
        this.predictor = model.newPredictor(new NoopTranslator(null));
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
    public float[] run(float[] batch, int samples, int... free) {
        Shape shape = shape(card.input(), samples, free);
        int size = Math.toIntExact(shape.size());
        if (samples < 1 || batch.length < size) {
            throw new IllegalArgumentException(samples + " samples are " + size + " values, got " + batch.length);
        }
        if (input.capacity() < size) {
            input = ByteBuffer.allocateDirect(size * Float.BYTES)
                    .order(ByteOrder.nativeOrder())
                    .asFloatBuffer();
        }
        input.clear().put(batch, 0, size).flip();
        try (NDManager manager = model.getNDManager().newSubManager()) {
            NDArray patches = manager.create(input, shape);
            patches.setName(card.input().name());
            try (NDList outputs = predictor.predict(new NDList(patches))) {
                NDArray output = outputs.get(0);
                if (!output.getShape().equals(shape(card.output(), samples, free))) {
                    throw new InputException("Model " + card.file() + " gives " + output.getShape()
                            + ", its card states " + card.output().shape() + "; use a model with its own card.");
                }
                float[] result = new float[Math.toIntExact(output.size())];
                output.toByteBuffer().asFloatBuffer().get(result);
                return result;
            }
        } catch (TranslateException e) {
            throw Networks.failure("Model " + card.file(), provider, e);
        }
    }

    /** One sample of zeros, by which a model that does not fit its card is found out. */
    void warmUp() {
        int[] free = new int
                [(int) card.input().shape().stream()
                        .skip(1)
                        .filter(extent -> extent < 0)
                        .count()];
        Arrays.fill(free, SOME);
        try {
            run(new float[Math.toIntExact(shape(card.input(), 1, free).size())], 1, free);
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

    private static Shape shape(ModelCard.Tensor tensor, int samples, int... free) {
        List<Long> extents = tensor.shape();
        long[] shape = new long[extents.size()];
        shape[0] = samples;
        int taken = 0;
        for (int axis = 1; axis < shape.length; axis++) {
            shape[axis] = extents.get(axis) < 0 ? free[taken++] : extents.get(axis);
        }
        return new Shape(shape);
    }
}
