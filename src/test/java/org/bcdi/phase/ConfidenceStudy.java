package org.bcdi.phase;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import org.bcdi.model.ExecutionProvider;
import org.bcdi.sim.SimulatedScan;
import org.bcdi.task.Monitor;

/**
 * Calibrates {@link Confidence}: phases simulated crystals from easy to hopeless, fits the logistic function to their signs, and
 * measures on crystals of another kind ({@link OtherCrystals}) how well it tells right (correlation above 0.9) from wrong. Seeded.
 *
 * <pre>
 * mvn -q test-compile dependency:copy-dependencies
 * java -cp 'target/test-classes:target/classes:target/dependency/*' org.bcdi.phase.ConfidenceStudy 120 80 48
 * </pre>
 *
 * Arguments: crystals to fit to, crystals to measure on, extent, and if wanted recipes and {@code model=NAME}.
 */
final class ConfidenceStudy {
    private static final double RIGHT = 0.9;
    private static final double MOST_TEXTURE = 0.3;
    private static final String RECIPE = "starts=3:HIO150/RAAR100/ER30/ML20";

    private ConfidenceStudy() {}

    private record Case(Signs signs, double correlation) {
        boolean right() {
            return correlation > RIGHT;
        }
    }

    public static void main(String[] args) {
        int extent = Integer.parseInt(args[2]);
        List<String> recipes = new ArrayList<>();
        String model = "none";
        for (String word : List.of(args).subList(3, args.length)) {
            if (word.startsWith("model=")) {
                model = word.substring("model=".length());
            } else {
                recipes.add(word);
            }
        }
        if (recipes.isEmpty()) {
            recipes.add(RECIPE);
        }
        try (PhaseRetriever retriever = Phasing.open(model, ExecutionProvider.CPU, 0)) {
            List<Case> fitted = cases(Integer.parseInt(args[0]), extent, false, recipes, retriever);
            List<Case> heldOut = cases(Integer.parseInt(args[1]), extent, true, recipes, retriever);
            report(fitted, heldOut);
        }
    }

    private static List<Case> cases(
            int count, int extent, boolean other, List<String> recipes, PhaseRetriever retriever) {
        List<Case> cases = new ArrayList<>();
        SplittableRandom random = new SplittableRandom(other ? 2 : 1);
        for (int i = 0; i < count; i++) {
            double strain = 6 * Math.PI * random.nextDouble();
            double photons = Math.pow(10, 5 + 3 * random.nextDouble());
            long seed = random.nextLong();
            SimulatedScan scan = other
                    ? OtherCrystals.cube(extent, seed, strain, photons)
                    : Crystals.cube(extent, seed, strain, photons);
            double texture = i % 2 == 0 ? 0 : MOST_TEXTURE * random.nextDouble();
            if (texture > 0) {
                scan = Crystals.textured(scan, texture, extent * (0.05 + 0.1 * random.nextDouble()), seed);
            }
            Reconstruction result = retriever.retrieve(
                    Crystals.problem(scan), Recipe.parse(recipes.get(i / 2 % recipes.size())), i, Monitor.NONE);
            Signs signs = signs(result);
            double correlation = Crystals.agreement(scan, result).correlation();
            cases.add(new Case(signs, correlation));
            System.out.printf(
                    Locale.ROOT,
                    "%s recipe %d texture %.2f strain %5.2f photons %.1e correlation %.3f agreement %.3f transfer %.3f misfit %.4f vortices %.5f unevenness %.4f confidence %.3f%n",
                    other ? "held" : "fit ",
                    i / 2 % recipes.size(),
                    texture,
                    strain,
                    photons,
                    correlation,
                    signs.agreement(),
                    signs.transfer(),
                    signs.freeMisfit(),
                    signs.vortices(),
                    signs.unevenness(),
                    result.metrics().confidence());
        }
        return cases;
    }

    private static Signs signs(Reconstruction result) {
        var signs = result.metrics().signs();
        return new Signs(
                signs.getOrDefault("agreement", Double.NaN),
                signs.getOrDefault("transfer", Double.NaN),
                signs.get("freeMisfit"),
                signs.get("vortices"),
                signs.get("unevenness"));
    }

    private static void report(List<Case> fitted, List<Case> heldOut) {
        double[] factors = LogisticFit.fit(
                fitted.stream().map(one -> Confidence.terms(one.signs())).toList(),
                fitted.stream().map(Case::right).toList());
        StringBuilder text = new StringBuilder();
        for (double factor : factors) {
            text.append(String.format(Locale.ROOT, "%.2f, ", factor));
        }
        System.out.printf(
                Locale.ROOT,
                "factors %s area under the curve %.3f fitted (%d of %d right), %.3f held out (%d of %d right)%n",
                text,
                area(factors, fitted),
                fitted.stream().filter(Case::right).count(),
                fitted.size(),
                area(factors, heldOut),
                heldOut.stream().filter(Case::right).count(),
                heldOut.size());
        for (double low = 0; low < 1; low += 0.25) {
            double from = low;
            List<Case> within = heldOut.stream()
                    .filter(one -> chance(factors, one) >= from && chance(factors, one) < from + 0.25)
                    .toList();
            System.out.printf(
                    Locale.ROOT,
                    "  held out, confidence %.2f to %.2f: %d of %d right%n",
                    low,
                    low + 0.25,
                    within.stream().filter(Case::right).count(),
                    within.size());
        }
    }

    private static double chance(double[] factors, Case one) {
        return Confidence.logistic(factors, Confidence.terms(one.signs()));
    }

    private static double area(double[] factors, List<Case> cases) {
        return LogisticFit.area(
                cases.stream().map(one -> chance(factors, one)).toList(),
                cases.stream().map(Case::right).toList());
    }
}
