package org.bcdi.phase;

import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.bcdi.phase.Recipe.Plan;
import org.bcdi.task.BcdiException;
import org.bcdi.task.CancelledException;
import org.bcdi.task.Monitor;

/** What the recipe {@code auto} runs. */
final class AutoRecipe {
    /** From random phases, where there is no network. */
    static final Plan RANDOM = (Plan) Recipe.parse("starts=5,mean=3:NOISE[trust=0.2]/HIO150/RAAR100/ER30/ML20");

    /**
     * Where there is a network. Its starts err together, so two of three are random; the free log-likelihood tells.
     */
    static final Plan NETWORK = (Plan) Recipe.parse("starts=9,mean=5:MIX/NOISE[trust=0.2]/HIO150/RAAR100/ER30/ML20");

    /**
     * After a result that is more likely wrong than right: with a limit on the density, which finds strongly strained crystals
     * that the other does not.
     */
    static final Plan SECOND_TRY = (Plan) Recipe.parse("starts=9,mean=5:MIX/NOISE[trust=0.2]/HIO70/"
            + "SW[threshold=0.2,sigma=1.3:0.6]/HIO80[density=1.3]/RAAR100[density=1.3]/ER30[density=1.3]/ML20");

    /** Part of the progress that the first try takes: the second is seldom, and progress may not fall. */
    private static final double FIRST = 0.95;

    private static final Logger LOG = LogManager.getLogger(AutoRecipe.class);

    private AutoRecipe() {}

    /** Runs one plan on the scan in hand. */
    interface Run {
        Reconstruction of(Plan plan, Monitor monitor);
    }

    /**
     * Phases, with a network once more where the first result is doubtful, and keeps what has the higher confidence. It is then
     * told with the mean of both: under a limit on the density a wrong object looks right more often, and a crystal that one
     * recipe fails at is a hard one.
     *
     * @param network whether there is one
     */
    static Reconstruction run(boolean network, Run run, Monitor monitor) {
        if (!network) {
            return run.of(RANDOM, monitor);
        }
        Reconstruction first = run.of(NETWORK, monitor.part(0, FIRST));
        if (!first.metrics().doubtful()) {
            monitor.advance(1);
            return first;
        }
        double confidence = first.metrics().confidence();
        LOG.info("The confidence is only {}: tried again by {}.", confidence, SECOND_TRY.text());
        Reconstruction second;
        try {
            second = run.of(SECOND_TRY, monitor.part(FIRST, 1));
        } catch (CancelledException e) {
            throw e;
        } catch (BcdiException e) {
            LOG.warn("The second try failed, the first result stays: {}", e.getMessage());
            monitor.advance(1);
            return first;
        }
        double again = second.metrics().confidence();
        return again > confidence ? second.withConfidence((confidence + again) / 2) : first;
    }
}
