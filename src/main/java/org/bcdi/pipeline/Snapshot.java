package org.bcdi.pipeline;

import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/**
 * The pipeline at one moment; immutable, so that any number of clients read it without waiting.
 *
 * @param source name of the detector that can be followed, empty for none
 * @param engine that processes scans, empty while it is loaded
 * @param following whether the detector is followed, and seen
 * @param taking the scan being taken, idle between scans
 * @param work on scans that were taken
 * @param published last finished result, empty before the first
 * @param live newest frame, empty before the first
 * @param jobs of the last hours, oldest first
 * @param lastFile that was saved, empty before the first
 */
public record Snapshot(
        String source,
        Optional<Engine> engine,
        Following following,
        Work taking,
        Work work,
        Counters counters,
        Notices notices,
        Optional<Published> published,
        Optional<LiveFrame> live,
        List<Job> jobs,
        String lastFile) {
    /** Before there is a pipeline. */
    public static final Snapshot NONE = of("");

    public Snapshot {
        jobs = List.copyOf(jobs);
    }

    static Snapshot of(String source) {
        return new Snapshot(
                source,
                Optional.empty(),
                Following.NOT,
                Work.IDLE,
                Work.IDLE,
                Counters.ZERO,
                Notices.NONE,
                Optional.empty(),
                Optional.empty(),
                List.of(),
                "");
    }

    public Stage stage() {
        return current().stage();
    }

    /** Of the stage, in percent. */
    public double progress() {
        return 100 * current().fraction();
    }

    /** Seconds until the stage is done, 0 when nobody knows. */
    public double eta() {
        return current().remainingSeconds(System.nanoTime());
    }

    public Condition condition() {
        if (!notices.broken().isEmpty()) {
            return Condition.BROKEN;
        }
        if (engine.isEmpty()) {
            return Condition.LOADING;
        }
        if (!notices.troubles().isEmpty()) {
            return Condition.WARNING;
        }
        if (current().active()) {
            return Condition.BUSY;
        }
        if (!notices.alarm().isEmpty()) {
            return Condition.WARNING;
        }
        return following == Following.WATCHING ? Condition.ARMED : Condition.STANDBY;
    }

    /** What is going on and what to do next, in sentences. */
    public String sentence() {
        if (!notices.broken().isEmpty()) {
            return notices.broken() + " Call Reset when the cause is gone.";
        }
        return List.of(
                        engine.isEmpty() ? "Loading the models; scans are taken meanwhile and wait." : "",
                        notices.troubles().values().stream().sorted().collect(Collectors.joining(" ")),
                        doing(),
                        notices.alarm(),
                        notices.note())
                .stream()
                .filter(part -> !part.isEmpty())
                .collect(Collectors.joining(" "));
    }

    private String doing() {
        String taken = taking.active()
                ? "Frame " + counters.received() + (counters.expected() > 0 ? " of " + counters.expected() : "")
                        + " is in."
                : "";
        if (work.active()) {
            return (work.stage() == Stage.SAVING
                            ? "Saving the result."
                            : "The last scan is in " + work.stage().word() + ".")
                    + (taken.isEmpty() ? "" : " " + taken);
        }
        if (!taken.isEmpty()) {
            return taken;
        }
        if (current().active()) {
            return "The last scan is about to be processed.";
        }
        return switch (following) {
            case WATCHING -> "Waiting for " + source + " to start.";
            case SEEKING -> "Looking for " + source + ".";
            case NOT ->
                source.isEmpty()
                        ? "No detector is followed: set the property DetectorDevice, or call Reprocess with a file."
                        : "Not following " + source + ": call Start.";
        };
    }

    /** A scan that waits for its turn is still being acquired, as far as anybody sees. */
    private Work current() {
        if (work.active()) {
            return work;
        }
        if (taking.active()) {
            return taking;
        }
        return jobs.stream()
                .filter(Job::queued)
                .findFirst()
                .map(job -> new Work(job.id(), Stage.ACQUIRING, 1, 0))
                .orElse(work);
    }

    Snapshot withEngine(Optional<Engine> now) {
        return new Snapshot(source, now, following, taking, work, counters, notices, published, live, jobs, lastFile);
    }

    Snapshot withFollowing(Following now) {
        return new Snapshot(source, engine, now, taking, work, counters, notices, published, live, jobs, lastFile);
    }

    Snapshot withTaking(Work now) {
        return new Snapshot(source, engine, following, now, work, counters, notices, published, live, jobs, lastFile);
    }

    Snapshot withWork(Work now) {
        return new Snapshot(source, engine, following, taking, now, counters, notices, published, live, jobs, lastFile);
    }

    Snapshot withCounters(Counters now) {
        return new Snapshot(source, engine, following, taking, work, now, notices, published, live, jobs, lastFile);
    }

    Snapshot withNotices(Notices now) {
        return new Snapshot(source, engine, following, taking, work, counters, now, published, live, jobs, lastFile);
    }

    Snapshot withPublished(Published now) {
        return new Snapshot(
                source, engine, following, taking, work, counters, notices, Optional.of(now), live, jobs, lastFile);
    }

    Snapshot withLive(LiveFrame now) {
        return new Snapshot(
                source,
                engine,
                following,
                taking,
                work,
                counters,
                notices,
                published,
                Optional.of(now),
                jobs,
                lastFile);
    }

    Snapshot withJobs(List<Job> now) {
        return new Snapshot(source, engine, following, taking, work, counters, notices, published, live, now, lastFile);
    }

    Snapshot withLastFile(String now) {
        return new Snapshot(source, engine, following, taking, work, counters, notices, published, live, jobs, now);
    }

    /** A job is being saved; what another job does matters more. */
    Snapshot saving(String job, long nanos) {
        boolean busy = work.active() && !work.owner().equals(job);
        Work now = busy ? work : new Work(job, Stage.SAVING, 0, nanos);
        return withWork(now).withJob(job, j -> j.withState(Stage.SAVING.word(), ""));
    }

    /** A job's result is in this file. */
    Snapshot saved(String job, String file) {
        return withJob(job, j -> j.withFile(file)).withLastFile(file);
    }

    /**
     * A job is over.
     *
     * @param counts whether it was a scan from the detector
     * @param outcome done, failed, or idle for cancelled
     * @param sentence why it is not done, else empty
     * @param note of what was reached, empty to keep the last one
     */
    Snapshot ended(String job, boolean counts, Stage outcome, String sentence, String note) {
        Notices told = notices.withFurtherAlarm(sentence);
        String state = outcome == Stage.IDLE ? "cancelled" : outcome.word();
        boolean busy = work.active() && !work.owner().equals(job);
        return withWork(busy ? work : Work.ended(job, outcome))
                .withCounters(counts ? counters.scanEnded() : counters)
                .withNotices(note.isEmpty() ? told : told.withNote(note))
                .withJob(job, j -> j.withState(state, sentence));
    }

    Snapshot withJob(String id, UnaryOperator<Job> change) {
        return withJobs(jobs.stream()
                .map(job -> job.id().equals(id) ? change.apply(job) : job)
                .toList());
    }
}
