package org.bcdi.phase;

/**
 * ER, HIO and RAAR: one iterate, projected on the modulus and mixed outside the support. In transform order; one thread. The
 * engines that implement this give equal results but for rounding.
 */
interface Projections {
    /** Iterations after which to look at the monitor. */
    int block();

    /**
     * Iterations with one support.
     *
     * @throws IterationsFailedException when they cannot be done where they run
     */
    void iterate(Mixing mixing, Support support, int count);

    /** The iterate, interleaved; whoever writes to it changes it for the next iterations. */
    float[] object();

    /** The projection of the iterate in the last iteration; the engine writes to it. */
    float[] projected();
}
