package org.bcdi.pipeline;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;

/** Numbers the jobs and keeps the last of them on the board. */
final class JobBook {
    private static final int KEPT = 50;

    private final Board board;
    private final AtomicInteger last = new AtomicInteger();

    JobBook(Board board) {
        this.board = board;
    }

    /**
     * Writes a new job down.
     *
     * @param flaw of the scan, empty for none
     */
    String open(String scan, String source, String flaw) {
        String id = Integer.toString(last.incrementAndGet());
        Job job = new Job(id, scan, source, "queued", flaw, "");
        board.change(s -> s.withJobs(appended(s.jobs(), job)));
        return id;
    }

    void change(String id, UnaryOperator<Job> change) {
        board.change(s -> s.withJob(id, change));
    }

    private static List<Job> appended(List<Job> jobs, Job job) {
        List<Job> all = new ArrayList<>(jobs);
        all.add(job);
        return all.subList(Math.max(0, all.size() - KEPT), all.size());
    }
}
