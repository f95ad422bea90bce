package org.bcdi.pipeline;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.apache.logging.log4j.Level;
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

    /** Looks in a row that may fail before the scan being taken is given up: five seconds at the usual polling. */
    static final int TOLERATED = 100;

    /** Looks in a row that may not reach the detector before a scan that EndScan ended is given up: half a second, or the timeouts of so many. */
    static final int PATIENCE = 10;

    private final FrameSource source;
    private final ScanShape shape;
    private final Intake intake;
    private final Board board;
    private final Queue<Runnable> orders = new ConcurrentLinkedQueue<>();

    private Taker taker;
    private boolean following;

    /** Looks in a row that did not reach the detector. */
    private int lost;

    /** Looks in a row at which the detector answered something that is no use. */
    private int failures;

    /** Whether EndScan was obeyed and the look that it promises is still to come. */
    private boolean lookDue;

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

    /** Follow or stop following, in its turn among the orders: what came before it is obeyed before it. Any thread. */
    synchronized void wish(boolean follow) {
        wanted = follow;
        order(() -> follow(follow));
    }

    /** Whether the detector is or soon will be followed. Any thread. */
    boolean wanted() {
        return wanted;
    }

    void begin(ScanPlan plan) {
        if (following) {
            taker.begin(plan);
        }
    }

    void end() {
        if (following) {
            taker.end();
            lookDue = true;
        }
    }

    void drop() {
        taker.drop();
        board.change(s -> s.withTaking(Work.IDLE));
    }

    private boolean interrupted() {
        return !lookDue && !orders.isEmpty();
    }

    private Taker newTaker() {
        return shape == ScanShape.STEP
                ? new StepTaker(source, intake)
                : new AcquisitionTaker(source, intake, () -> !orders.isEmpty(), () -> sight(true));
    }

    private void follow(boolean follow) {
        if (following && !follow) {
            taker.close("following was stopped");
            board.change(
                    s -> s.withFollowing(Following.NOT).withNotices(s.notices().withTrouble(SUBJECT, "")));
        } else if (!following && follow) {
            taker = newTaker();
            lost = 0;
            board.change(s -> s.withFollowing(Following.SEEKING));
        }
        following = follow;
    }

    /** Obeys what was ordered, up to an EndScan: the look that it promises comes before anything else is done. */
    private void obey() {
        while (!lookDue && !orders.isEmpty()) {
            orders.remove().run();
        }
    }

    /** @param woken whether the detector or somebody else asked for it, rather than the timer */
    void look(boolean woken) {
        turn(woken);
        while (!orders.isEmpty()) {
            turn(true);
        }
    }

    private void turn(boolean woken) {
        obey();
        if (following) {
            see(woken);
        }
        lookDue = false;
    }

    private void see(boolean woken) {
        try {
            Sight sight = sight(woken);
            while (interrupted()) {
                // It may show a scan that was announced after the orders before it were obeyed
                obey();
                if (!following) {
                    return;
                }
                sight = sight(true);
            }
            taker.look(sight);
            lost = 0;
            failures = 0;
            watching();
        } catch (DetectorLostException e) {
            lost++;
            // Detectors are switched off for days: no warning
            seeking(Level.INFO, e.getMessage() + " It is looked for all the time.");
            if (lost >= PATIENCE) {
                taker.lost();
            }
        } catch (BcdiException e) {
            seeking(Level.WARN, e.getMessage());
            failures++;
            if (failures == TOLERATED) {
                taker.close(e.getMessage());
            }
        }
    }

    /** Told after a look that saw the detector, not before: nobody should count on being seen until then. */
    private void watching() {
        Snapshot told = board.latest();
        if (told.following() != Following.WATCHING || told.notices().troubles().containsKey(SUBJECT)) {
            board.change(s ->
                    s.withFollowing(Following.WATCHING).withNotices(s.notices().withTrouble(SUBJECT, "")));
        }
    }

    private void seeking(Level level, String trouble) {
        if (!trouble.equals(board.latest().notices().troubles().get(SUBJECT))) {
            LOG.log(level, trouble);
            board.change(s ->
                    s.withFollowing(Following.SEEKING).withNotices(s.notices().withTrouble(SUBJECT, trouble)));
        }
    }

    private Sight.Occasion occasion(boolean woken) {
        // A look that failed may have been the one that was asked for
        boolean asked = woken || failures > 0;
        return lost > 0 ? Sight.Occasion.FOUND : asked ? Sight.Occasion.WAKE_UP : Sight.Occasion.TIMER;
    }

    /** What the detector was prepared for and how far it is, read until both are of the same acquisition. */
    private Sight sight(boolean woken) {
        while (true) {
            DetectorStatus status = source.status();
            Acquisition acquisition = source.acquisition();
            if (acquisition.equals(seen)) {
                return new Sight(acquisition, status, occasion(woken));
            }
            seen = acquisition;
        }
    }
}
