package org.bcdi.pipeline;

/** Shows on the board how far a scan is, and passes on that somebody cancelled it. Process thread. */
final class TaskMonitor implements StageMonitor {
    private final Task task;
    private final Board board;
    private final JobBook jobs;

    private Stage stage = Stage.IDLE;

    TaskMonitor(Task task, Board board, JobBook jobs) {
        this.task = task;
        this.board = board;
        this.jobs = jobs;
    }

    @Override
    public void progress(Stage now, double fraction) {
        long nanos = System.nanoTime();
        if (now != stage) {
            stage = now;
            jobs.change(task.id(), job -> job.withState(now.word(), ""));
            board.change(s -> s.withActivity(a -> a.withProcessing(new Work(task.id(), now, fraction, nanos))));
        } else {
            board.change(
                    s -> s.withActivity(a -> a.withProcessing(a.processing().at(now, fraction, nanos))));
        }
    }

    @Override
    public boolean cancelled() {
        return task.cancelled();
    }
}
