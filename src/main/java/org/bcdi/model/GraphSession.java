package org.bcdi.model;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.OrtSession.SessionOptions;
import ai.onnxruntime.providers.OrtCUDAProviderOptions;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import org.bcdi.task.BcdiException;

/**
 * A computation written as an {@link OnnxGraph}, ready to run. It goes to ONNX Runtime directly, since its loop is hot and its
 * tensors have names. Safe for one thread at a time.
 */
public final class GraphSession implements AutoCloseable {
    private final OrtSession session;
    private final ExecutionProvider provider;

    private GraphSession(OrtSession session, ExecutionProvider provider) {
        this.session = session;
        this.provider = provider;
    }

    /** A tensor that goes in: values in a direct buffer, which must not change during a run, and their shape. */
    public record Tensor(FloatBuffer values, List<Long> shape) {
        public static Tensor of(FloatBuffer values, long... shape) {
            return new Tensor(values, Arrays.stream(shape).boxed().toList());
        }

        private OnnxTensor open() throws OrtException {
            long[] extents = shape.stream().mapToLong(extent -> extent).toArray();
            return OnnxTensor.createTensor(environment(), values.duplicate(), extents);
        }
    }

    /**
     * @param provider CUDA or CPU
     * @param gpu number of the GPU, from 0
     * @throws BcdiException when the provider cannot be had
     */
    public static GraphSession open(OnnxGraph graph, ExecutionProvider provider, int gpu) {
        OrtEnvironment environment = environment();
        try (SessionOptions options = new SessionOptions()) {
            if (provider == ExecutionProvider.CUDA) {
                try (OrtCUDAProviderOptions cuda = new OrtCUDAProviderOptions(gpu)) {
                    // TF32 rounds to ten bits: transforms add up too many numbers for that
                    cuda.add("use_tf32", "0");
                    options.addCUDA(cuda);
                    return new GraphSession(environment.createSession(graph.bytes(), options), provider);
                }
            }
            Networks.useAllCores(options);
            return new GraphSession(environment.createSession(graph.bytes(), options), provider);
        } catch (OrtException e) {
            throw new BcdiException(
                    "A computation cannot be set up on " + provider.word() + " (" + Networks.firstLine(e)
                            + "); choose provider auto or cpu.",
                    e);
        }
    }

    /**
     * Runs once; returns the wanted outputs.
     *
     * @throws BcdiException when it fails there, as where the memory of a GPU is full
     */
    public Map<String, float[]> run(Map<String, Tensor> inputs, List<String> wanted) {
        Map<String, OnnxTensor> tensors = new HashMap<>();
        try {
            for (Map.Entry<String, Tensor> input : inputs.entrySet()) {
                tensors.put(input.getKey(), input.getValue().open());
            }
            return outputs(tensors, wanted);
        } catch (OrtException e) {
            throw Networks.failure("A computation", provider, e);
        } finally {
            tensors.values().forEach(OnnxTensor::close);
        }
    }

    private Map<String, float[]> outputs(Map<String, OnnxTensor> tensors, List<String> wanted) throws OrtException {
        Map<String, float[]> outputs = new HashMap<>();
        try (OrtSession.Result result = session.run(tensors, new HashSet<>(wanted))) {
            for (String name : wanted) {
                FloatBuffer values = ((OnnxTensor) result.get(name).orElseThrow()).getFloatBuffer();
                float[] copy = new float[values.remaining()];
                values.get(copy);
                outputs.put(name, copy);
            }
        }
        return outputs;
    }

    @Override
    public void close() {
        try {
            session.close();
        } catch (OrtException e) {
            throw new BcdiException("ONNX Runtime could not free a computation: " + e.getMessage(), e);
        }
    }

    /** The environment that networks use too: there is one in a process, and DJL insists on making it. */
    private static OrtEnvironment environment() {
        Networks.startRuntime();
        return OrtEnvironment.getEnvironment();
    }
}
