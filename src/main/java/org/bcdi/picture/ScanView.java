package org.bcdi.picture;

import org.bcdi.mask.Mask;
import org.bcdi.volume.Volume;
import org.jspecify.annotations.Nullable;

/**
 * A scan before and after its gaps were filled; all volumes of one shape (z, y, x).
 *
 * @param name of the scan, for the heading
 * @param counts photons as measured
 * @param mask 1 = no data
 * @param intensity inpainted, photons
 * @param deviation standard deviation of the intensity, photons; NaN where the filler knows none
 * @param truth what a gap-free detector would have seen, photons, or null when nobody knows
 */
public record ScanView(
        String name,
        Volume counts,
        Mask mask,
        Volume intensity,
        Volume deviation,
        @Nullable Volume truth) {}
