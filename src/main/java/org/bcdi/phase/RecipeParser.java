package org.bcdi.phase;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bcdi.phase.Recipe.Plan;
import org.bcdi.phase.Recipe.Start;
import org.bcdi.task.InputException;

/** Reads the steps of a recipe, lower case and without spaces. */
final class RecipeParser {
    static final String EXAMPLE = "HIO300/RAAR500/ER200";

    private static final Pattern STARTS = Pattern.compile("starts=([^:,]*)(?:,mean=([^:]*))?:(.*)");
    private static final Pattern STEP = Pattern.compile("(hio|raar|er|ml|detwin)(\\d+)(?:\\[(.*)])?");
    private static final Pattern GROUP = Pattern.compile("(\\d+)x\\((.*)\\)");
    private static final Pattern SETTING = Pattern.compile("(sw|first|psf|bg|noise)\\[(.*)]");
    private static final int DEEPEST = 8;
    private static final int MOST_ITERATIONS = 1_000_000;

    private final String text;
    private final RecipeOptions options = new RecipeOptions();

    RecipeParser(String text) {
        this.text = text;
    }

    Plan plan() {
        int starts = 1;
        int mean = 1;
        String list = text;
        Matcher front = STARTS.matcher(text);
        if (front.matches()) {
            starts =
                    RecipeOptions.wholeNumber(front.group(1), "starts=" + front.group(1) + ":", "starts=20:" + EXAMPLE);
            mean = front.group(2) == null
                    ? 1
                    : RecipeOptions.wholeNumber(
                            front.group(2), "mean=" + front.group(2) + ":", "starts=20,mean=5:" + EXAMPLE);
            list = front.group(3);
        }
        Start start = start(list);
        list = list.substring(Math.min(list.length(), start.text().length()));
        List<Step> steps = steps(list, 0);
        return new Plan(starts, mean, start, options.first(), options.response(), checked(steps));
    }

    private static Start start(String list) {
        for (Start start : List.of(Start.NETWORK, Start.MIXED)) {
            String word = start.text().toLowerCase(Locale.ROOT);
            if ((list + "/").startsWith(word)) {
                return start;
            }
        }
        return Start.RANDOM;
    }

    private List<Step> checked(List<Step> steps) {
        if (steps.stream().mapToDouble(Step::total).sum() > MOST_ITERATIONS) {
            throw new InputException("Recipe '" + text
                    + "' comes to more than a million iterations; shorten it, for example to " + EXAMPLE + ".");
        }
        return steps;
    }

    private List<Step> steps(String list, int depth) {
        List<Step> steps = new ArrayList<>();
        for (String element : elements(list)) {
            Matcher setting = SETTING.matcher(element);
            if (!setting.matches()) {
                steps.add(step(element, depth));
            } else if (setting.group(1).equals("sw")) {
                steps.add(new Step.Wrap(options.support(element, setting.group(2))));
            } else if (depth == 0 && steps.stream().allMatch(step -> step instanceof Step.Wrap)) {
                options.take(setting.group(1), element, setting.group(2));
            } else {
                throw new InputException("Recipe part '" + element + "' holds for the whole recipe; write it before "
                        + "the first step, for example " + element + "/" + EXAMPLE + ".");
            }
        }
        return steps;
    }

    private Step step(String element, int depth) {
        Matcher step = STEP.matcher(element);
        if (step.matches()) {
            int count = RecipeOptions.wholeNumber(step.group(2), element, EXAMPLE);
            String inBrackets = step.group(3);
            return switch (step.group(1)) {
                case "hio" ->
                    new Step.Hio(
                            count,
                            RecipeOptions.beta(element, inBrackets),
                            RecipeOptions.density(element, inBrackets, "beta", "density"));
                case "raar" ->
                    new Step.Raar(
                            count,
                            RecipeOptions.beta(element, inBrackets),
                            RecipeOptions.density(element, inBrackets, "beta", "density"));
                case "er" -> new Step.Er(count, RecipeOptions.density(element, inBrackets, "density"));
                case "ml" -> new Step.Ml(RecipeOptions.none(element, inBrackets, count));
                default -> new Step.Detwin(RecipeOptions.none(element, inBrackets, count));
            };
        }
        Matcher group = GROUP.matcher(element);
        if (group.matches() && depth < DEEPEST) {
            List<Step> inside = steps(group.group(2), depth + 1);
            return new Step.Repeat(RecipeOptions.wholeNumber(group.group(1), element, "4x(ER20/HIO180)"), inside);
        }
        throw RecipeOptions.notUnderstood(
                element, EXAMPLE + ", 4x(ER20/HIO180)/ML50, " + ShrinkWrap.EXAMPLE + "/HIO400/ER100, auto or none");
    }

    /** Splits at the slashes that are outside all brackets. */
    private static List<String> elements(String list) {
        List<String> elements = new ArrayList<>();
        int depth = 0;
        int start = 0;
        for (int i = 0; i < list.length(); i++) {
            char c = list.charAt(i);
            if (c == '(' || c == '[') {
                depth++;
            } else if (c == ')' || c == ']') {
                depth--;
            } else if (c == '/' && depth == 0) {
                elements.add(list.substring(start, i));
                start = i + 1;
            }
        }
        elements.add(list.substring(start));
        return elements;
    }
}
