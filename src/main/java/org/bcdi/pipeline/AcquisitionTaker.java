package org.bcdi.pipeline;

import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
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
    private final Supplier<Sight> again;
    private final AcquisitionWatch watch;
    private final Witness witness;

    private ScanPlan plan = ScanPlan.NONE;
    private @Nullable OpenScan open;

    /** Number of the frame that did not come before an early end, or -1. */
    private long doubted = -1;

    /** Whether the frames of the open scan were fetched one part after another: another acquisition may have come in between. */
    private boolean pieced;

    /** Whether another acquisition was noticed that is not begun yet, because the detector failed to answer in between. */
    private boolean owed;

    private final AnnouncedEnd end = new AnnouncedEnd();

    /**
     * @param interrupted whether somebody wants the thread back between two fetches
     * @param again looks at the detector once more
     */
    AcquisitionTaker(FrameSource source, Intake intake, BooleanSupplier interrupted, Supplier<Sight> again) {
        this.source = source;
        this.watch = new AcquisitionWatch(source);
        this.witness = new Witness(source);
        this.intake = intake;
        this.interrupted = interrupted;
        this.again = again;
    }

    @Override
    public void look(Sight first) {
        News news = watch.look(first, witness::isContradicted);
        owed = news == News.NEW || (owed && news != News.EMPTY);
        Sight sight = owed && !first.running() ? renewed() : first;
        boolean framesGone = news == News.EMPTY && open != null && open.next() > 0;
        boolean another = owed || (wasAway(sight) && witness.isContradictedEarly(watch.tag()));
        if (another || framesGone) {
            close("the detector was started anew or prepared again before all frames were fetched");
        }
        if (another) {
            begin(sight);
        }
        if (open != null) {
            take(open, sight);
        }
        if (open != null) {
            closeWhenOver(open, sight);
        }
        if (open == null && !sight.running()) {
            watch.close();
        }
        if (end.isDue(news)) {
            plan = ScanPlan.NONE;
        }
    }

    @Override
    public void begin(ScanPlan announced) {
        plan = announced;
        end.forget();
    }

    @Override
    public void end() {
        end.announce();
    }

    @Override
    public void lost() {
        if (end.announced()) {
            end.forget();
            close("the detector does not answer any more");
            plan = ScanPlan.NONE;
        }
    }

    @Override
    public void close(String reason) {
        if (open == null) {
            return;
        }
        OpenScan scan = open;
        open = null;
        intake.close(scan, reason, scan.plan().positions());
        boolean empty = scan.next() == 0 && scan.lag() == 0;
        if (empty && plan.equals(ScanPlan.NONE)) {
            // What was announced is still to come, or its frames are counted even later
            plan = scan.plan();
        }
    }

    @Override
    public void drop() {
        open = null;
        owed = false;
    }

    /** Whether the detector did not answer for a while: what it runs now may be another acquisition that looks the same. */
    private boolean wasAway(Sight sight) {
        return open != null && sight.occasion() == Sight.Occasion.FOUND;
    }

    /** Frames that told of another acquisition may be newer than the sight that led to them. */
    private Sight renewed() {
        Sight sight = again.get();
        watch.renew(sight);
        return sight;
    }

    /** The detector tells the number of frames that was set last: where there are more, it was set for the next acquisition. */
    private OpenScan begin(Sight sight) {
        int told = sight.acquisition().frames();
        boolean ofTheNext = sight.status().lastReady() >= told;
        OpenScan scan = intake.open(plan, ofTheNext ? 0 : told);
        open = scan;
        plan = ScanPlan.NONE;
        owed = false;
        doubted = -1;
        pieced = false;
        witness.forget();
        return scan;
    }

    private void take(OpenScan scan, Sight sight) {
        Acquisition acquisition = sight.acquisition();
        long lastReady = sight.status().lastReady();
        int chunk = source.chunk((long) acquisition.height()
                * acquisition.width()
                * acquisition.type().bytes());
        scan.ready(lastReady);
        if (!intake.isOpen()) {
            intake.show(scan);
            return;
        }
        while (scan.next() <= lastReady && !interrupted.getAsBoolean()) {
            try {
                int count = (int) Math.min(chunk, lastReady + 1 - scan.next());
                FrameBlock block = source.fetch(watch.tag(), scan.next(), count);
                if (block.count() == 0) {
                    intake.show(scan);
                    return;
                }
                pieced |= scan.next() > 0;
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
        if (pieced && witness.isContradictedEarly(watch.tag())) {
            // Asked first: where the detector fails to answer, all of this is done at the next look
            Sight now = renewed();
            close(
                    "the detector was prepared again while its frames were fetched, and the later ones are of the next scan, which is"
                            + " taken anew");
            take(begin(now), now);
            return;
        }
        boolean fault = sight.status().state() == DetectorStatus.State.FAULT;
        String when = scan.next() == 0 ? "before its first frame" : "after frame " + scan.next();
        String reason = fault
                ? "the detector reports a fault (" + sight.status().fault() + ") " + when
                : whole || endless ? "" : "the detector was stopped " + when;
        close(reason);
    }
}
