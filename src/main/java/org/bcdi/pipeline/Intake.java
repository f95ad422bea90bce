package org.bcdi.pipeline;

import java.time.Clock;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;
import java.util.function.LongConsumer;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.bcdi.detector.FrameBlock;
import org.bcdi.task.BcdiException;
import org.bcdi.volume.Roi;

/** Opens scans, stacks their frames, shows how far they are, and hands finished ones on. Acquire thread only. */
final class Intake {
    private static final Logger LOG = LogManager.getLogger(Intake.class);
    private static final DateTimeFormatter NAME = DateTimeFormatter.ofPattern("'scan-'yyyyMMdd-HHmmss");
    private static final String NO_MEMORY =
            "the process has too little memory left for it; choose a smaller region of interest or a smaller"
                    + " MemoryBudget, or give more memory with BCDI_JAVA_OPTS=-Xmx16g.";
    private static final String SHOWN =
            "The last acquisition was a single frame: it is shown and not processed; announce it with BeginScan if it is a scan.";
    private static final long LIVE_NANOS = 200_000_000;

    private final StackSetup setup;
    private final Board board;
    private final Backlog backlog;
    private final LongConsumer takingBytes;
    private final Clock clock;

    private long shownNanos;

    /** Job of the last scan that was incomplete, empty before the first. */
    private String flawed = "";

    /** @param takingBytes hears how much memory the scan being taken takes */
    Intake(StackSetup setup, Board board, Backlog backlog, LongConsumer takingBytes, Clock clock) {
        this.setup = setup;
        this.board = board;
        this.backlog = backlog;
        this.takingBytes = takingBytes;
        this.clock = clock;
    }

    /** @param frames that will come exactly, 0 when that is open */
    OpenScan open(ScanPlan plan, int frames) {
        String name = plan.name().orElseGet(() -> LocalDateTime.now(clock).format(NAME));
        OpenScan scan = new OpenScan(name, plan, frames);
        takingBytes.accept(0);
        LOG.info("{} begins, {} frames expected.", name, scan.expected() > 0 ? scan.expected() : "any number of");
        long now = System.nanoTime();
        board.change(s -> s.withTaking(new Work(name, Stage.ACQUIRING, 0, now))
                .withCounters(s.counters().withFrames(scan.expected(), 0, 0, 0)));
        shownNanos = now - LIVE_NANOS;
        return scan;
    }

    /**
     * Adds consecutive frames.
     *
     * @param part of the detector that the frames are, empty for all of it
     * @return whether the scan goes on; if not, it was closed or refused
     */
    boolean add(OpenScan scan, FrameBlock block, Optional<Roi> part) {
        try {
            if (!scan.begun()) {
                setup.begin(scan, block, part);
            }
            scan.add(block);
            takingBytes.accept(scan.bytes());
        } catch (BcdiException e) {
            giveUp(scan, block, e.getMessage());
            return false;
        } catch (OutOfMemoryError e) {
            // The budget is of what scans take; filling and phasing may have left less than it allows
            giveUp(scan, block, NO_MEMORY);
            return false;
        }
        show(scan);
        return true;
    }

    /** Whether frames may be fetched; if not, they stay in the detector's buffer until processing has caught up. */
    boolean isOpen() {
        return backlog.isOpen();
    }

    /** Publishes how far the scan is, with its newest frame a few times a second. */
    void show(OpenScan scan) {
        Counters frames = Counters.ZERO.withFrames(scan.expected(), scan.received(), scan.missing(), scan.lag());
        double done = scan.expected() > 0 ? Math.min(1, (double) scan.next() / scan.expected()) : 0;
        board.change(s -> s.withTaking(s.activity().taking().at(Stage.ACQUIRING, done, System.nanoTime()))
                .withCounters(
                        s.counters().withFrames(frames.expected(), frames.received(), frames.missing(), frames.lag())));
        long now = System.nanoTime();
        if (scan.received() > 0 && (now - shownNanos >= LIVE_NANOS || scan.next() == scan.expected())) {
            shownNanos = now;
            LiveFrame live = scan.lastFrame();
            board.change(s -> s.withLive(live));
        }
    }

