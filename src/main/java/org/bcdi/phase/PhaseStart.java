package org.bcdi.phase;

import org.bcdi.volume.ComplexVolume;

/** Where the phases of a first guess come from. Safe for one thread at a time. */
interface PhaseStart {
    /**
     * A first object, its origin at index 0.
     *
     * @param support it may fill
     * @param seed of every random choice
     */
    ComplexVolume object(Measurement measurement, Support support, long seed);
}
