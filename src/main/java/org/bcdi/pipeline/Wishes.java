package org.bcdi.pipeline;

import org.bcdi.stack.RoiChoice;

/**
 * What the user may change at any time; a scan takes the wishes of the moment it needs them.
 *
 * @param process fill the gaps of finished scans
 * @param phase reconstruct the object
 * @param save write results into the result directory
 * @param recipe of phasing
 * @param seed of its random choices
 * @param roi kept of the frames
 */
public record Wishes(boolean process, boolean phase, boolean save, String recipe, long seed, RoiChoice roi) {
    public Wishes withProcess(boolean wished) {
        return new Wishes(wished, phase, save, recipe, seed, roi);
    }

    public Wishes withPhase(boolean wished) {
        return new Wishes(process, wished, save, recipe, seed, roi);
    }

    public Wishes withSave(boolean wished) {
        return new Wishes(process, phase, wished, recipe, seed, roi);
    }

    public Wishes withRecipe(String wished) {
        return new Wishes(process, phase, save, wished, seed, roi);
    }

    public Wishes withSeed(long wished) {
        return new Wishes(process, phase, save, recipe, wished, roi);
    }

    public Wishes withRoi(RoiChoice wished) {
        return new Wishes(process, phase, save, recipe, seed, wished);
    }

    /** The recipe to follow, {@code none} when nothing is to be phased. */
    String effectiveRecipe() {
        return phase ? recipe : "none";
    }
}
