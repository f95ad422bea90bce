package org.bcdi.pipeline;

import java.time.Clock;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.bcdi.detector.FrameSource;
import org.jspecify.annotations.Nullable;

/**
 * Follows a detector, processes each of its scans and tells how far everything is. Owns the threads acquire, process, store
 * and publish; every method may be called from any thread and returns at once.
 */
public final class OnlinePipeline implements AutoCloseable {
    private static final Logger LOG = LogManager.getLogger(OnlinePipeline.class);
    private static final long PUBLISH_MILLIS = 200;

    private final PipelineSettings settings;
    private final Board board;
    private final Backlog backlog;
    private final Storing storing;
    private final Processing processing;
    private final Reprocessing reprocessing;
    private final Optional<FrameSource> source;
    private final @Nullable Follower follower;
    private final Bell awake = new Bell();
    private final FollowerOrders orders;

    /** In the order of the data. */
    private final List<Role> roles = new ArrayList<>();

    /** The one of them that processes; null before they are started. */
    private volatile @Nullable Role processes;

    private volatile Wishes wishes;

    OnlinePipeline(
            PipelineSettings settings,
            Optional<FrameSource> source,
            Supplier<Processor> loader,
            Wishes wishes,
            ScanFiles files) {
        this.settings = settings;
        this.source = source;
        this.wishes = wishes;
        this.board = new Board(source.map(FrameSource::name).orElse(""));
        JobBook jobs = new JobBook(board);
        this.backlog = new Backlog(settings.overload(), settings.shape(), board, jobs);
        this.storing = new Storing(settings.resultDirectory().map(ResultFolder::new), files, board);
        this.processing = new Processing(settings.title(), loader, () -> this.wishes, board, jobs, backlog, storing);
        ScanMemory memory = new ScanMemory(settings.memoryBudgetBytes(), backlog, storing, board);
        StackSetup setup = new StackSetup(settings, () -> this.wishes.roi(), memory::held);
        Intake intake = new Intake(setup, board, backlog, memory::taking, Clock.system(ZoneId.systemDefault()));
        this.follower = source.map(detector -> new Follower(detector, settings.shape(), intake, board))
                .orElse(null);
        this.orders = new FollowerOrders(follower, awake);
        this.reprocessing = new Reprocessing(files, board, backlog, memory, () -> this.wishes.roi());
    }

    /**
     * Starts the threads; nothing is followed before {@link #start}. Takes over the source and
     * closes it.
     *
     * @param source empty to process files only
     * @param loader opens the processor, on the process thread; when it fails, {@link #reset} tries it again
     * @param wishes to begin with
     * @param listener hears of changes, on the publish thread, at most 5 times a second and always the latest
     */
    public static OnlinePipeline open(
            PipelineSettings settings,
            Optional<FrameSource> source,
            Supplier<Processor> loader,
            Wishes wishes,
            Consumer<Snapshot> listener) {
        ScanFiles files = new StoredFiles(settings);
        OnlinePipeline pipeline = new OnlinePipeline(settings, source, loader, wishes, files);
        pipeline.run(listener);
        return pipeline;
    }

    void run(Consumer<Snapshot> listener) {
        Bell never = new Bell();
        storing.check();
        Follower looks = follower;
        if (looks != null) {
            source.orElseThrow().onWakeUp(awake::ring);
            roles.add(Role.start("acquire", () -> looks.look(awake.await(settings.pollingMillis())), this::broken));
        }
        Role process = Role.start("process", processing::turn, this::broken);
        roles.add(process);
        processes = process;
        roles.add(Role.start("store", storing::turn, storing::owes, this::broken));
        roles.add(Role.start(
                "publish",
                () -> {
                    if (board.changed().await(PUBLISH_MILLIS)) {
                        listener.accept(board.latest());
                        never.await(PUBLISH_MILLIS);
                    }
                },
                this::broken));
    }

    /** How everything is; never waits. */
    public Snapshot snapshot() {
        return board.latest();
    }

    public Wishes wishes() {
        return wishes;
    }

    public void wish(UnaryOperator<Wishes> change) {
        synchronized (this) {
            wishes = change.apply(wishes);
        }
        republish();
    }

    /** Has the listener hear of the present state, as if something had changed. */
    public void republish() {
        board.changed().ring();
    }

    /** Follows the detector from now on. */
    public void start() {
        orders.follow(true);
    }

    /** Follows no more; a scan being taken ends with the frames that are in. */
    public void stop() {
        orders.follow(false);
    }

    /** Drops the work in hand: the scan being taken, those that wait, and the one being processed. */
    public void abort() {
        backlog.cancel(task -> true);
        // What is asked for before the follower obeys is not meant, only the scan that it may hand on until then
        orders.drop(() -> backlog.cancel(Task::fromDetector));
    }

    /** Shows a trouble that lasts, or ends it by an empty sentence. */
    public void trouble(String subject, String sentence) {
        board.notice(n -> n.withTrouble(subject, sentence));
    }

    /** Takes note that the user saw what went wrong. */
    public void reset() {
        board.notice(n -> n.withBroken("").withAlarm("").withNote(""));
        storing.check();
        processing.reload();
    }

    /**
     * Announces a scan; see {@link ScanPlan}.
     *
     * @throws org.bcdi.task.InputException when the description is not understood or nothing is followed
     */
    public void beginScan(String json) {
        orders.begin(ScanPlan.parse(json));
    }

    /**
     * Ends the scan that was announced.
     *
     * @throws org.bcdi.task.InputException when none was
     */
    public void endScan() {
        orders.end();
    }

    /**
     * Processes a file, or the last scan again.
     *
     * @param file to read, empty for the last scan
     * @return the job's id
     * @throws org.bcdi.task.InputException when there is no such file or scan, it cannot be read, or there is no room for it
     */
    public String reprocess(String file) {
        return reprocessing.begin(file);
    }

    /**
     * Has the published result written.
     *
     * @param file below the result directory, empty for one named after the scan
     * @return the file that will be written
     * @throws org.bcdi.task.InputException when that cannot be
     */
    public String save(String file) {
        return storing.save(file).toString();
    }

    /** Looks at everything that a scan will need, one line each. */
    public List<String> selfTest() {
        return SelfTest.report(settings, board.latest());
    }

    /**
     * Ends the threads. What is not filled yet is dropped, and the log tells; results that wait to be saved are written first,
     * however long that takes.
     */
    @Override
    public void close() {
        // In the order of the data, so that whatever one thread still hands on finds the next one
        for (Role role : roles) {
            dropUnfinished();
            if (role == processes && !processing.loaded()) {
                // Nobody is to wait for models that are of no use any more
                role.leave();
            } else {
                role.finish();
            }
        }
        storing.close();
        Work taking = board.latest().activity().taking();
        if (taking.active()) {
            LOG.warn("{} is dropped: it was still being taken.", taking.owner());
        }
        source.ifPresent(FrameSource::close);
        processing.close();
    }

    private void dropUnfinished() {
        for (Task task : backlog.cancel(task -> true)) {
            LOG.warn("{} is dropped: it still waited to be processed.", task.scan());
        }
    }

    private void broken(Throwable e) {
        LOG.error(
                "The thread {} met an error that it does not know.",
                Thread.currentThread().getName(),
                e);
        board.notice(n -> n.withBroken(
                "The thread " + Thread.currentThread().getName() + " met an error (" + e + "); see the log."));
    }
}
