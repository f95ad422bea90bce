package org.bcdi.phase;

import org.bcdi.task.Monitor;

/** A phasing engine. Safe for one thread at a time. */
public interface PhaseRetriever {
    /**
     * Reconstructs the object.
     *
     * @param recipe any but {@code none}
     * @param seed of every random choice: the same seed, recipe and intensity give the same result on the CPU
     * @throws org.bcdi.task.CancelledException when the monitor asks for it
     * @throws org.bcdi.task.InputException when {@link #check} would, and when the intensity holds no peak to phase
     */
    Reconstruction retrieve(PhasingProblem problem, Recipe recipe, long seed, Monitor monitor);

    /**
     * Says beforehand whether the engine can run a recipe.
     *
     * @throws org.bcdi.task.InputException when it cannot, such as for {@code NET/} without a phasing network
     */
    default void check(Recipe recipe) {}
}
