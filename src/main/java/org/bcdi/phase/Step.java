package org.bcdi.phase;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.bcdi.task.InputException;

/** One part of a recipe: iterations of one algorithm, or a group of parts repeated. */
public sealed interface Step {
    /** Relaxation of HIO and RAAR where a recipe names none. */
    double DEFAULT_BETA = 0.9;

    /** What stands for no limit on the density. */
    double NO_LIMIT = 0;

    /** What this comes to, in order, groups written out: {@link Iterations} and {@link Wrap}. */
    Stream<Step> parts();

    /** How many iterations and updates this comes to: not to be counted by going through {@link #parts}, groups in groups have too many. */
    double total();

    /** A number of iterations of one algorithm. */
    sealed interface Iterations extends Step {
        int count();

        @Override
        default double total() {
            return count();
        }

        @Override
        default Stream<Step> parts() {
            return Stream.of(this);
        }
    }

    /**
     * Error reduction: projection on the modulus, then on the support (Fienup 1982).
     *
     * @param density most amplitude inside the support as a part of its mean there, {@link #NO_LIMIT} for any: a crystal is
     *     about as dense everywhere, however strained (Newton et al. 2010)
     */
    record Er(int count, double density) implements Iterations {
        public Er {
            checkCount("ER", count);
            checkDensity("ER", density);
        }

        @Override
        public String toString() {
            return "ER" + count + options(DEFAULT_BETA, density);
        }
    }

    /** Hybrid input-output (Fienup 1982); density as in {@link Er}. */
    record Hio(int count, double beta, double density) implements Iterations {
        public Hio {
            checkCount("HIO", count);
            checkBeta("HIO", beta);
            checkDensity("HIO", density);
        }

        @Override
        public String toString() {
            return "HIO" + count + options(beta, density);
        }
    }

    /** Relaxed averaged alternating reflections (Luke 2005); density as in {@link Er}. */
    record Raar(int count, double beta, double density) implements Iterations {
        public Raar {
            checkCount("RAAR", count);
            checkBeta("RAAR", beta);
            checkDensity("RAAR", density);
        }

        @Override
        public String toString() {
            return "RAAR" + count + options(beta, density);
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
        public double total() {
            return 1;
        }

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
        public double total() {
            return times * steps.stream().mapToDouble(Step::total).sum();
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

    private static void checkDensity(String name, double density) {
        if (density != NO_LIMIT && !(density > 1 && density <= 100)) {
            throw new InputException("density lies above 1 and up to 100, or is 0 for no limit, not " + density
                    + "; write for example " + name + "40[density=1.3].");
        }
    }

    private static String options(double beta, double density) {
        String options = Stream.of(
                        beta == DEFAULT_BETA ? "" : "beta=" + ShrinkWrap.number(beta),
                        density == NO_LIMIT ? "" : "density=" + ShrinkWrap.number(density))
                .filter(option -> !option.isEmpty())
                .collect(Collectors.joining(","));
        return options.isEmpty() ? "" : "[" + options + "]";
    }
}
