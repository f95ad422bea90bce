package org.bcdi.phase;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.bcdi.task.InputException;

/**
 * What to do to find the phases, as users write it. Immutable; {@link #text()} gives a form that {@link #parse} reads back
 * to an equal recipe.
 *
 * <p>{@code auto}, {@code none}, or steps {@code HIO}, {@code RAAR}, {@code ER}, {@code ML} with their numbers of iterations,
 * {@code DETWIN} one after the other ({@code HIO300/RAAR500[beta=0.8]/ER200}) and in groups ({@code 4x(ER20/HIO180)/ML50}).
 * {@code HIO50[density=1.3]} limits the amplitude inside the support.
 * {@code SW[every=20,threshold=0.25,of=max,sigma=2:0.6,loose=1]} among them sets how the support is updated from there on;
 * as the last element it updates the support once more. {@code FIRST[threshold=0.04,loose=2]} sets the first support,
 * {@code PSF[sigma=0.5,eta=0,fit=50]} partial coherence, {@code BG[photons=0.1,fit=50]} a background and
 * {@code NOISE[trust=0.2]} regard for counting noise, all these before the first step. {@code NET/} in front starts from the network, {@code MIX/} every third time, {@code starts=20:} in front of all tries that many starts
 * and {@code starts=20,mean=5:} averages the best five of them.
 * Capitals and spaces do not matter.
 */
public sealed interface Recipe {
    /** No phasing. */
    record None() implements Recipe {
        @Override
        public boolean asksNetwork() {
            return false;
        }

        @Override
        public String text() {
            return "none";
        }

        @Override
        public String toString() {
            return text();
        }
    }

    /** The shipped recipe. */
    record Auto() implements Recipe {
        @Override
        public boolean asksNetwork() {
            return true;
        }

        @Override
        public String text() {
            return "auto";
        }

        @Override
        public String toString() {
            return text();
        }
    }

    /**
     * Steps written out.
     *
     * @param starts attempts, of which the best by free log-likelihood is kept
     * @param mean how many of the best are averaged, as far as they agree; 1 keeps the best alone
     * @param start where the phases come from
     * @param first where the object may be at first
     * @param response of the detector to the wave
     * @param steps in order, with at least one iteration
     */
    record Plan(int starts, int mean, Start start, FirstSupport first, Response response, List<Step> steps)
            implements Recipe {
        static final int MOST_STARTS = 1000;

        public Plan {
            if (starts < 1 || starts > MOST_STARTS) {
                throw new InputException("A recipe has 1 to " + MOST_STARTS + " starts, not " + starts
                        + "; write for example starts=20:.");
            }
            if (mean < 1 || mean > starts) {
                throw new InputException("Of " + starts + " starts 1 to " + starts + " can be averaged, not " + mean
                        + "; write for example starts=20,mean=5:.");
            }
            if (steps.stream().flatMap(Step::parts).noneMatch(part -> part instanceof Step.Iterations)) {
                throw new InputException("A recipe needs a step; write for example " + RecipeParser.EXAMPLE + ".");
            }
            steps = List.copyOf(steps);
        }

        /** The iterations one after the other, groups written out. */
        public List<Step.Iterations> iterations() {
            return steps.stream()
                    .flatMap(Step::parts)
                    .filter(part -> part instanceof Step.Iterations)
                    .map(part -> (Step.Iterations) part)
                    .toList();
        }

        /** Iterations of one start. */
        public int count() {
            return iterations().stream().mapToInt(Step.Iterations::count).sum();
        }

        /** The same with another number of starts. */
        public Plan withStarts(int number) {
            return new Plan(number, Math.min(mean, number), start, first, response, steps);
        }

        @Override
        public boolean asksNetwork() {
            return start.needsNetwork();
        }

        @Override
        public String text() {
            return (starts == 1 ? "" : "starts=" + starts + (mean == 1 ? "" : ",mean=" + mean) + ":")
                    + start.text()
                    + (first.equals(FirstSupport.DEFAULT) ? "" : first + "/")
                    + response.text()
                    + steps.stream().map(Step::toString).collect(Collectors.joining("/"));
        }

        @Override
        public String toString() {
            return text();
        }
    }

    /** Where the first phases come from. */
    enum Start {
        /** Random phases, all starts. */
        RANDOM(""),
        /** The network's phases, all starts. */
        NETWORK("NET/"),
        /** The network's phases for every third start, the first among them, random ones for the others. */
        MIXED("MIX/");

        private final String text;

        Start(String text) {
            this.text = text;
        }

        /** As it stands in a recipe, before the steps. */
        String text() {
            return text;
        }

        boolean needsNetwork() {
            return this != RANDOM;
        }

        /** Whether the start of this index, from 0, takes the network's phases. */
        boolean asksNetwork(int index) {
            return this == NETWORK || (this == MIXED && index % 3 == 0);
        }
    }

    /**
     * @param text a recipe, {@code auto} or {@code none}
     * @throws InputException naming the part that is not understood
     */
    static Recipe parse(String text) {
        String plain = text.replaceAll("\\s", "").toLowerCase(Locale.ROOT);
        return switch (plain) {
            case "auto" -> new Auto();
            case "none" -> new None();
            default -> new RecipeParser(plain).plan();
        };
    }

    /** Whether a phasing network is of use to it, where there is one. */
    boolean asksNetwork();

    /** The recipe as users write it. */
    String text();
}
