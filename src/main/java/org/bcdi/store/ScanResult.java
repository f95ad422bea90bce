package org.bcdi.store;

import org.bcdi.phase.Reconstruction;
import org.bcdi.stack.RockingCurve;
import org.bcdi.volume.Volume;
import org.jspecify.annotations.Nullable;

/**
 * All that a result file holds.
 *
 * @param curve counts and mask that were used
 * @param intensity inpainted, photons, of the curve's shape
 * @param deviation standard deviation of the intensity, photons
 * @param reconstruction null when nothing was phased
 */
public record ScanResult(
        RockingCurve curve,
        Volume intensity,
        Volume deviation,
        @Nullable Reconstruction reconstruction,
        Provenance provenance) {}
