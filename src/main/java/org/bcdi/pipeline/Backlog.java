package org.bcdi.pipeline;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.bcdi.stack.RockingCurve;
import org.bcdi.task.InputException;
import org.jspecify.annotations.Nullable;

/**
 * Scans that wait to be processed, two at most, and the one in hand. A third waits at the door, and no further one is fetched
 * meanwhile, or it is dropped; both show. The fields are guarded by this.
 */
final class Backlog {
    static final int ROOM = 2;

    private static final Logger LOG = LogManager.getLogger(Backlog.class);
    private static final String SUBJECT = "backlog";
    private static final long WAIT_MILLIS = 100;

    private final boolean wait;
    private final Board board;
    private final JobBook jobs;
    private final Bell filled = new Bell();

    /** Oldest first; whoever has no room is at the door. */
    private final Deque<Task> waiting = new ArrayDeque<>();

    private @Nullable Task inHand;

    /** Memory of the scan in hand, 0 from the moment on when it is the published one. */
    private long unpublishedBytes;

    Backlog(OverloadPolicy policy, ScanShape shape, Board board, JobBook jobs) {
        this.wait = policy == OverloadPolicy.WAIT && shape == ScanShape.ACQUISITION;
        this.board = board;
        this.jobs = jobs;
    }

    /** Writes down that a scan from the detector will come. */
    Task announce(TakenScan taken) {
        return Task.of(jobs.open(taken.name(), "detector", taken.flaw()), taken);
    }

    /** Takes a scan that was announced. Acquire thread. */
    synchronized void add(Task task) {
        if (waiting.size() >= (wait ? ROOM + 1 : ROOM)) {
            drop(task);
            return;
        }
        waiting.add(task);
        filled.ring();
        if (!isOpen()) {
            LOG.warn("{} waits: {} scans before it are not processed yet.", task.scan(), ROOM);
            board.notice(n -> n.withTrouble(
                    SUBJECT,
                    "Processing is behind: " + task.scan() + " waits, and frames stay in the detector's buffer."));
        }
    }

    /** Whether another scan may be fetched. */
    synchronized boolean isOpen() {
        return waiting.size() <= ROOM;
    }

    /**
     * Takes a scan from elsewhere.
     *
     * @param json what the beamline said of it
     * @param bytes that it will take
     * @return the job's id
     * @throws InputException when there is no room
     */
    synchronized String add(String scan, String source, String json, long bytes, Supplier<RockingCurve> curve) {
        if (waiting.size() >= ROOM) {
            throw new InputException(ROOM + " scans already wait to be processed; try again when one is done.");
        }
        String id = jobs.open(scan, source, "");
        waiting.add(Task.again(id, scan, json, bytes, curve));
        filled.ring();
        return id;
    }

    /** The next scan if one comes soon; it is in hand until it is {@link #done}. Process thread. */
    Optional<Task> next() throws InterruptedException {
        Optional<Task> task = poll();
        if (task.isEmpty() && filled.await(WAIT_MILLIS)) {
            return poll();
        }
        return task;
    }

    /** The next scan if one waits. */
    synchronized Optional<Task> poll() {
        boolean behind = !isOpen();
        inHand = waiting.poll();
        unpublishedBytes = inHand == null ? 0 : inHand.bytes();
        tell(behind);
        return Optional.ofNullable(inHand);
    }

    /** The scan in hand is the published one from now on. Process thread. */
    synchronized void published() {
        unpublishedBytes = 0;
    }

    /** Nothing is in hand any more. Process thread. */
    synchronized void done() {
        inHand = null;
        unpublishedBytes = 0;
    }

    /** Memory that the scans take which wait, and that in hand as long as it is not the published one. */
    synchronized long bytes() {
        return unpublishedBytes + waiting.stream().mapToLong(Task::bytes).sum();
    }

    /**
     * Forgets those that wait and are meant, and stops the one in hand at the next occasion if it is meant.
     *
     * @return those that waited
     */
    synchronized List<Task> cancel(Predicate<Task> meant) {
        boolean behind = !isOpen();
        List<Task> forgotten = waiting.stream().filter(meant).toList();
        waiting.removeAll(forgotten);
        forgotten.forEach(task -> jobs.change(task.id(), job -> job.withState("cancelled", "")));
        if (inHand != null && meant.test(inHand)) {
            inHand.cancel();
        }
        tell(behind);
        return forgotten;
    }

    /** Ends the trouble of whoever waited at the door when he is in. */
    private void tell(boolean wasBehind) {
        if (wasBehind && isOpen()) {
            board.notice(n -> n.withTrouble(SUBJECT, ""));
        }
    }

    private void drop(Task task) {
        String sentence = task.scan() + " was dropped: " + ROOM
                + " scans already wait to be processed; take scans more slowly or choose a quicker recipe.";
        LOG.error(sentence);
        jobs.change(task.id(), job -> job.withState("failed", sentence));
        board.change(s -> s.withCounters(s.counters().scanDropped())
                .withNotices(s.notices().withAlarm(sentence)));
    }
}
