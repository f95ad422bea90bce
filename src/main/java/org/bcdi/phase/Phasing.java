package org.bcdi.phase;

import java.nio.file.Path;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.bcdi.model.ExecutionProvider;
import org.bcdi.model.Models;
import org.bcdi.model.Network;
import org.bcdi.model.Networks;
import org.bcdi.phase.Recipe.Plan;
import org.bcdi.task.BcdiException;
import org.bcdi.task.InputException;
import org.bcdi.volume.Shape3;

/** The ways to phase. */
public final class Phasing {
    /** The network that {@code auto} stands for, where it is there. */
    public static final String SHIPPED = "phase-64";

    private static final Logger LOG = LogManager.getLogger(Phasing.class);

    private Phasing() {}

    /**
     * On the CPU, for any shape, without a network. Its memory is about 90 bytes a voxel of the phased region for one start, and 17
     * more for each further one that is compared or averaged.
     */
    public static PhaseRetriever onCpu() {
        return new StartsRetriever(StartsRetriever.MOST_VOXELS, PhasingEngine.onCpu(), null);
    }

    /**
     * The same with the network that recipes with {@code NET/} start from, and on a GPU where that is wanted and can be had.
     *
     * @param model an ONNX file, a model card or the name of a shipped model; {@code auto} or empty for the shipped network
     *     if it is there, {@code none} for no network
     * @param provider where network and iterations run: CUDA insists on the GPU, AUTO takes it where it can and as long as it
     *     can; the iterations look for one when something is phased first
     * @param gpu number of the GPU, from 0
     * @throws InputException when the model cannot be used
     * @throws BcdiException when CUDA is asked for and absent; without a network {@link #check(ExecutionProvider, int)} tells
     */
    public static PhaseRetriever open(String model, ExecutionProvider provider, int gpu) {
        PhasingEngine engine = engine(provider, gpu);
        if (!hasNetwork(model)) {
            return new StartsRetriever(StartsRetriever.MOST_VOXELS, engine, null);
        }
        try {
            return withNetwork(Networks.open(path(model), provider, gpu), engine);
        } catch (RuntimeException e) {
            engine.close();
            throw e;
        }
    }

    private static PhaseRetriever withNetwork(Network network, PhasingEngine engine) {
        try {
            return new StartsRetriever(StartsRetriever.MOST_VOXELS, engine, NetworkStart.with(network));
        } catch (RuntimeException e) {
            network.close();
            throw e;
        }
    }

    /**
     * Says beforehand whether a recipe can be run, and whether the model is whole and one for phasing.
     *
     * @param model as for {@link #open}
     * @throws InputException for {@code NET/} without a network, and for a model that is none
     */
    public static void check(Recipe recipe, String model) {
        boolean network = hasNetwork(model);
        if (network) {
            NetworkStart.check(Networks.card(path(model)));
        }
        if (recipe instanceof Plan plan && plan.start().needsNetwork() && !network) {
            throw new InputException("Recipe '" + recipe.text()
                    + "' starts from a phasing network and none is installed; leave out "
                    + plan.start().text()
                    + " to start from random phases.");
        }
    }

    /**
     * Says beforehand whether iterations can run where they must.
     *
     * @throws BcdiException when CUDA is asked for and absent
     */
    public static void check(ExecutionProvider provider, int gpu) {
        if (provider == ExecutionProvider.CUDA) {
            started(gpu).close();
        }
    }

    private static PhasingEngine engine(ExecutionProvider provider, int gpu) {
        return switch (provider) {
            case CPU -> PhasingEngine.onCpu();
            case CUDA -> new GraphEngine(ExecutionProvider.CUDA, gpu);
            case AUTO -> new LateEngine(() -> onGpuOrCpu(gpu));
        };
    }

    private static GraphEngine started(int gpu) {
        GraphEngine engine = new GraphEngine(ExecutionProvider.CUDA, gpu);
        engine.session(new Shape3(2, 2, 2), true, false, 1);
        return engine;
    }

    private static PhasingEngine onGpuOrCpu(int gpu) {
        try {
            return new FallbackEngine(started(gpu), PhasingEngine.onCpu());
        } catch (BcdiException e) {
            LOG.info("Phasing iterates on the CPU: {}", e.getMessage());
            return PhasingEngine.onCpu();
        }
    }

    private static boolean hasNetwork(String model) {
        if (model.equals("none")) {
            return false;
        }
        boolean there = Models.looksLikeModel(isAuto(model) ? SHIPPED : model);
        if (!there && !isAuto(model)) {
            throw new InputException("There is no phasing model '" + model
                    + "'; give an ONNX file, a model card, the name of a shipped model, auto or none.");
        }
        return there;
    }

    private static Path path(String model) {
        return Path.of(isAuto(model) ? SHIPPED : model);
    }

    private static boolean isAuto(String model) {
        return model.isBlank() || model.equals("auto");
    }
}
