package org.bcdi.pipeline;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.bcdi.detector.Acquisition;
import org.bcdi.detector.DetectorLostException;
import org.bcdi.detector.DetectorStatus;
import org.bcdi.detector.FrameSource;
import org.bcdi.task.BcdiException;
import org.jspecify.annotations.Nullable;

/** Looks at the detector, one look at a time, and does what was asked for between two looks. Acquire thread only. */
final class Follower {
    private static final Logger LOG = LogManager.getLogger(Follower.class);
    static final String SUBJECT = "detector";

    private final FrameSource source;
    private final ScanShape shape;
    private final Intake intake;
    private final Board board;
    private final Queue<Runnable> orders = new ConcurrentLinkedQueue<>();

    private Taker taker;
    private boolean following;

    /** What Start and Stop asked for last. */
    private volatile boolean wanted;

    private @Nullable Acquisition seen;

    Follower(FrameSource source, ScanShape shape, Intake intake, Board board) {
        this.source = source;
        this.shape = shape;
        this.intake = intake;
        this.board = board;
        this.taker = newTaker();
    }

    /** Has something done on the acquire thread before its next look. Any thread. */
    void order(Runnable order) {
        orders.add(order);
    }

    /** Follow or stop following, from the next look on. Any thread. */
    void wish(boolean follow) {
        wanted = follow;
    }

    /** Whether the detector is or soon will be followed. Any thread. */
    boolean wanted() {
        return wanted;
    }

    void begin(ScanPlan plan) {
        taker.begin(plan);
    }

    void end() {
        taker.end();
    }

    void drop() {
        taker.drop();
        board.change(s -> s.withTaking(Work.IDLE));
    }

    private boolean interrupted() {
        return !orders.isEmpty() || !wanted;
    }

    private Taker newTaker() {
        return shape == ScanShape.STEP
                ? new StepTaker(source, intake)
                : new AcquisitionTaker(source, intake, this::interrupted);
    }

    private void obey() {
        boolean follow = wanted;
        if (following && !follow) {
            taker.close("following was stopped");
            board.change(s -> s.withFollowing(false).withNotices(s.notices().withTrouble(SUBJECT, "")));
        } else if (!following && follow) {
            taker = newTaker();
        }
        following = follow;
        for (Runnable order = orders.poll(); order != null; order = orders.poll()) {
            order.run();
        }
    }

    /** @param woken whether the detector asked for it, rather than the timer */
    void look(boolean woken) {
        obey();
        if (!following) {
            return;
        }
        try {
            taker.look(sight(woken));
            if (!board.latest().notices().troubles().isEmpty()) {
                board.notice(n -> n.withTrouble(SUBJECT, ""));
            }
        } catch (DetectorLostException e) {
            LOG.debug("{} does not answer", source.name(), e);
            board.notice(n -> n.withTrouble(
                    SUBJECT,
                    source.name() + " does not answer (" + e.getMessage()
                            + ") Start it, or set DetectorDevice; it is looked for all the time."));
            taker.lost();
        } catch (BcdiException e) {
            LOG.warn("{}", e.getMessage(), e);
            taker.close(e.getMessage());
            taker.drop();
        }
        announce();
    }

    /** Told after the first look, not before: what the detector did until then is no scan of ours, and nobody should count on it. */
    private void announce() {
        if (!board.latest().following()) {
            board.change(s -> s.withFollowing(true));
        }
    }

    /** What the detector was prepared for and how far it is, read until both are of the same acquisition. */
    private Sight sight(boolean woken) {
        while (true) {
            DetectorStatus status = source.status();
            Acquisition acquisition = source.acquisition();
            if (acquisition.equals(seen)) {
                return new Sight(acquisition, status, woken);
            }
            seen = acquisition;
        }
    }
}
