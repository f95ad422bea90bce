package org.bcdi.phase;

import java.math.BigDecimal;
import org.bcdi.task.InputException;

/**
 * How the support follows the object (Marchesini et al. 2003): every so many iterations it becomes where the amplitude,
 * smoothed by a Gaussian, exceeds a part of its maximum.
 *
 * @param every number of iterations between updates; 0 keeps the first support
 * @param threshold part of the maximum, above 0 and below 1
 * @param firstSigma of the Gaussian in voxels at the first iteration
 * @param lastSigma of the Gaussian in voxels at the last; between them it shrinks geometrically
 */
public record ShrinkWrap(int every, double threshold, double firstSigma, double lastSigma) {
    /** What holds where a recipe has no {@code SW}. */
    public static final ShrinkWrap DEFAULT = new ShrinkWrap(20, 0.15, 2, 0.6);

    static final String EXAMPLE = "SW[every=20,threshold=0.25,sigma=2:0.6]";

    public ShrinkWrap {
        if (every < 0) {
            throw new InputException("Support updates come every 1 or more iterations (0 for never), not " + every
                    + "; write for example " + EXAMPLE + ".");
        }
        if (!(threshold > 0 && threshold < 1)) {
            throw new InputException("The support's threshold lies between 0 and 1, not " + threshold
                    + "; write for example " + EXAMPLE + ".");
        }
        if (!(firstSigma >= 0 && firstSigma <= 20 && lastSigma >= 0 && lastSigma <= 20)) {
            throw new InputException("The support is smoothed by 0 to 20 voxels, not " + firstSigma + ":" + lastSigma
                    + "; write for example " + EXAMPLE + ".");
        }
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
        return "SW[every=" + every + ",threshold=" + number(threshold) + ",sigma=" + sigma + "]";
    }

    /** Shortest form without an exponent: 2 rather than 2.0. */
    static String number(double value) {
        return BigDecimal.valueOf(value).stripTrailingZeros().toPlainString();
    }
}
