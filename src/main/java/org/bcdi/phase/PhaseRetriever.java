package org.bcdi.phase;

import org.bcdi.task.Monitor;

/** A phasing engine. Safe for one thread at a time. */
public interface PhaseRetriever {
    /**
     * Reconstructs the object.
     *
     * @param seed of every random choice: the same seed, recipe and intensity give the same result on the CPU
     * @throws org.bcdi.task.CancelledException when the monitor asks for it
     */
    Reconstruction retrieve(PhasingProblem problem, Recipe recipe, long seed, Monitor monitor);
}
