package org.bcdi.phase;

import java.util.ArrayList;
import java.util.List;
import org.bcdi.phase.Recipe.Plan;

/**
 * The iterations under one rule for the support.
 *
 * @param steps in order; none for an update at the end of a recipe
 * @param count of all iterations
 * @param last whether the recipe ends with them
 */
record Stretch(ShrinkWrap rule, List<Step.Iterations> steps, int count, boolean last) {
    /** The stretches of a plan in order. */
    static List<Stretch> of(Plan plan) {
        List<Step> parts = plan.steps().stream().flatMap(Step::parts).toList();
        List<Stretch> stretches = new ArrayList<>();
        List<Step.Iterations> steps = new ArrayList<>();
        ShrinkWrap rule = ShrinkWrap.DEFAULT;
        for (Step part : parts) {
            if (part instanceof Step.Iterations iterations) {
                steps.add(iterations);
            } else if (part instanceof Step.Wrap wrap) {
                add(stretches, rule, steps, false);
                rule = wrap.rule();
                steps.clear();
            }
        }
        if (steps.isEmpty()) {
            stretches.add(new Stretch(rule, List.of(), 0, true));
        }
        add(stretches, rule, steps, true);
        return stretches;
    }

    private static void add(List<Stretch> stretches, ShrinkWrap rule, List<Step.Iterations> steps, boolean last) {
        if (!steps.isEmpty()) {
            int count = steps.stream().mapToInt(Step.Iterations::count).sum();
            stretches.add(new Stretch(rule, List.copyOf(steps), count, last));
        }
    }

    /** Iterations from {@code done} of them to the next update, at least 1. */
    int toNextUpdate(int done) {
        return rule.every() == 0 ? Integer.MAX_VALUE : rule.every() - done % rule.every();
    }

    /** Whether the support is updated after {@code done} iterations: not after the very last, which nothing would follow. */
    boolean updatesAfter(int done) {
        return rule.every() > 0 && done % rule.every() == 0 && !(last && done == count);
    }
}
