package org.bcdi.pipeline;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.bcdi.stack.RockingCurve;
import org.bcdi.task.InputException;

/** Scans that wait to be processed, two at most; a third waits at the door or is dropped, and that shows. */
final class Backlog {
    static final int ROOM = 2;

    private static final Logger LOG = LogManager.getLogger(Backlog.class);
    private static final String SUBJECT = "backlog";
    private static final long WAIT_MILLIS = 100;

    private final BlockingQueue<Task> tasks = new ArrayBlockingQueue<>(ROOM);
    private final boolean wait;
    private final Board board;
    private final JobBook jobs;

    Backlog(OverloadPolicy policy, ScanShape shape, Board board, JobBook jobs) {
        this.wait = policy == OverloadPolicy.WAIT && shape == ScanShape.ACQUISITION;
        this.board = board;
        this.jobs = jobs;
    }

    /** Writes down that a scan from the detector will come. */
    Task announce(TakenScan taken) {
        return Task.of(jobs.open(taken.name(), "detector"), taken);
    }

    /** Takes a scan that was announced; may wait for room. Acquire thread. */
    void add(Task task) {
        if (tasks.offer(task)) {
            return;
        }
        if (!wait) {
            drop(task);
            return;
        }
        LOG.warn("{} waits: {} scans before it are not processed yet.", task.scan(), ROOM);
        board.notice(n -> n.withTrouble(
                SUBJECT, "Processing is behind: " + task.scan() + " waits, and frames stay in the detector's buffer."));
        try {
            tasks.put(task);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            drop(task);
        } finally {
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
        return Optional.ofNullable(tasks.poll(WAIT_MILLIS, TimeUnit.MILLISECONDS));
    }

    /** The next scan if one waits. */
    Optional<Task> poll() {
        return Optional.ofNullable(tasks.poll());
    }

    /** Memory that the waiting scans take. */
    long bytes() {
        return tasks.stream().mapToLong(Task::bytes).sum();
    }

    /** Forgets all that wait. */
    void clear() {
        List<Task> forgotten = new ArrayList<>();
        tasks.drainTo(forgotten);
        forgotten.forEach(task -> jobs.change(task.id(), job -> job.withState("cancelled", "")));
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
