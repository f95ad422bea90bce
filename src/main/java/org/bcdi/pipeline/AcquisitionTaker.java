package org.bcdi.pipeline;

import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.bcdi.detector.DetectorStatus;
import org.bcdi.detector.FrameSource;
import org.bcdi.pipeline.AcquisitionWatch.News;
import org.jspecify.annotations.Nullable;

/**
 * Takes scans that are one acquisition of many frames: fetches whatever is ready, and ends the scan when the detector runs no
 * more and every ready frame was fetched.
 */
final class AcquisitionTaker implements Taker {
    private final Intake intake;
    private final Supplier<Sight> again;
    private final AcquisitionWatch watch;
    private final Witness witness;
    private final FrameFetch fetch;
    private final BooleanSupplier ordered;

    private ScanPlan plan = ScanPlan.NONE;
    private @Nullable OpenScan open;

    /** Number of the frame that did not come before an early end, or -1. */
    private long doubted = -1;

    /** Whether another acquisition was noticed that is not begun yet: the detector failed to answer, or it may still be announced. */
    private boolean owed;

    private final AnnouncedEnd end = new AnnouncedEnd();

    /** Whether EndScan came for the open scan: what was announced holds for no other then. */
    private boolean ended;

    /**
     * @param ordered whether something was ordered that is not obeyed yet
     * @param again looks at the detector once more
     */
    AcquisitionTaker(FrameSource source, Intake intake, BooleanSupplier ordered, Supplier<Sight> again) {
        this.intake = intake;
        this.ordered = ordered;
        this.again = again;
        this.watch = new AcquisitionWatch(source);
        this.witness = new Witness(source);
        this.fetch = new FrameFetch(source, intake, witness, this::interrupted);
    }

    @Override
    public void look(Sight first) {
        News news = watch.look(first, this::isAnotherShown);
        owed = news == News.NEW || (owed && news != News.EMPTY);
        Sight sight = owed && !first.running() ? renewed() : first;
        boolean framesGone = news == News.EMPTY && open != null && open.next() > 0;
        boolean another = owed || (wasAway(sight) && witness.isContradictedEarly(watch.tag()));
        if (another || framesGone) {
            close("the detector was started anew or prepared again before all frames were fetched");
        }
        if (another && isToBeAnnounced()) {
            owed = true;
            end.forget();
            return;
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
            ended = open != null;
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
        // An announced scan that was not seen yet shows when the detector answers again
        if (end.announced() && open != null) {
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
        String mismatch = scan.mismatch();
        intake.close(
                scan,
                Sentences.reasons(reason, mismatch),
                mismatch.isEmpty() ? scan.plan().positions() : List.of());
        boolean empty = scan.next() == 0 && scan.lag() == 0;
        if (empty && !ended && plan.equals(ScanPlan.NONE)) {
            // What was announced is still to come, or its frames are counted even later
            plan = scan.plan();
        }
    }

    @Override
    public void drop() {
        open = null;
        owed = false;
        plan = ScanPlan.NONE;
        end.forget();
    }

    /** Whether somebody wants the thread back; not before the look that EndScan promises was taken to its end. */
    private boolean interrupted() {
        return ordered.getAsBoolean() && !end.announced();
    }

    /**
     * Whether the detector's frames are not those taken. Where somebody wants the thread back they may be newer than the sight, and
     * announced meanwhile: then it is asked again at the look after that.
     */
    private boolean isAnotherShown() {
        return witness.isContradicted() && !interrupted();
    }

    /** Whether the scan that EndScan ended was another one, and what was ordered after EndScan may announce this one. */
    private boolean isToBeAnnounced() {
        return end.announced() && plan.equals(ScanPlan.NONE) && ordered.getAsBoolean();
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
        // A single frame is no scan of several: the crystal is aligned once more before it
        boolean announced = told != 1 || plan.frames() <= 1;
        OpenScan scan = intake.open(announced ? plan : ScanPlan.NONE, ofTheNext ? 0 : told);
        open = scan;
        plan = announced ? ScanPlan.NONE : plan;
        owed = false;
        ended = false;
        doubted = -1;
        witness.forget();
        return scan;
    }

    private void take(OpenScan scan, Sight sight) {
        if (!fetch.take(scan, sight, watch.tag())) {
            open = null;
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
        if (witness.isMixed(watch.tag())) {
            // Asked first: where the detector fails to answer, all of this is done at the next look
            Sight now = renewed();
            scan.cutAt(witness.firstOfTheOther(watch.tag()));
            close("the detector was prepared again after frame " + scan.next()
                    + " while its frames were fetched; the later ones are of the next scan");
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
