package org.bcdi.pipeline;

import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.bcdi.stack.RockingCurve;
import org.bcdi.task.InputException;
import org.jspecify.annotations.Nullable;

/**
 * Scans that wait to be processed, two at most. A third waits at the door, and no further one is fetched meanwhile, or it is
 * dropped; both show.
 */
final class Backlog {
    static final int ROOM = 2;

    private static final Logger LOG = LogManager.getLogger(Backlog.class);
    private static final String SUBJECT = "backlog";
    private static final long WAIT_MILLIS = 100;

    private final BlockingQueue<Task> tasks = new ArrayBlockingQueue<>(ROOM);
    private final boolean wait;
    private final Board board;
    private final JobBook jobs;

    /** Guarded by this. */
    private @Nullable Task atTheDoor;

    Backlog(OverloadPolicy policy, ScanShape shape, Board board, JobBook jobs) {
        this.wait = policy == OverloadPolicy.WAIT && shape == ScanShape.ACQUISITION;
        this.board = board;
        this.jobs = jobs;
    }

    /** Writes down that a scan from the detector will come. */
    Task announce(TakenScan taken) {
        return Task.of(jobs.open(taken.name(), "detector"), taken);
    }

    /** Takes a scan that was announced. Acquire thread. */
    synchronized void add(Task task) {
        if (tasks.offer(task)) {
            return;
        }
        if (!wait || atTheDoor != null) {
            drop(task);
            return;
        }
        atTheDoor = task;
        LOG.warn("{} waits: {} scans before it are not processed yet.", task.scan(), ROOM);
        board.notice(n -> n.withTrouble(
                SUBJECT, "Processing is behind: " + task.scan() + " waits, and frames stay in the detector's buffer."));
    }

    /** Whether another scan may be fetched. */
    synchronized boolean isOpen() {
        return atTheDoor == null;
    }

    /** Lets in who waits at the door when there is room. */
    private synchronized void admit() {
        if (atTheDoor != null && tasks.offer(atTheDoor)) {
            atTheDoor = null;
            board.notice(n -> n.withTrouble(SUBJECT, ""));
        }
    }

    /**
     * Takes a scan from elsewhere.
     *
     * @param json what the beamline said of it
     * @param bytes that it will take
     * @return the job's id
     * @throws InputException when there is no room
     */
    String add(String scan, String source, String json, long bytes, Supplier<RockingCurve> curve) {
        if (tasks.remainingCapacity() == 0) {
            throw new InputException(ROOM + " scans already wait to be processed; try again when one is done.");
        }
        String id = jobs.open(scan, source);
        Task task = Task.again(id, scan, json, bytes, curve);
        if (!tasks.offer(task)) {
            jobs.change(id, job -> job.withState("cancelled", "No room."));
            throw new InputException(ROOM + " scans already wait to be processed; try again when one is done.");
        }
        return id;
    }

    /** The next scan if one comes soon. Process thread. */
    Optional<Task> next() throws InterruptedException {
        Optional<Task> task = Optional.ofNullable(tasks.poll(WAIT_MILLIS, TimeUnit.MILLISECONDS));
        admit();
        return task;
    }

    /** The next scan if one waits. */
    Optional<Task> poll() {
        return poll(task -> true);
    }

    private Optional<Task> poll(Predicate<Task> meant) {
        Optional<Task> polled = Optional.empty();
        for (Task task : tasks) {
            if (polled.isEmpty() && meant.test(task) && tasks.remove(task)) {
                polled = Optional.of(task);
            }
        }
        admit();
        return polled;
    }

    /** Memory that the waiting scans take. */
    synchronized long bytes() {
        long door = atTheDoor == null ? 0 : atTheDoor.bytes();
        return door + tasks.stream().mapToLong(Task::bytes).sum();
    }

    /** Forgets those that wait and are meant. */
    void clear(Predicate<Task> meant) {
        for (Optional<Task> task = poll(meant); task.isPresent(); task = poll(meant)) {
            String id = task.get().id();
            jobs.change(id, job -> job.withState("cancelled", ""));
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
