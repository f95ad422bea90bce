package org.bcdi.pipeline;

import com.fasterxml.jackson.databind.util.RawValue;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.bcdi.stack.RockingCurve;
import org.bcdi.task.BcdiException;
import org.bcdi.task.CancelledException;
import org.jspecify.annotations.Nullable;

/**
 * Processes one scan after the other and publishes what each stage gives: the filled volume before phasing begins, so that a
 * failed or cancelled phasing leaves it; the counts where filling fails. Process thread, except where noted.
 */
final class Processing {
    private static final Logger LOG = LogManager.getLogger(Processing.class);

    private static final String KEPT =
            " is kept and not processed, since autoProcess is off; call Reprocess to process it.";
    private static final String UNWISHED = " It is not saved, since autoSave is off; call Save.";
    private static final String NOWHERE = " It is not saved: set the property ResultDirectory.";
    private static final long WAIT_MILLIS = 100;
    private static final Object LOADING = new Object();

    private final String title;
    private final Bell never = new Bell();
    private final Supplier<Processor> loader;
    private final Supplier<Wishes> wishes;
    private final Board board;
    private final JobBook jobs;
    private final Backlog backlog;
    private final Storing storing;

    /** Null before models are loaded. Process thread; read by close. */
    private volatile @Nullable Processor processor;

    private boolean closed;

    /** The alarm of the scan that could not be processed or phased; process thread only. */
    private String failure = "";

    /** Whether loading should be tried. */
    private volatile boolean load = true;

    Processing(
            String title,
            Supplier<Processor> loader,
            Supplier<Wishes> wishes,
            Board board,
            JobBook jobs,
            Backlog backlog,
            Storing storing) {
        this.title = title;
        this.loader = loader;
        this.wishes = wishes;
        this.board = board;
        this.jobs = jobs;
        this.backlog = backlog;
        this.storing = storing;
    }

    /** Whether there are models to process with. Any thread. */
    boolean loaded() {
        return processor != null;
    }

    /** Tries again to load what could not be loaded. Any thread. */
    void reload() {
        load = true;
    }

