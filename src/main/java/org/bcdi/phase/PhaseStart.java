package org.bcdi.phase;

import org.bcdi.phase.Recipe.Plan;

/** Where the first guess of the object comes from. Safe for one thread at a time. */
interface PhaseStart {
    /**
     * A first object and support.
     *
     * @param plan whose first support and first rule for it hold
     * @param number of the start, from 0; each gives another guess
     * @param seed of every random choice
     */
    Guess guess(Measurement measurement, Plan plan, long number, long seed);
}
