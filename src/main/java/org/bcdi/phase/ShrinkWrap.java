package org.bcdi.phase;

import java.math.BigDecimal;
import java.util.Locale;
import org.bcdi.task.InputException;

/**
 * How the support follows the object (Marchesini et al. 2003): every so many iterations it becomes where the amplitude,
 * smoothed by a Gaussian, exceeds a level.
 *
 * @param every number of iterations between updates; 0 keeps the support
 * @param threshold the level as a part of the reference
 * @param reference what the threshold is a part of
 * @param firstSigma of the Gaussian in voxels at the first iteration under this rule
 * @param lastSigma of the Gaussian in voxels at the last; between them it shrinks geometrically
 * @param loose voxels that the support is grown by on all sides after each update
 */
public record ShrinkWrap(
        int every, double threshold, Reference reference, double firstSigma, double lastSigma, int loose) {
    /** What holds where a recipe has no {@code SW}. */
    public static final ShrinkWrap DEFAULT = new ShrinkWrap(20, 0.15, 2, 0.6);

    static final String EXAMPLE = "SW[every=20,threshold=0.25,sigma=2:0.6]";

    private static final int LOOSEST = 10;

    /** What a threshold is relative to. */
    public enum Reference {
        /** The largest smoothed amplitude. */
        MAX,
        /** Root of the mean square amplitude inside the support so far, before smoothing: less led by one bright voxel. */
        RMS;

        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public ShrinkWrap {
        if (every < 0) {
            throw new InputException("Support updates come every 1 or more iterations (0 for never), not " + every
                    + "; write for example " + EXAMPLE + ".");
        }
        if (!(threshold > 0 && threshold < (reference == Reference.MAX ? 1 : 2))) {
            throw new InputException("The support's threshold lies between 0 and 1 (of=rms: 2), not " + threshold
                    + "; write for example " + EXAMPLE + ".");
        }
        if (!(firstSigma >= 0 && firstSigma <= 20 && lastSigma >= 0 && lastSigma <= 20)) {
            throw new InputException("The support is smoothed by 0 to 20 voxels, not " + firstSigma + ":" + lastSigma
                    + "; write for example " + EXAMPLE + ".");
        }
        checkLoose(loose, EXAMPLE);
    }

    /** Relative to the largest amplitude, and no looser than the level says. */
    public ShrinkWrap(int every, double threshold, double firstSigma, double lastSigma) {
        this(every, threshold, Reference.MAX, firstSigma, lastSigma, 0);
    }

    /** Width of the Gaussian in voxels when {@code fraction} (0 to 1) of the iterations are done. */
    public double sigma(double fraction) {
        if (firstSigma == 0 || lastSigma == 0) {
            return firstSigma + (lastSigma - firstSigma) * fraction;
        }
        return firstSigma * Math.pow(lastSigma / firstSigma, fraction);
    }

    @Override
    public String toString() {
        String sigma = firstSigma == lastSigma ? number(firstSigma) : number(firstSigma) + ":" + number(lastSigma);
        return "SW[every=" + every + ",threshold=" + number(threshold)
                + (reference == Reference.MAX ? "" : ",of=" + reference.word())
                + ",sigma=" + sigma
                + (loose == 0 ? "" : ",loose=" + loose)
                + "]";
    }

    static void checkLoose(int loose, String example) {
        if (loose < 0 || loose > LOOSEST) {
            throw new InputException("A support is grown by 0 to " + LOOSEST + " voxels, not " + loose
                    + "; write for example " + example + ".");
        }
    }

    /** Shortest form without an exponent: 2 rather than 2.0. */
    static String number(double value) {
        return BigDecimal.valueOf(value).stripTrailingZeros().toPlainString();
    }
}
