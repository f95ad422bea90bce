package org.bcdi.phase;

/**
 * What an iteration puts outside the support: {@code old} times the iterate plus {@code fresh} times its projection on the
 * modulus. Inside, all take the projection.
 */
record Mixing(double old, double fresh) {
    /** Whether what is put outside the support adds up from iteration to iteration. */
    boolean gathers() {
        return old == 1;
    }

    /** Error reduction puts nothing, HIO the iterate less beta times its projection, RAAR beta times the iterate plus (1 - 2 beta) times its projection. */
    static Mixing of(Step.Iterations step) {
        if (step instanceof Step.Hio hio) {
            return new Mixing(1, -hio.beta());
        }
        if (step instanceof Step.Raar raar) {
            return new Mixing(raar.beta(), 1 - 2 * raar.beta());
        }
        if (step instanceof Step.Er || step instanceof Step.Detwin) {
            return new Mixing(0, 0);
        }
        throw new IllegalArgumentException("no projections in " + step);
    }
}
