package org.bcdi.phase;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.bcdi.task.InputException;

/** One part of a recipe: iterations of one algorithm, or a group of parts repeated. */
public sealed interface Step {
    /** Relaxation of HIO and RAAR where a recipe names none. */
    double DEFAULT_BETA = 0.9;

    /** What this comes to, in order, groups written out: {@link Iterations} and {@link Wrap}. */
    Stream<Step> parts();

    /** A number of iterations of one algorithm. */
    sealed interface Iterations extends Step {
        int count();

        @Override
        default Stream<Step> parts() {
            return Stream.of(this);
        }
    }

    /** Error reduction: projection on the modulus, then on the support (Fienup 1982). */
    record Er(int count) implements Iterations {
        public Er {
            checkCount("ER", count);
        }

        @Override
        public String toString() {
            return "ER" + count;
        }
    }

    /** Hybrid input-output (Fienup 1982). */
    record Hio(int count, double beta) implements Iterations {
        public Hio {
            checkCount("HIO", count);
            checkBeta("HIO", beta);
        }

        @Override
        public String toString() {
            return "HIO" + count + relaxation(beta);
        }
    }

    /** Relaxed averaged alternating reflections (Luke 2005). */
    record Raar(int count, double beta) implements Iterations {
        public Raar {
            checkCount("RAAR", count);
            checkBeta("RAAR", beta);
        }

        @Override
        public String toString() {
            return "RAAR" + count + relaxation(beta);
        }
    }

    /** Steps towards the maximum of the Poisson likelihood with the object held inside the support (Thibault and Guizar-Sicairos 2012). */
    record Ml(int count) implements Iterations {
        public Ml {
            checkCount("ML", count);
        }

        @Override
        public String toString() {
            return "ML" + count;
        }
    }

    /**
     * Error reduction inside one half of the support, so that of an object and its twin, between which a run may hang, one
     * wins (Guizar-Sicairos and Fienup 2012).
     */
    record Detwin(int count) implements Iterations {
        public Detwin {
            checkCount("DETWIN", count);
        }

        @Override
        public String toString() {
            return "DETWIN" + count;
        }
    }

    /** How the support is updated from here on; at the end of a recipe, one more update. */
    record Wrap(ShrinkWrap rule) implements Step {
        @Override
        public Stream<Step> parts() {
            return Stream.of(this);
        }

        @Override
        public String toString() {
            return rule.toString();
        }
    }

    /** A group of parts, several times over. */
    record Repeat(int times, List<Step> steps) implements Step {
        public Repeat {
            if (times < 1 || times > 1000) {
                throw new InputException(
                        "A group is repeated 1 to 1000 times, not " + times + "; write for example 4x(ER20/HIO180).");
            }
            steps = List.copyOf(steps);
        }

        @Override
        public Stream<Step> parts() {
            return Stream.generate(() -> steps.stream().flatMap(Step::parts))
                    .limit(times)
                    .flatMap(parts -> parts);
        }

        @Override
        public String toString() {
            return times + "x(" + steps.stream().map(Step::toString).collect(Collectors.joining("/")) + ")";
        }
    }

    private static void checkCount(String name, int count) {
        if (count < 1 || count > 100_000) {
            throw new InputException(
                    "A step has 1 to 100000 iterations, not " + name + count + "; write for example " + name + "200.");
        }
    }

    private static void checkBeta(String name, double beta) {
        if (!(beta > 0 && beta <= 1)) {
            throw new InputException(
                    "beta lies above 0 and up to 1, not " + beta + "; write for example " + name + "500[beta=0.9].");
        }
    }

    private static String relaxation(double beta) {
        return beta == DEFAULT_BETA ? "" : "[beta=" + ShrinkWrap.number(beta) + "]";
    }
}
