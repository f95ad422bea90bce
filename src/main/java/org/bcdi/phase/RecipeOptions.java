package org.bcdi.phase;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.bcdi.task.InputException;
import org.jspecify.annotations.Nullable;

/** Reads what stands in the brackets of a recipe's parts, and remembers what holds for the whole recipe. */
final class RecipeOptions {
    private static final int DEFAULT_FIT = 50;
    private static final String STEP_EXAMPLE = "RAAR500[beta=0.9]/ER50[density=1.3]";

    /** Null until told. */
    private @Nullable FirstSupport first;

    private Response response = Response.IDEAL;
    private boolean pointSpread;
    private boolean background;
    private boolean noise;

    FirstSupport first() {
        return first == null ? FirstSupport.DEFAULT : first;
    }

    Response response() {
        return response;
    }

    /** Takes in FIRST, PSF, BG or NOISE, each once. */
    void take(String name, String element, String inBrackets) {
        boolean again = switch (name) {
            case "first" -> first != null;
            case "psf" -> pointSpread;
            case "bg" -> background;
            default -> noise;
        };
        if (again) {
            throw new InputException("Recipe part '" + element + "' is there a second time; keep one.");
        }
        switch (name) {
            case "first" -> first = first(element, inBrackets);
            case "psf" -> {
                pointSpread = true;
                response = pointSpread(element, inBrackets);
            }
            case "bg" -> {
                background = true;
                response = background(element, inBrackets);
            }
            default -> {
                noise = true;
                Map<String, String> options = options(element, inBrackets, Response.NOISE_EXAMPLE, "trust");
                response = response.withNoise(decimal(options, "trust", 0.2, element, Response.NOISE_EXAMPLE));
            }
        }
    }

    private static FirstSupport first(String element, String inBrackets) {
        Map<String, String> options = options(element, inBrackets, FirstSupport.EXAMPLE, "threshold", "loose");
        FirstSupport standard = FirstSupport.DEFAULT;
        return new FirstSupport(
                decimal(options, "threshold", standard.threshold(), element, FirstSupport.EXAMPLE),
                whole(options, "loose", standard.loose(), element, FirstSupport.EXAMPLE));
    }

    private Response pointSpread(String element, String inBrackets) {
        String example = Response.POINT_SPREAD_EXAMPLE;
        Map<String, String> options = options(element, inBrackets, example, "sigma", "eta", "fit");
        String[] parts = options.getOrDefault("sigma", "0.5").split(":", -1);
        if (parts.length != 1 && parts.length != 3) {
            throw notUnderstood(element, example + " or PSF[sigma=0.8:0.4:0.4] for z, y and x");
        }
        double[] sigma = new double[3];
        for (int axis = 0; axis < 3; axis++) {
            sigma[axis] = decimal(parts[parts.length == 1 ? 0 : axis], element, example);
        }
        int fit = whole(options, "fit", options.containsKey("sigma") ? 0 : DEFAULT_FIT, element, example);
        return response.withPointSpread(sigma, decimal(options, "eta", 0, element, example), fit);
    }

    private Response background(String element, String inBrackets) {
        String example = Response.BACKGROUND_EXAMPLE;
        Map<String, String> options = options(element, inBrackets, example, "photons", "fit");
        int fit = whole(options, "fit", options.containsKey("photons") ? 0 : DEFAULT_FIT, element, example);
        return response.withBackground(decimal(options, "photons", 0, element, example), fit);
    }

    /** The rule of one SW; what it does not say is as in {@link ShrinkWrap#DEFAULT}. */
    ShrinkWrap support(String element, String inBrackets) {
        String example = ShrinkWrap.EXAMPLE;
        Map<String, String> options =
                options(element, inBrackets, example, "every", "threshold", "of", "sigma", "loose");
        ShrinkWrap standard = ShrinkWrap.DEFAULT;
        double first = standard.firstSigma();
        double last = standard.lastSigma();
        String sigma = options.get("sigma");
        if (sigma != null) {
            String[] ends = sigma.split(":", 2);
            first = decimal(ends[0], element, example);
            last = ends.length == 1 ? first : decimal(ends[1], element, example);
        }
        ShrinkWrap.Reference reference = switch (options.getOrDefault("of", "max")) {
            case "max" -> ShrinkWrap.Reference.MAX;
            case "rms" -> ShrinkWrap.Reference.RMS;
            default -> throw notUnderstood(element, "SW[threshold=0.25,of=rms] or of=max");
        };
        return new ShrinkWrap(
                whole(options, "every", standard.every(), element, example),
                decimal(options, "threshold", standard.threshold(), element, example),
                reference,
                first,
                last,
                whole(options, "loose", standard.loose(), element, example));
    }

    /** Of HIO and RAAR. */
    static double beta(String element, @Nullable String inBrackets) {
        return decimal(
                options(element, inBrackets, STEP_EXAMPLE, "beta", "density"),
                "beta",
                Step.DEFAULT_BETA,
                element,
                STEP_EXAMPLE);
    }

    /** @param known the options of this kind of step */
    static double density(String element, @Nullable String inBrackets, String... known) {
        return decimal(
                options(element, inBrackets, STEP_EXAMPLE, known), "density", Step.NO_LIMIT, element, STEP_EXAMPLE);
    }

    /** Passes a number on for a step that has no options. */
    static int none(String element, @Nullable String inBrackets, int count) {
        options(element, inBrackets, RecipeParser.EXAMPLE);
        return count;
    }

    private static Map<String, String> options(
            String element, @Nullable String inBrackets, String example, String... known) {
        Map<String, String> options = new LinkedHashMap<>();
        if (inBrackets == null) {
            return options;
        }
        for (String option : inBrackets.split(",", -1)) {
            int equals = option.indexOf('=');
            if (equals < 1 || options.put(option.substring(0, equals), option.substring(equals + 1)) != null) {
                throw notUnderstood(element, example);
            }
        }
        for (String name : options.keySet()) {
            if (!Set.of(known).contains(name)) {
                throw new InputException("Option '" + name + "' of recipe part '" + element
                        + "' is unknown; write for example " + example + ".");
            }
        }
        return options;
    }

    private static int whole(Map<String, String> options, String name, int otherwise, String element, String example) {
        String digits = options.get(name);
        return digits == null ? otherwise : wholeNumber(digits, element, example);
    }

    private static double decimal(
            Map<String, String> options, String name, double otherwise, String element, String example) {
        String digits = options.get(name);
        return digits == null ? otherwise : decimal(digits, element, example);
    }

    static int wholeNumber(String digits, String element, String example) {
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

    static InputException notUnderstood(String element, String example) {
        return new InputException(
                "Recipe part '" + element + "' is not understood; write for example " + example + ".");
    }
}
