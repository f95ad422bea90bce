package org.bcdi.phase;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bcdi.phase.Recipe.Plan;
import org.bcdi.phase.Recipe.Start;
import org.bcdi.task.InputException;
import org.jspecify.annotations.Nullable;

/** Reads the steps of a recipe, lower case and without spaces. */
final class RecipeParser {
    static final String EXAMPLE = "HIO300/RAAR500/ER200";

    private static final Pattern STARTS = Pattern.compile("starts=([^:]*):(.*)");
    private static final Pattern STEP = Pattern.compile("(hio|raar|er|ml)(\\d+)(?:\\[(.*)])?");
    private static final Pattern GROUP = Pattern.compile("(\\d+)x\\((.*)\\)");
    private static final Pattern SUPPORT = Pattern.compile("sw\\[(.*)]");
    private static final int DEEPEST = 8;

    private final String text;
    /** The one SW element, when it has been seen. */
    private @Nullable ShrinkWrap support;

    RecipeParser(String text) {
        this.text = text;
    }

    Plan plan() {
        int starts = 1;
        String list = text;
        Matcher front = STARTS.matcher(text);
        if (front.matches()) {
            starts = wholeNumber(front.group(1), "starts=" + front.group(1) + ":", "starts=20:" + EXAMPLE);
            list = front.group(2);
        }
        Start start = Start.RANDOM;
        if (list.equals("net") || list.startsWith("net/")) {
            start = Start.NETWORK;
            list = list.substring(Math.min(list.length(), 4));
        }
        List<Step> steps = steps(list, 0);
        return new Plan(starts, start, support == null ? ShrinkWrap.DEFAULT : support, checked(steps));
    }

    private List<Step> checked(List<Step> steps) {
        long total = steps.stream()
                .flatMap(Step::iterations)
                .limit(100_000)
                .mapToLong(Step.Iterations::count)
                .sum();
        if (total > 1_000_000) {
            throw new InputException("Recipe '" + text
                    + "' comes to more than a million iterations; shorten it, for example to " + EXAMPLE + ".");
        }
        return steps;
    }

    private List<Step> steps(String list, int depth) {
        List<Step> steps = new ArrayList<>();
        for (String element : elements(list)) {
            Matcher supportOptions = SUPPORT.matcher(element);
            if (supportOptions.matches() && depth == 0) {
                if (support != null) {
                    throw new InputException(
                            "Recipe part '" + element + "' sets the support a second time; keep one SW.");
                }
                support = support(element, supportOptions.group(1));
            } else {
                steps.add(step(element, depth));
            }
        }
        return steps;
    }

    private Step step(String element, int depth) {
        Matcher step = STEP.matcher(element);
        if (step.matches()) {
            int count = wholeNumber(step.group(2), element, EXAMPLE);
            Map<String, String> options = options(element, step.group(3));
            return switch (step.group(1)) {
                case "hio" -> new Step.Hio(count, beta(element, options));
                case "raar" -> new Step.Raar(count, beta(element, options));
                case "er" -> new Step.Er(withoutOptions(element, options, count));
                default -> new Step.Ml(withoutOptions(element, options, count));
            };
        }
        Matcher group = GROUP.matcher(element);
        if (group.matches() && depth < DEEPEST) {
            List<Step> inside = steps(group.group(2), depth + 1);
            return new Step.Repeat(wholeNumber(group.group(1), element, "4x(ER20/HIO180)"), inside);
        }
        throw notUnderstood(
                element, EXAMPLE + ", 4x(ER20/HIO180)/ML50, " + ShrinkWrap.EXAMPLE + "/HIO400/ER100, auto or none");
    }

    private ShrinkWrap support(String element, String inBrackets) {
        Map<String, String> options = options(element, inBrackets);
        only(element, options, Set.of("every", "threshold", "sigma"), ShrinkWrap.EXAMPLE);
        ShrinkWrap standard = ShrinkWrap.DEFAULT;
        String every = options.get("every");
        String threshold = options.get("threshold");
        String sigma = options.get("sigma");
        double first = standard.firstSigma();
        double last = standard.lastSigma();
        if (sigma != null) {
            String[] ends = sigma.split(":", 2);
            first = decimal(ends[0], element, ShrinkWrap.EXAMPLE);
            last = ends.length == 1 ? first : decimal(ends[1], element, ShrinkWrap.EXAMPLE);
        }
        return new ShrinkWrap(
                every == null ? standard.every() : wholeNumber(every, element, ShrinkWrap.EXAMPLE),
                threshold == null ? standard.threshold() : decimal(threshold, element, ShrinkWrap.EXAMPLE),
                first,
                last);
    }

    private static double beta(String element, Map<String, String> options) {
        only(element, options, Set.of("beta"), "RAAR500[beta=0.9]");
        String beta = options.get("beta");
        return beta == null ? Step.DEFAULT_BETA : decimal(beta, element, "RAAR500[beta=0.9]");
    }

    private static int withoutOptions(String element, Map<String, String> options, int count) {
        only(element, options, Set.of(), EXAMPLE);
        return count;
    }

    private static void only(String element, Map<String, String> options, Set<String> known, String example) {
        for (String name : options.keySet()) {
            if (!known.contains(name)) {
                throw new InputException("Option '" + name + "' of recipe part '" + element
                        + "' is unknown; write for example " + example + ".");
            }
        }
    }

    private static Map<String, String> options(String element, @Nullable String inBrackets) {
        Map<String, String> options = new LinkedHashMap<>();
        if (inBrackets == null) {
            return options;
        }
        for (String option : inBrackets.split(",", -1)) {
            int equals = option.indexOf('=');
            if (equals < 1 || options.put(option.substring(0, equals), option.substring(equals + 1)) != null) {
                throw notUnderstood(element, "RAAR500[beta=0.9] or " + ShrinkWrap.EXAMPLE);
            }
        }
        return options;
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

    private static int wholeNumber(String digits, String element, String example) {
        try {
            return Integer.parseInt(digits);
        } catch (NumberFormatException e) {
            throw notUnderstood(element, example);
        }
    }

    private static double decimal(String digits, String element, String example) {
        try {
            return Double.parseDouble(digits);
        } catch (NumberFormatException e) {
            throw notUnderstood(element, example);
        }
    }

    private static InputException notUnderstood(String element, String example) {
        return new InputException(
                "Recipe part '" + element + "' is not understood; write for example " + example + ".");
    }
}
