package org.bcdi.phase;

import java.util.Optional;
import org.bcdi.model.ExecutionProvider;
import org.bcdi.model.ModelCard;
import org.bcdi.task.Monitor;

/** A way to phase. Safe for one thread at a time. */
public interface PhaseRetriever extends AutoCloseable {
    /**
     * Reconstructs the object.
     *
     * @param recipe any but {@code none}
     * @param seed of every random choice: the same seed, recipe and intensity give the same result on the CPU
     * @throws org.bcdi.task.CancelledException when the monitor asks for it
     * @throws org.bcdi.task.InputException when the recipe needs a network that is not there, or the intensity holds no
     *     peak to phase
     */
    Reconstruction retrieve(PhasingProblem problem, Recipe recipe, long seed, Monitor monitor);

    /** The network that recipes with {@code NET/} start from; empty where there is none. */
    default Optional<ModelCard> model() {
        return Optional.empty();
    }

    /** Where it phases, as far as it has begun to: CUDA only if all of it runs there. */
    default ExecutionProvider provider() {
        return ExecutionProvider.CPU;
    }

    /** Frees the network. */
    @Override
    default void close() {}
}
