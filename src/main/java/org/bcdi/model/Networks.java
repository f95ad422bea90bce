package org.bcdi.model;

import ai.djl.Device;
import ai.djl.MalformedModelException;
import ai.djl.Model;
import ai.djl.engine.Engine;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession.SessionOptions;
import ai.onnxruntime.providers.OrtCUDAProviderOptions;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.bcdi.task.BcdiException;
import org.bcdi.task.InputException;
import org.jspecify.annotations.Nullable;

/** Opens networks: card, checksum, device, shapes, first run. */
public final class Networks {
    private static final Logger LOG = LogManager.getLogger(Networks.class);
    private static final String ENGINE = "OnnxRuntime";

    static {
        stayOffline("ai.djl.offline");
        stayOffline("OPT_OUT_TRACKING");
    }

    /** Why the runtime cannot be loaded, as it was told the first time; later ones tell nothing. */
    private static volatile @Nullable String unloadable;

    private Networks() {}

    /**
     * Opens a network and runs it once, so that the first real batch is as fast as the others.
     *
     * @param model an ONNX file, a model card, or the name of a shipped model
     * @param provider CUDA insists on the GPU; AUTO takes it where it can and as long as it can, else the CPU, with a
     *     warning: {@link Network#provider()} tells
     * @param gpu number of the GPU, from 0
     * @throws InputException when the model is absent, damaged or of another shape than its card says
     * @throws BcdiException when CUDA was asked for and cannot be had
     */
    public static Network open(Path model, ExecutionProvider provider, int gpu) {
        Path cardFile = Models.card(model);
        ModelCard card = ModelCards.read(cardFile);
        byte[] bytes = ModelCards.modelBytes(cardFile, card);
        startRuntime();
        Network network = provider == ExecutionProvider.CPU ? onCpu(card, bytes) : onGpu(card, bytes, provider, gpu);
        LOG.info("Model {} {} runs on {}", card.name(), card.version(), network.provider());
        return network;
    }

    /**
     * What happened in the midst of work.
     *
     * @param what failed, the beginning of a sentence
     */
    static BcdiException failure(String what, ExecutionProvider provider, Exception e) {
        Throwable root = root(e);
        String advice = provider == ExecutionProvider.CUDA
                ? "; if the memory of the GPU is full, free some, or choose provider auto or cpu."
                : "; try again, and report it when it fails again.";
        return new BcdiException(what + " failed on " + provider.word() + " (" + firstLine(root) + ")" + advice, e);
    }

    /**
     * Makes DJL set up ONNX Runtime, where it has not yet.
     *
     * @throws BcdiException when its native library cannot be loaded, which is not tried again in this process
     */
    static void startRuntime() {
        try {
            Engine.getEngine(ENGINE);
        } catch (LinkageError e) {
            String why = Objects.requireNonNullElseGet(unloadable, () -> firstLine(root(e)));
            unloadable = why;
            throw new BcdiException(
                    "ONNX Runtime cannot be loaded (" + why
                            + "); correct onnxruntime.native.path if it is set, and start again.",
                    e);
        }
    }

    private static Throwable root(Throwable e) {
        Throwable root = e;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root;
    }

    /**
     * The card of a model, without loading it.
     *
     * @throws InputException when the model is absent, or not the file that its card describes
     */
    public static ModelCard card(Path model) {
        Path cardFile = Models.card(model);
        ModelCard card = ModelCards.read(cardFile);
        ModelCards.modelBytes(cardFile, card);
        return card;
    }

    private static Network onGpu(ModelCard card, byte[] bytes, ExecutionProvider provider, int gpu) {
        try (SessionOptions options = new SessionOptions();
                OrtCUDAProviderOptions cuda = new OrtCUDAProviderOptions(gpu)) {
            // TF32 rounds to ten bits: counts over six decades need the full float
            cuda.add("use_tf32", "0");
            // The default tries every algorithm for each new shape of a batch, half a second each time
            cuda.add("cudnn_conv_algo_search", "HEURISTIC");
            options.addCUDA(cuda);
            Network network = started(card, bytes, options, ExecutionProvider.CUDA);
            return provider == ExecutionProvider.CUDA
                    ? network
                    : new FallbackNetwork(network, () -> onCpu(card, bytes));
        } catch (OrtException | NoGpuException e) {
            // A model that the CPU refuses too is to blame, not the GPU: then this throws
            Network cpu = onCpu(card, bytes);
            if (provider == ExecutionProvider.CUDA) {
                cpu.close();
                throw new BcdiException(
                        "CUDA was asked for but GPU " + gpu + " cannot be used (" + firstLine(e)
                                + "); choose provider auto or cpu, or install the GPU build with its CUDA libraries.",
                        e);
            }
            LOG.warn("No GPU for model {}: it runs on the CPU, many times slower", card.name());
            LOG.debug("CUDA", e);
            return cpu;
        }
    }

    private static Network onCpu(ModelCard card, byte[] bytes) {
        try (SessionOptions options = new SessionOptions()) {
            useAllCores(options);
            return started(card, bytes, options, ExecutionProvider.CPU);
        } catch (OrtException e) {
            throw new BcdiException("ONNX Runtime cannot be set up on the CPU (" + firstLine(e) + ").", e);
        }
    }

    /** On all cores while it runs, on none between: its threads would spin for some 20 ms, and what is done then wants the cores. */
    static void useAllCores(SessionOptions options) throws OrtException {
        options.setIntraOpNumThreads(Runtime.getRuntime().availableProcessors());
        options.addConfigEntry("session.force_spinning_stop", "1");
    }

    /** Loads through DJL. The device is in the options: DJL itself cannot pass options to CUDA, so it is told CPU. */
    private static Network started(ModelCard card, byte[] bytes, SessionOptions options, ExecutionProvider provider) {
        Model model = Model.newInstance(card.name(), Device.cpu(), ENGINE);
        try {
            model.load(new ByteArrayInputStream(bytes), Map.of("sessionOptions", options));
        } catch (IOException | MalformedModelException | RuntimeException e) {
            model.close();
            if (provider == ExecutionProvider.CUDA) {
                throw new NoGpuException(e);
            }
            throw new InputException(
                    "Model " + card.file() + " is not an ONNX model that can be run (" + firstLine(e)
                            + "); restore it from the release.",
                    e);
        }
        OnnxNetwork network = new OnnxNetwork(card, model, provider);
        try {
            network.warmUp();
            return network;
        } catch (RuntimeException e) {
            network.close();
            throw provider == ExecutionProvider.CUDA ? new NoGpuException(e) : e;
        }
    }

    private static void stayOffline(String property) {
        if (System.getProperty(property) == null) {
            System.setProperty(property, "true");
        }
    }

    static String firstLine(Throwable e) {
        return String.valueOf(e.getMessage()).lines().findFirst().orElse("");
    }

    /** A session could not be made or run with CUDA. */
    private static final class NoGpuException extends RuntimeException {
        NoGpuException(Exception cause) {
            super(cause.getMessage(), cause);
        }
    }
}
