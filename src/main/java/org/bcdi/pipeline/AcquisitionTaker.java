package org.bcdi.pipeline;

import java.util.function.BooleanSupplier;
import org.bcdi.detector.Acquisition;
import org.bcdi.detector.DetectorStatus;
import org.bcdi.detector.FrameBlock;
import org.bcdi.detector.FrameSource;
import org.bcdi.detector.FramesGoneException;
import org.bcdi.pipeline.AcquisitionWatch.News;
import org.jspecify.annotations.Nullable;

/**
 * Takes scans that are one acquisition of many frames: fetches whatever is ready, and ends the scan when the detector runs no
 * more and every ready frame was fetched.
 */
final class AcquisitionTaker implements Taker {
    private final FrameSource source;
    private final Intake intake;
    private final BooleanSupplier interrupted;
    private final AcquisitionWatch watch;
    private final Witness witness;

    private ScanPlan plan = ScanPlan.NONE;
    private @Nullable OpenScan open;

    /** Number of the frame that did not come before an early end, or -1. */
    private long doubted = -1;

    private boolean ending;

    /** @param interrupted whether somebody wants the thread back between two fetches */
    AcquisitionTaker(FrameSource source, Intake intake, BooleanSupplier interrupted) {
        this.source = source;
        this.watch = new AcquisitionWatch(source);
        this.witness = new Witness(source);
        this.intake = intake;
        this.interrupted = interrupted;
    }

    @Override
    public void look(Sight sight) {
        News news = watch.look(sight, witness::isContradicted);
        if (news != News.SAME) {
            close("the detector was started anew or prepared again before all frames were fetched");
        }
        if (news == News.NEW) {
            open = intake.open(plan, sight.acquisition().frames());
            plan = ScanPlan.NONE;
            doubted = -1;
            witness.forget();
        }
        if (open != null) {
            fetch(open, sight.acquisition(), sight.status().lastReady());
        }
        if (open != null) {
            closeWhenOver(open, sight);
        }
        if (open == null && !sight.running()) {
            watch.close();
        }
        if (ending) {
            ending = false;
            plan = ScanPlan.NONE;
        }
    }

    @Override
    public void begin(ScanPlan announced) {
        plan = announced;
        ending = false;
    }

    @Override
    public void end() {
        ending = true;
    }

    @Override
    public void lost() {
        if (ending) {
            ending = false;
            plan = ScanPlan.NONE;
            close("the detector does not answer any more");
        }
    }

    @Override
    public void close(String reason) {
        if (open != null) {
            intake.close(open, reason, open.plan().positions());
            open = null;
        }
    }

    @Override
    public void drop() {
        open = null;
    }

    private void fetch(OpenScan scan, Acquisition acquisition, long lastReady) {
        int chunk = source.chunk((long) acquisition.height()
                * acquisition.width()
                * acquisition.type().bytes());
        scan.ready(lastReady);
        while (scan.next() <= lastReady && !interrupted.getAsBoolean()) {
            try {
                int count = (int) Math.min(chunk, lastReady + 1 - scan.next());
                FrameBlock block = source.fetch(watch.tag(), scan.next(), count);
                if (block.count() == 0) {
                    intake.show(scan);
                    return;
                }
                witness.note(block, scan.expected());
                if (!intake.add(scan, block, acquisition.roi())) {
                    open = null;
                    return;
                }
            } catch (FramesGoneException e) {
                scan.skipTo(Math.min(Math.max(e.next(), scan.next() + 1), lastReady + 1));
                intake.show(scan);
            }
        }
    }

    /** An end that nobody announced is believed at the second look without another frame: the frame counter may be late. */
    private void closeWhenOver(OpenScan scan, Sight sight) {
        if (sight.running() || scan.next() <= sight.status().lastReady()) {
            doubted = -1;
            return;
        }
        boolean endless = scan.expected() == 0;
        boolean whole = !endless && scan.next() >= scan.expected();
        if (!whole && scan.next() != doubted) {
            doubted = scan.next();
            return;
        }
        boolean fault = sight.status().state() == DetectorStatus.State.FAULT;
        String reason = fault
                ? "the detector reports a fault (" + sight.status().fault() + ") after frame " + scan.next()
                : whole || endless ? "" : "the detector was stopped after frame " + scan.next();
        close(reason);
    }
}