    /** Loads the models once, then processes the next scan of the backlog if one comes soon. */
    void turn() throws InterruptedException {
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

    /** Frees the models, those that are still being loaded as soon as they are. Any thread. */
    synchronized void close() {
        closed = true;
        Processor loaded = processor;
        if (loaded != null) {
            loaded.close();
        }
    }

    /** Takes what was loaded into use, unless nobody wants it any more. */
    private synchronized void keep(Processor loaded) {
        if (closed) {
            loaded.close();
            throw new CancelledException();
        }
        processor = loaded;
    }

    private void load() {
        try {
            Processor loaded = opened();
            LOG.info("Ready: fill '{}' on the {}.", loaded.settings().fill(), loaded.provider());
            keep(loaded);
            show(loaded);
        } catch (CancelledException e) {
            LOG.info("The models were loaded too late.");
        } catch (BcdiException e) {
            LOG.error("{}", e.getMessage());
            LOG.debug("Loading", e);
            board.notice(n -> n.withBroken(e.getMessage()));
        } catch (RuntimeException | Error e) {
            LOG.error("The models could not be loaded.", e);
            board.notice(n -> n.withBroken("The models could not be loaded (" + e + ")."));
        }
    }

    /** One pipeline loads at a time: one that is closed while it loads and the next would take the memory twice. */
    private Processor opened() {
        synchronized (LOADING) {
            requireOpen();
            return loader.get();
        }
    }

    private synchronized void requireOpen() {
        if (closed) {
            throw new CancelledException();
        }
    }

    private void show(Processor loaded) {
        Engine engine = new Engine(loaded.settings().fill(), loaded.provider(), loaded.models());
        board.change(s -> s.withEngine(Optional.of(engine)));
    }

    private void process(Task task, Processor loaded) {
        try {
            work(task, loaded);
        } catch (CancelledException e) {
            LOG.warn("{} was cancelled before its gaps were filled and is dropped.", task.scan());
            end(task, Stage.IDLE, "");
        } catch (RuntimeException | Error e) {
            // There is not even a curve, so that nothing can be tried again
            fail(task, e, "");
        } finally {
            backlog.done();
        }
    }

    private void work(Task task, Processor loaded) {
        if (task.cancelled()) {
            throw new CancelledException();
        }
        Published taken = Published.taken(task.curve(), task.json());
        jobs.change(task.id(), job -> job.withScan(taken.curve().name()));
        if (task.fromDetector() && !wishes.get().process()) {
            publish(taken);
            end(task, Stage.DONE, task.scan() + KEPT);
            return;
        }
        StageMonitor monitor = new TaskMonitor(task, board, jobs);
        Optional<Published> filled = fill(task, taken, loaded, monitor);
        if (filled.isPresent()) {
            phase(task, filled.get(), loaded, monitor);
        }
    }

    /** Publishes the filled volume; nothing when that failed, and then the scan stays as it was taken. */
    private Optional<Published> fill(Task task, Published taken, Processor loaded, StageMonitor monitor) {
        try {
            ProcessedScan filled = told(loaded.inpaint(taken.curve(), monitor), task);
            // A network may have left the GPU for the CPU on the way
            show(loaded);
            double latency = task.fromDetector() ? Timings.since(task.availableNanos()) : 0;
            Published result = taken.with(filled, latency);
            publish(result);
            return Optional.of(result);
        } catch (CancelledException e) {
            throw e;
        } catch (RuntimeException | Error e) {
            keep(taken);
            fail(task, e, " Its counts stay in memory; call Reprocess to try again.");
            return Optional.empty();
        }
    }

    private void phase(Task task, Published filled, Processor loaded, StageMonitor monitor) {
        String name = filled.curve().name();
        Stage outcome = Stage.DONE;
        String sentence = "";
        ProcessedScan whole = filled.scan().orElseThrow();
        try {
            Wishes wished = wishes.get();
            whole = loaded.phase(whole, wished.effectiveRecipe(), wished.seed(), monitor);
            publish(filled.with(whole, filled.latencySeconds()));
        } catch (CancelledException e) {
            LOG.info("Phasing of {} was cancelled; its filled volume stays.", name);
            outcome = Stage.IDLE;
        } catch (RuntimeException | Error e) {
            boolean known = e instanceof BcdiException;
            outcome = Stage.FAILED;
            sentence = name + " could not be phased, its filled volume stays: " + (known ? e.getMessage() : e + ".");
            LOG.error(sentence, known ? null : e);
        }
        alarmed(sentence);
        if (wishes.get().save() && storing.possible()) {
            storing.store(new SaveOrder(task.id(), task.fromDetector(), whole, Optional.empty(), outcome, sentence));
        } else {
            finish(task.id(), task.fromDetector(), whole, outcome, sentence);
        }
    }

    /** What could not be filled is the last scan all the same, unless a result of it is shown, which is more. */
    private void keep(Published taken) {
        Optional<RockingCurve> shown = board.latest().published().map(Published::curve);
        if (!shown.equals(Optional.of(taken.curve()))) {
            publish(taken);
        }
    }

    private ProcessedScan told(ProcessedScan scan, Task task) {
        return scan.withCommand(title).withSettings(Map.of(History.SCAN, new RawValue(task.json())));
    }

    private void publish(Published result) {
        board.change(s -> s.withPublished(result));
        backlog.published();
    }

    /** Ends a job whose result is not saved. */
    private void finish(String job, boolean counts, ProcessedScan scan, Stage outcome, String sentence) {
        String note = Sentences.summary(scan) + (storing.possible() ? UNWISHED : NOWHERE);
        LOG.info("{}", note);
        board.change(s -> s.withActivity(a -> a.processed(job, outcome)).ended(job, counts, outcome, sentence, note));
    }

    /** Ends the alarm of the failure before, where one goes well or fails in its own way. */
    private void alarmed(String sentence) {
        String over = failure;
        failure = sentence;
        board.notice(n -> n.withoutAlarm(over));
    }

    private void fail(Task task, Throwable e, String next) {
        boolean known = e instanceof BcdiException;
        String why = known ? e.getMessage() : e + ". The log tells more.";
        String sentence = task.scan() + " could not be processed: " + why + next;
        LOG.error(sentence, known ? null : e);
        alarmed(sentence);
        board.change(s -> s.withActivity(a -> a.processed(task.id(), Stage.FAILED))
                .ended(task.id(), task.fromDetector(), Stage.FAILED, sentence, ""));
    }

    private void end(Task task, Stage outcome, String note) {
        board.change(s -> s.withActivity(a -> a.processed(task.id(), outcome))
                .ended(task.id(), task.fromDetector(), outcome, "", note));
    }
}
