package org.bcdi.phase;

import java.util.Arrays;
import org.bcdi.phase.Recipe.Plan;
import org.bcdi.volume.ComplexVolume;
import org.bcdi.volume.Shape3;
import org.jspecify.annotations.Nullable;

/** Runs the iterations of a plan from one start. One thread. */
final class Solver {
    private final Measurement measurement;
    private final Plan plan;
    private final Projections projections;
    private final Runnable tick;
    private Support support;
    /** The likelihood under way; null when the object or the support has changed under it. */
    private @Nullable Likelihood likelihood;

    private int done;

    /** @param tick called after every iteration; may throw to end the work */
    private Solver(Measurement measurement, Plan plan, Guess guess, Runnable tick) {
        this.measurement = measurement;
        this.plan = plan;
        this.projections = new Projections(measurement, guess.object().data().clone());
        this.support = guess.support();
        this.tick = tick;
    }

    static Solution solve(Measurement measurement, Plan plan, Guess guess, Runnable tick) {
        return new Solver(measurement, plan, guess, tick).run();
    }

    private Solution run() {
        for (Step.Iterations step : plan.iterations()) {
            for (int i = 0; i < step.count(); i++) {
                iterate(step);
                done++;
                tick.run();
            }
            settle();
        }
        float[] object = projections.object();
        clear(object, support.inside());
        return new Solution(new ComplexVolume(measurement.shape(), object), support);
    }

    private void iterate(Step.Iterations step) {
        boolean update =
                plan.support().every() > 0 && (done + 1) % plan.support().every() == 0;
        if (step instanceof Step.Ml) {
            if (likelihood == null) {
                likelihood = new Likelihood(measurement, projections.object(), support);
            }
            likelihood.iterate();
            if (update) {
                likelihood.copyTo(projections.object());
                likelihood = null;
                wrap(projections.object());
            }
            return;
        }
        projections.project();
        if (update) {
            wrap(projections.projected());
        }
        if (step instanceof Step.Hio hio) {
            projections.hybridInputOutput(support, hio.beta());
        } else if (step instanceof Step.Raar raar) {
            projections.relaxedReflections(support, raar.beta());
        } else {
            projections.errorReduction(support);
        }
    }

    /** Ends a likelihood step by handing its object over. */
    private void settle() {
        if (likelihood != null) {
            likelihood.copyTo(projections.object());
            likelihood = null;
        }
    }

    private void wrap(float[] object) {
        ShrinkWrap rule = plan.support();
        Shape3 shape = measurement.shape();
        Support next = Support.shrinkWrap(shape, object, rule.sigma((double) done / plan.count()), rule.threshold());
        if (next.count() > 0) {
            support = next;
        }
    }

    private static void clear(float[] object, byte[] inside) {
        for (int i = 0; i < inside.length; i++) {
            if (inside[i] == 0) {
                Arrays.fill(object, 2 * i, 2 * i + 2, 0);
            }
        }
    }
}