    /**
     * Hands a scan on to processing.
     *
     * @param reason completes "Scan X is incomplete: "; empty when it is whole as far as the caller knows
     */
    void close(OpenScan scan, String reason, List<Double> positions) {
        if (scan.received() == 0) {
            closeEmpty(scan, reason);
            return;
        }
        show(scan);
        if (scan.isOneUnannouncedFrame()) {
            // Nobody rocks a crystal in one frame: the beamline aligns it
            LOG.info("{} is one frame that nobody announced: it is shown and not processed.", scan.name());
            board.change(s -> s.withTaking(Work.IDLE).withNotices(s.notices().withNote(SHOWN)));
            return;
        }
        String flaw = flaw(scan, reason);
        LOG.info("{} ends with {} frames.", scan.name(), scan.received());
        if (!flaw.isEmpty()) {
            LOG.warn(flaw);
        }
        Task task = backlog.announce(scan.taken(flaw, positions));
        String before = flawed;
        flawed = flaw.isEmpty() ? before : task.id();
        board.change(s -> {
            // What an incomplete scan lacks is told until it is processed at least, however quick the next one
            boolean stays = flaw.isEmpty() && s.isInWork(before);
            Notices notices = stays ? s.notices() : s.notices().withAlarm(flaw);
            return s.withTaking(Work.IDLE).withNotices(notices.withNote(""));
        });
        backlog.add(task);
    }

    /** A scan without a frame is no good scan: an alarm before it stays. */
    private void closeEmpty(OpenScan scan, String reason) {
        boolean passed = scan.missing() > 0 || scan.lag() > 0;
        if (passed && scan.isOneUnannouncedFrame()) {
            // No scan, so none is lost
            LOG.info("{} was one frame that nobody announced, and passed before it could be shown.", scan.name());
            board.change(s -> s.withTaking(Work.IDLE));
            return;
        }
        if (scan.missing() > 0) {
            String after = reason.isEmpty() ? "" : " (" + reason + ")";
            refuse(
                    scan,
                    "all " + scan.missing() + " frames left the detector's buffer before they were fetched" + after
                            + "; give the detector more buffers or take frames more slowly.");
            return;
        }
        if (scan.lag() > 0) {
            boolean behind = !isOpen();
            refuse(
                    scan,
                    (reason.isEmpty() ? "it ended before its frames were fetched" : reason)
                            + (behind
                                    ? ", since processing is behind; take scans more slowly or choose a quicker recipe."
                                    : "."));
            return;
        }
        if (reason.isEmpty()) {
            LOG.info("{} ended without a frame.", scan.name());
            board.change(s -> s.withTaking(Work.IDLE));
            return;
        }
        String why = scan.name() + " gave no frame: " + reason + (reason.endsWith(".") ? "" : ".");
        LOG.info(why);
        board.change(s -> s.withTaking(Work.IDLE).withNotices(s.notices().withAlarm(why)));
    }

    private static String flaw(OpenScan scan, String reason) {
        String lost = scan.missing() == 0
                ? ""
                : scan.missing() + " frames left the detector's buffer before they were fetched and are masked";
        String why = Sentences.reasons(reason, lost);
        return why.isEmpty() ? "" : scan.name() + " is incomplete: " + why + (why.endsWith(".") ? "" : ".");
    }

    private void giveUp(OpenScan scan, FrameBlock block, String sentence) {
        if (scan.received() == 0) {
            refuse(scan, sentence);
        } else {
            close(scan, "frame " + block.first() + " could not be added (" + sentence + ")", List.of());
        }
    }

    private void refuse(OpenScan scan, String sentence) {
        LOG.error("{} is lost: {}", scan.name(), sentence);
        board.change(s -> s.withTaking(Work.IDLE)
                .withCounters(s.counters().scanDropped())
                .withNotices(s.notices().withAlarm(scan.name() + " cannot be taken: " + sentence)));
    }
}
