package org.bcdi.phase;

import java.util.function.IntConsumer;
import org.bcdi.phase.Recipe.Plan;
import org.bcdi.volume.ComplexVolume;
import org.jspecify.annotations.Nullable;

/** Runs the iterations of a plan from one start. One thread. */
final class Solver {
    private final Measurement measurement;
    private final CountModel model;
    private final Projections projections;
    private final IntConsumer tick;
    /** Where the object may be now. */
    private Support support;
    /** What the support is to be drawn from. */
    private float[] latest;

    /** The likelihood under way; null when the object or the support has changed under it. */
    private @Nullable Likelihood likelihood;

    private int done;

    private Solver(PhasingEngine engine, Measurement measurement, Plan plan, Guess guess, IntConsumer tick) {
        this.measurement = measurement;
        this.model = new CountModel(measurement, plan.response());
        this.projections =
                engine.start(measurement, model, guess.object().data().clone());
        this.support = guess.support();
        this.latest = projections.object();
        this.tick = tick;
    }

    /** @param tick told the number of iterations after every few of them; may throw to end the work */
    static Solution solve(PhasingEngine engine, Measurement measurement, Plan plan, Guess guess, IntConsumer tick) {
        Solver solver = new Solver(engine, measurement, plan, guess, tick);
        Stretch.of(plan).forEach(solver::run);
        return solver.solution();
    }

    private Solution solution() {
        float[] object = latest.clone();
        support.clearOutside(object);
        return new Solution(new ComplexVolume(measurement.shape(), object), support, model.response());
    }

    private void run(Stretch stretch) {
        if (stretch.count() == 0) {
            wrap(stretch.rule(), 1);
            return;
        }
        int before = done;
        for (Step.Iterations step : stretch.steps()) {
            Support whole = support;
            boolean half = step instanceof Step.Detwin;
            support = half ? whole.half() : whole;
            for (int left = step.count(); left > 0; ) {
                int block = Math.min(
                        Math.min(left, projections.block()),
                        Math.min(stretch.toNextUpdate(done - before), model.toNextFit(done)));
                iterate(step, block);
                left -= block;
                done += block;
                tick.accept(block);
                // Half an object would be told to be blurred
                if (!half) {
                    fitModel();
                }
                if (!half && stretch.updatesAfter(done - before)) {
                    wrap(stretch.rule(), (double) (done - before) / stretch.count());
                }
            }
            support = half ? whole : support;
            settle();
        }
    }

    private void iterate(Step.Iterations step, int count) {
        if (step instanceof Step.Ml) {
            if (likelihood == null) {
                likelihood = new Likelihood(measurement, model, projections.object(), support);
            }
            for (int i = 0; i < count; i++) {
                likelihood.iterate();
            }
            latest = projections.object();
        } else {
            Mixing mixing = Mixing.of(step);
            projections.iterate(mixing, support, count);
            latest = mixing.gathers() ? projections.object() : projections.projected();
        }
    }

    /** Ends a likelihood by handing its object over. */
    private void settle() {
        if (likelihood != null) {
            likelihood.copyTo(projections.object());
            likelihood = null;
        }
    }

    private void fitModel() {
        if (model.fits(done)) {
            settle();
            float[] wave = latest.clone();
            support.clearOutside(wave);
            measurement.transform.forward(wave);
            model.fit(wave, done);
        }
    }

    /**
     * From the iterate where that gathers something outside the support, as in HIO: it lets a support grow that is too small. Else
     * from the projection, which is the better estimate of the object and has something outside even in error reduction.
     */
    private void wrap(ShrinkWrap rule, double fraction) {
        settle();
        Support next = Support.shrinkWrap(latest, support, rule, rule.sigma(fraction));
        if (next.count() > 0) {
            support = next;
        }
    }
}
