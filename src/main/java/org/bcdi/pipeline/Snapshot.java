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
 * @param activity what is being done, or was done last
 * @param published last finished result, empty before the first
 * @param live newest frame, empty before the first
 * @param jobs of the last hours, oldest first
 * @param lastFile that was saved, empty before the first
 */
public record Snapshot(
        String source,
        Optional<Engine> engine,
        Following following,
        Activity activity,
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
                Activity.NONE,
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
        String taken = activity.taking().active()
                ? "Frame " + counters.received() + (counters.expected() > 0 ? " of " + counters.expected() : "")
                        + " is in."
                : "";
        String more = taken.isEmpty() ? "" : " " + taken;
        if (activity.processing().active()) {
            return "The last scan is in " + activity.processing().stage().word() + "." + more;
        }
        if (activity.saving().active()) {
            return "Saving the result." + more;
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
        Work foremost = activity.foremost();
        Optional<Job> next = jobs.stream().filter(Job::queued).findFirst();
        return foremost.active() || next.isEmpty()
                ? foremost
                : new Work(next.get().id(), Stage.ACQUIRING, 1, 0);
    }

    Snapshot withEngine(Optional<Engine> now) {
        return new Snapshot(source, now, following, activity, counters, notices, published, live, jobs, lastFile);
    }

    Snapshot withFollowing(Following now) {
        return new Snapshot(source, engine, now, activity, counters, notices, published, live, jobs, lastFile);
    }

    Snapshot withActivity(UnaryOperator<Activity> change) {
        Activity now = change.apply(activity);
        return new Snapshot(source, engine, following, now, counters, notices, published, live, jobs, lastFile);
    }

    Snapshot withTaking(Work now) {
        return withActivity(a -> a.withTaking(now));
    }

    Snapshot withCounters(Counters now) {
        return new Snapshot(source, engine, following, activity, now, notices, published, live, jobs, lastFile);
    }

    Snapshot withNotices(Notices now) {
        return new Snapshot(source, engine, following, activity, counters, now, published, live, jobs, lastFile);
    }

    Snapshot withPublished(Published now) {
        return new Snapshot(
                source, engine, following, activity, counters, notices, Optional.of(now), live, jobs, lastFile);
    }

    Snapshot withLive(LiveFrame now) {
        return new Snapshot(
                source, engine, following, activity, counters, notices, published, Optional.of(now), jobs, lastFile);
    }

    Snapshot withJobs(List<Job> now) {
        return new Snapshot(source, engine, following, activity, counters, notices, published, live, now, lastFile);
    }

    Snapshot withLastFile(String now) {
        return new Snapshot(source, engine, following, activity, counters, notices, published, live, jobs, now);
    }

    /** A job's result waits to be saved or is being saved. */
    Snapshot saving(String job, UnaryOperator<Activity> change) {
        return withActivity(change).withJob(job, j -> j.withState(Stage.SAVING.word(), ""));
    }

    /** A job's result is in this file. */
    Snapshot saved(String job, String file) {
        return withActivity(a -> a.saved(job, Stage.DONE))
                .withJob(job, j -> j.withFile(file))
                .withLastFile(file);
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
        return withCounters(counts ? counters.scanEnded() : counters)
                .withNotices(note.isEmpty() ? told : told.withNote(note))
                .withJob(job, j -> j.withState(state, sentence));
    }

    /** Whether a job is not over. */
    boolean isInWork(String id) {
        return jobs.stream().anyMatch(job -> job.id().equals(id) && !job.ended());
    }

    Snapshot withJob(String id, UnaryOperator<Job> change) {
        return withJobs(jobs.stream()
                .map(job -> job.id().equals(id) ? change.apply(job) : job)
                .toList());
    }
}
