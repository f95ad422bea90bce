package org.bcdi.phase;

import org.bcdi.task.InputException;

/**
 * What stands between the squared modulus of the wave and the expected counts: a point-spread function, by which partial
 * coherence blurs the intensity (Clark et al. 2012), a constant background, and counting noise.
 *
 * <p>The point-spread function is the product along the axes of a pseudo-Voigt profile, (1 - eta) times a Gaussian plus eta
 * times a Lorentzian of the same half width.
 *
 * @param sigmaZ standard deviation of the Gaussian in voxels along z, likewise sigmaY and sigmaX; 0 leaves an axis sharp
 * @param eta part of the Lorentzian, 0 to 1
 * @param fitWidths every so many iterations the widths are set to what makes the counts most likely; 0 keeps them
 * @param background photons a voxel
 * @param fitBackground the same for the background
 * @param trust weight of the iterate's own modulus beside that of the counts in ER, HIO and RAAR, at most; 0 takes counts for the
 *     expected photons
 */
public record Response(
        double sigmaZ,
        double sigmaY,
        double sigmaX,
        double eta,
        int fitWidths,
        double background,
        int fitBackground,
        double trust) {
    /** Fully coherent, dark, without noise: what holds where a recipe has neither {@code PSF}, {@code BG} nor {@code NOISE}. */
    public static final Response IDEAL = new Response(0, 0, 0, 0, 0, 0, 0, 0);

    static final String POINT_SPREAD_EXAMPLE = "PSF[sigma=0.5]";
    static final String BACKGROUND_EXAMPLE = "BG[photons=0.1]";
    static final String NOISE_EXAMPLE = "NOISE[trust=0.2]";
    static final double WIDEST = 5;

    public Response {
        for (double sigma : new double[] {sigmaZ, sigmaY, sigmaX}) {
            if (!(sigma >= 0 && sigma <= WIDEST)) {
                throw new InputException("The point-spread function is 0 to " + ShrinkWrap.number(WIDEST)
                        + " voxels wide, not " + sigma + "; write for example " + POINT_SPREAD_EXAMPLE + ".");
            }
        }
        if (!(eta >= 0 && eta <= 1)) {
            throw new InputException("The Lorentzian is 0 to 1 of the point-spread function, not " + eta
                    + "; write for example PSF[sigma=0.5,eta=0.3].");
        }
        if (!(background >= 0 && background < 1e6)) {
            throw new InputException("A background is 0 to a million photons a voxel, not " + background
                    + "; write for example " + BACKGROUND_EXAMPLE + ".");
        }
        if (fitWidths < 0 || fitBackground < 0) {
            throw new InputException("A fit comes every 1 or more iterations (0 for never), not "
                    + Math.min(fitWidths, fitBackground) + "; write for example PSF[sigma=0.5,fit=50].");
        }
        if (!(trust >= 0 && trust <= 1)) {
            throw new InputException(
                    "The trust in the iterate is 0 to 1, not " + trust + "; write for example " + NOISE_EXAMPLE + ".");
        }
    }

    Response withPointSpread(double[] sigma, double lorentzian, int fit) {
        return new Response(sigma[0], sigma[1], sigma[2], lorentzian, fit, background, fitBackground, trust);
    }

    Response withBackground(double photons, int fit) {
        return new Response(sigmaZ, sigmaY, sigmaX, eta, fitWidths, photons, fit, trust);
    }

    Response withNoise(double most) {
        return new Response(sigmaZ, sigmaY, sigmaX, eta, fitWidths, background, fitBackground, most);
    }

    /** Whether every photon falls where the wave says. */
    boolean sharp() {
        return sigmaZ == 0 && sigmaY == 0 && sigmaX == 0;
    }

    double sigma(int axis) {
        return axis == 0 ? sigmaZ : axis == 1 ? sigmaY : sigmaX;
    }

    /** As in a recipe, with a slash behind each part; empty for an ideal one. */
    String text() {
        StringBuilder text = new StringBuilder();
        if (!sharp() || fitWidths > 0) {
            boolean same = sigmaZ == sigmaY && sigmaY == sigmaX;
            text.append("PSF[sigma=").append(ShrinkWrap.number(sigmaZ));
            text.append(same ? "" : ":" + ShrinkWrap.number(sigmaY) + ":" + ShrinkWrap.number(sigmaX));
            text.append(eta == 0 ? "" : ",eta=" + ShrinkWrap.number(eta));
            text.append(fitWidths == 0 ? "" : ",fit=" + fitWidths).append("]/");
        }
        if (background > 0 || fitBackground > 0) {
            text.append("BG[photons=").append(ShrinkWrap.number(background));
            text.append(fitBackground == 0 ? "" : ",fit=" + fitBackground).append("]/");
        }
        text.append(trust == 0 ? "" : "NOISE[trust=" + ShrinkWrap.number(trust) + "]/");
        return text.toString();
    }
}
