package org.bcdi.pipeline;

import com.fasterxml.jackson.databind.util.RawValue;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.bcdi.stack.BraggPeak;
import org.bcdi.stack.RockingCurve;
import org.bcdi.task.BcdiException;
import org.bcdi.task.CancelledException;
import org.jspecify.annotations.Nullable;

/**
 * Processes one scan after the other and publishes what each stage gives: the filled volume before phasing begins, so that a
 * failed or cancelled phasing leaves it. Process thread, except where noted.
 */
final class Processing {
    private static final Logger LOG = LogManager.getLogger(Processing.class);

    private static final long WAIT_MILLIS = 100;

    private final String title;
    private final Bell never = new Bell();
    private final Supplier<Processor> loader;
    private final Supplier<Wishes> wishes;
    private final Board board;
    private final JobBook jobs;
    private final Storing storing;

    /** The scan in hand, for whoever wants to cancel it. */
    private volatile @Nullable Task current;

    /** Memory of the scan in hand, 0 from the moment on when it is the published one. */
    private volatile long unpublishedBytes;

    /** Null before models are loaded. Process thread; read by close after its end. */
    private volatile @Nullable Processor processor;

    /** Whether loading should be tried. */
    private volatile boolean load = true;

    Processing(
            String title,
            Supplier<Processor> loader,
            Supplier<Wishes> wishes,
            Board board,
            JobBook jobs,
            Storing storing) {
        this.title = title;
        this.loader = loader;
        this.wishes = wishes;
        this.board = board;
        this.jobs = jobs;
        this.storing = storing;
    }

    /** Stops the scan in hand at the next occasion. Any thread. */
    void cancel() {
        Task task = current;
        if (task != null) {
            task.cancel();
        }
    }

    /** Memory that the scan in hand and the published result take. Any thread. */
    long bytes() {
        return unpublishedBytes
                + board.latest().published().map(Published::bytes).orElse(0L);
    }

    /** Tries again to load what could not be loaded. Any thread. */
    void reload() {
        load = true;
    }

    /** Loads the models once, then processes the next scan of the backlog if one comes soon. */
    void turn(Backlog backlog) throws InterruptedException {
        Processor loaded = processor;
        if (loaded != null) {
            Optional<Task> task = backlog.next();
            if (task.isPresent()) {
                process(task.get(), loaded);
            }
        } else if (load) {
            load = false;
            load();
        } else {
            never.await(WAIT_MILLIS);
        }
    }

    /** Frees the models; after the process thread ended. */
    void close() {
        Processor loaded = processor;
        if (loaded != null) {
            loaded.close();
        }
    }

    private void load() {
        try {
            Processor loaded = loader.get();
            Engine engine = new Engine(loaded.settings().fill(), loaded.provider(), loaded.models());
            LOG.info("Ready: fill '{}' on the {}.", engine.fill(), engine.provider());
            processor = loaded;
            board.change(s -> s.withEngine(Optional.of(engine)));
        } catch (BcdiException e) {
            LOG.error("{}", e.getMessage());
            LOG.debug("Loading", e);
            board.notice(n -> n.withBroken(e.getMessage()));
        } catch (RuntimeException | LinkageError e) {
            LOG.error("The models could not be loaded.", e);
            board.notice(n -> n.withBroken("The models could not be loaded (" + e + ")."));
        }
    }

    private void process(Task task, Processor loaded) {
        current = task;
        unpublishedBytes = task.bytes();
        try {
            work(task, loaded);
        } catch (CancelledException e) {
            LOG.warn("{} was cancelled before its gaps were filled and is dropped.", task.scan());
            end(task, Stage.IDLE, "");
        } catch (BcdiException e) {
            LOG.error("{} could not be processed: {}", task.scan(), e.getMessage());
            LOG.debug("Processing", e);
            fail(task, task.scan() + " could not be processed: " + e.getMessage());
        } catch (RuntimeException | OutOfMemoryError e) {
            LOG.error("{} could not be processed.", task.scan(), e);
            fail(
                    task,
                    task.scan() + " could not be processed: " + e
                            + ". The log tells more; call Reprocess to try again.");
        } finally {
            unpublishedBytes = 0;
            current = null;
        }
    }

    private void work(Task task, Processor loaded) {
        if (task.cancelled()) {
            throw new CancelledException();
        }
        RockingCurve curve = task.curve();
        jobs.change(task.id(), job -> job.withScan(curve.name()));
        BraggPeak peak = BraggPeak.find(curve.counts(), curve.mask());
        if (task.fromDetector() && !wishes.get().process()) {
            publish(new Published(curve, peak, Optional.empty(), 0));
            end(task, Stage.DONE, "");
            return;
        }
        StageMonitor monitor = monitor(task);
        ProcessedScan filled = told(loaded.inpaint(curve, monitor), task);
        double latency = task.fromDetector() ? Timings.since(task.availableNanos()) : 0;
        publish(new Published(curve, peak, Optional.of(filled), latency));
        Stage outcome = Stage.DONE;
        String sentence = "";
        ProcessedScan whole = filled;
        try {
            Wishes wished = wishes.get();
            whole = loaded.phase(filled, wished.effectiveRecipe(), wished.seed(), monitor);
            publish(new Published(curve, peak, Optional.of(whole), latency));
        } catch (CancelledException e) {
            LOG.info("Phasing of {} was cancelled; its filled volume stays.", curve.name());
            outcome = Stage.IDLE;
        } catch (RuntimeException | OutOfMemoryError e) {
            boolean known = e instanceof BcdiException;
            outcome = Stage.FAILED;
            sentence = curve.name() + " could not be phased, its filled volume stays: "
                    + (known ? e.getMessage() : e + ".");
            LOG.error(sentence, known ? null : e);
        }
        if (wishes.get().save() && storing.possible()) {
            storing.store(new SaveOrder(task.id(), task.fromDetector(), whole, Optional.empty(), outcome, sentence));
        } else {
            finish(task.id(), task.fromDetector(), whole, outcome, sentence);
        }
    }

    private ProcessedScan told(ProcessedScan scan, Task task) {
        return scan.withCommand(title).withSettings(Map.of("scan", new RawValue(task.json())));
    }

    private void publish(Published result) {
        board.change(s -> s.withPublished(result));
        unpublishedBytes = 0;
    }

    private void finish(String job, boolean counts, ProcessedScan scan, Stage outcome, String sentence) {
        LOG.info("{}", Sentences.summary(scan));
        board.change(s -> s.ended(job, counts, outcome, sentence, Sentences.summary(scan)));
    }

    private void fail(Task task, String sentence) {
        board.change(s -> s.ended(task.id(), task.fromDetector(), Stage.FAILED, sentence, ""));
    }

    private void end(Task task, Stage outcome, String note) {
        board.change(s -> s.ended(task.id(), task.fromDetector(), outcome, "", note));
    }

    private StageMonitor monitor(Task task) {
        return new StageMonitor() {
            private Stage stage = Stage.IDLE;

            @Override
            public void progress(Stage now, double fraction) {
                long nanos = System.nanoTime();
                if (now != stage) {
                    stage = now;
                    jobs.change(task.id(), job -> job.withState(now.word(), ""));
                    board.change(s -> s.withWork(new Work(task.id(), now, fraction, nanos)));
                } else {
                    board.change(s -> s.withWork(s.work().at(now, fraction, nanos)));
                }
            }

            @Override
            public boolean cancelled() {
                return task.cancelled();
            }
        };
    }
}
