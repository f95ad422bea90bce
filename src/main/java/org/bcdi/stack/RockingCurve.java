package org.bcdi.stack;

import java.util.List;
import java.util.Optional;
import org.bcdi.mask.Mask;
import org.bcdi.volume.Roi;
import org.bcdi.volume.Volume;

/**
 * A finished scan: the 3D coherent diffraction pattern.
 *
 * @param name what the user knows the scan by: a file name or the acquisition's number
 * @param counts photons, shape (steps, rows, columns); 0 where masked
 * @param mask 1 where nothing was measured: gaps, invalid values, missing frames
 * @param roi which part of the detector this is, or of the frame as long as nobody said where on the detector that is
 * @param positions of the scanned motor, one a step, in its own unit; empty when unknown
 * @param missingFrames numbers of the steps that never arrived; their frames are masked
 */
public record RockingCurve(
        String name, Volume counts, Mask mask, Roi roi, List<Double> positions, List<Integer> missingFrames) {
    public RockingCurve {
        if (!counts.shape().equals(mask.shape())) {
            throw new IllegalArgumentException(
                    "counts of " + counts.shape() + " need a mask of that shape, got " + mask.shape());
        }
        if (!positions.isEmpty() && positions.size() != counts.shape().nz()) {
            throw new IllegalArgumentException(
                    counts.shape().nz() + " steps need as many positions, got " + positions.size());
        }
        positions = List.copyOf(positions);
        missingFrames = List.copyOf(missingFrames);
    }

    public boolean complete() {
        return missingFrames.isEmpty();
    }

    /**
     * The same scan with its region counted from the corner of the whole detector.
     *
     * @param part of the detector that the frames are, empty for all of it or when nobody knows
     */
    public RockingCurve onDetector(Optional<Roi> part) {
        return part.map(roi::within)
                .map(moved -> new RockingCurve(name, counts, mask, moved, positions, missingFrames))
                .orElse(this);
    }

    /** The same scan with more voxels without data; their counts become 0. */
    public RockingCurve masked(Mask more) {
        Mask either = mask.or(more);
        float[] visible = counts.data().clone();
        for (int i = 0; i < visible.length; i++) {
            visible[i] = either.masked(i) ? 0 : visible[i];
        }
        Volume left = new Volume(counts.shape(), visible);
        return new RockingCurve(name, left, either, roi, positions, missingFrames);
    }
}
