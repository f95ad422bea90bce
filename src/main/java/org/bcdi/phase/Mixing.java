package org.bcdi.phase;

/**
 * What an iteration puts outside the support: {@code old} times the iterate plus {@code fresh} times its projection on the
 * modulus. Inside, all take the projection, its amplitude cut where it exceeds {@code density} times the mean there.
 *
 * @param releases whether filled voxels are let go, see {@link Measurement}
 * @param density {@link Step#NO_LIMIT} to cut nothing
 */
record Mixing(double old, double fresh, boolean releases, double density) {
    /** Whether what is put outside the support adds up from iteration to iteration. */
    boolean gathers() {
        return old == 1;
    }

    /** Whether the amplitude inside has a limit. */
    boolean limits() {
        return density != Step.NO_LIMIT;
    }

    /** Error reduction puts nothing, HIO the iterate less beta times its projection, RAAR beta times the iterate plus (1 - 2 beta) times its projection. */
    static Mixing of(Step.Iterations step) {
        if (step instanceof Step.Hio hio) {
            return new Mixing(1, -hio.beta(), false, hio.density());
        }
        if (step instanceof Step.Raar raar) {
            return new Mixing(raar.beta(), 1 - 2 * raar.beta(), true, raar.density());
        }
        if (step instanceof Step.Er er) {
            return new Mixing(0, 0, true, er.density());
        }
        if (step instanceof Step.Detwin) {
            return new Mixing(0, 0, false, Step.NO_LIMIT);
        }
        throw new IllegalArgumentException("no projections in " + step);
    }
}
