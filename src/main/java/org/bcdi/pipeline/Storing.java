package org.bcdi.pipeline;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.bcdi.store.NameTakenException;
import org.bcdi.task.BcdiException;
import org.bcdi.task.InputException;

/** Writes results, one after the other; one may wait. What cannot be written stays published and can be saved again. */
final class Storing {
    private static final Logger LOG = LogManager.getLogger(Storing.class);
    private static final String SUBJECT = "result directory";

    private final Optional<ResultFolder> folder;
    private final ScanFiles files;
    private final Board board;

    /** The alarm of the result that could not be saved; store thread only. */
    private String failure = "";

    private final SaveQueue orders = new SaveQueue();

    Storing(Optional<ResultFolder> folder, ScanFiles files, Board board) {
        this.folder = folder;
        this.files = files;
        this.board = board;
    }

    /** Looks whether the result directory can be written to and says so on the board. Any thread. */
    void check() {
        folder.ifPresent(place -> {
            String trouble = place.trouble();
            if (!trouble.isEmpty()) {
                LOG.warn(trouble);
            }
            board.notice(n -> n.withTrouble(SUBJECT, trouble));
        });
    }

    /** Whether there is a place to write to. */
    boolean possible() {
        return folder.isPresent();
    }

    /** Hands the result of a scan that is processed on to be written; waits for room. Any thread. */
    void store(SaveOrder order) {
        long now = System.nanoTime();
        board.change(s -> s.saving(
                order.job(), a -> a.processed(order.job(), order.outcome()).waitingForSaving(order.job(), now)));
        orders.put(order);
    }

    /** Whether results are still to be written. Any thread. */
    boolean owes() {
        return orders.owes();
    }

    /** Memory that results take which are still to be written and are not the published one. Any thread. */
    long bytes() {
        return orders.bytesBeside(board.latest()
                .published()
                .flatMap(Published::scan)
                .map(scan -> scan.result().intensity())
                .orElse(null));
    }

    /** Drops what comes too late; after the store thread ended. */
    void close() {
        orders.close();
    }

    /**
     * Has the published result written. Any thread.
     *
     * @param name of the file, empty for one after the scan
     * @return the file that will be written
     * @throws InputException when there is no result or no place, the name is outside or taken, the directory cannot be written to or
     *     is full, or too much is being written
     */
    Path save(String name) {
        ResultFolder place = folder.orElseThrow(
                () -> new InputException("There is no place to save to; set the property ResultDirectory."));
        ProcessedScan scan = board.latest()
                .published()
                .flatMap(Published::scan)
                .orElseThrow(
                        () -> new InputException("There is no result to save yet; take a scan or call Reprocess."));
        place.requireWritable();
        Path file = name.isBlank() ? place.fresh(scan.curve().name()) : place.named(name);
        try {
            files.requireRoom(file, scan.result());
            if (!orders.offer(new SaveOrder("", false, scan, Optional.of(file), Stage.DONE, ""))) {
                throw new InputException("Results are being written; call Save again in a moment.");
            }
        } catch (RuntimeException e) {
            place.release(file);
            throw e;
        }
        return file;
    }

    /** Writes the next result if one comes soon. Store thread. */
    void turn() throws InterruptedException {
        orders.take(this::write);
    }

    private void write(SaveOrder order) {
        ResultFolder place = folder.orElseThrow();
        ProcessedScan scan = order.scan();
        long start = System.nanoTime();
        board.change(s -> s.saving(order.job(), a -> a.saving(order.job(), start)));
        try {
            Path file =
                    order.file().isPresent() ? writtenAs(order.file().get(), scan, place) : writtenAfresh(scan, place);
            ProcessedScan written = scan.withTimings(scan.timings().withWrite(Timings.since(start)));
            String note = Sentences.summary(written) + " Saved to " + file + ".";
            LOG.info("{}", note);
            board.change(s -> s.saved(order.job(), file.toString())
                    .ended(order.job(), order.counts(), order.outcome(), order.sentence(), note));
            String over = failure;
            board.notice(n -> n.withTrouble(SUBJECT, "").withoutAlarm(over));
        } catch (BcdiException e) {
            fail(order, e.getMessage(), e);
        } catch (IOException e) {
            fail(order, e.toString(), e);
        } catch (RuntimeException | Error e) {
            fail(order, e.toString(), e);
        }
    }

    /** Writes a promised file, which ends the promise. */
    private Path writtenAs(Path file, ProcessedScan scan, ResultFolder place) throws IOException {
        try {
            if (place.has(file)) {
                // Spares a write of seconds that would be refused at its end
                throw new NameTakenException(file);
            }
            place.prepare(file);
            files.write(file, scan.result());
            return file;
        } finally {
            place.release(file);
        }
    }

    /** A name of our own choice may be taken while we write, by a device that shares the directory: then the next one. */
    private Path writtenAfresh(ProcessedScan scan, ResultFolder place) throws IOException {
        while (true) {
            Path file = place.fresh(scan.curve().name());
            try {
                return writtenAs(file, scan, place);
            } catch (NameTakenException e) {
                LOG.info("The name of {} was taken while it was written; the next is tried.", file);
            }
        }
    }

    private void fail(SaveOrder order, String why, Throwable cause) {
        String sentence = "The result of " + order.scan().curve().name() + " could not be saved (" + why
                + "); it stays in memory until the next one: mend the cause and call Save.";
        boolean known = cause instanceof BcdiException || cause instanceof IOException;
        LOG.error(sentence, known ? null : cause);
        failure = sentence;
        // What went wrong before is to be told too
        String both = (order.sentence() + " " + sentence).strip();
        board.change(s -> s.withActivity(a -> a.saved(order.job(), Stage.FAILED))
                .ended(order.job(), order.counts(), Stage.FAILED, both, ""));
    }
}
