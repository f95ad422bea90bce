package org.bcdi.pipeline;

import java.util.List;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.bcdi.detector.DetectorLostException;
import org.bcdi.detector.FrameBlock;
import org.bcdi.detector.FrameSource;
import org.bcdi.detector.FramesGoneException;
import org.bcdi.pipeline.AcquisitionWatch.News;
import org.bcdi.task.BcdiException;
import org.jspecify.annotations.Nullable;

/**
 * Takes scans that are one acquisition of one frame per point, announced by BeginScan and ended by EndScan. A point may be
 * prepared, taken and over between two looks; without tags it then shows only by its content. So a wake-up with nothing new
 * to see, a detector that did not answer for a while, and every look at a detector without events make this compare the
 * frame with the last one. What the detector shows at the first look was taken before the scan.
 */
final class StepTaker implements Taker {
    private static final Logger LOG = LogManager.getLogger(StepTaker.class);

    private final FrameSource source;
    private final Intake intake;
    private final AcquisitionWatch watch;

    private @Nullable OpenScan open;
    private boolean taken = true;

    /** Of the frame that the detector showed last; null before the first of this scan. */
    private @Nullable Long content;

    /** Whether the frame that the detector showed last could not be read to be compared. */
    private boolean unread;

    /** Whether a point of this scan was taken: what the detector shows is of it from then on. */
    private boolean points;

    /** Frames that an acquisition of this scan had at most. */
    private long most = 1;

    private int surplus;
    private final AnnouncedEnd end = new AnnouncedEnd();

    StepTaker(FrameSource source, Intake intake) {
        this.source = source;
        this.watch = new AcquisitionWatch(source);
        this.intake = intake;
    }

    @Override
    public void look(Sight sight) {
        News news = watch.look(sight, () -> false);
        taken = taken && news != News.NEW;
        if (open != null && sight.hasFrames()) {
            takePoint(open, sight);
            most = points ? Math.max(most, sight.status().lastReady() + 1) : most;
        }
        if (!sight.running()) {
            watch.close();
        }
        if ((taken || !sight.running()) && end.isDue(unread ? News.EMPTY : news)) {
            close("");
        }
    }

    @Override
    public void begin(ScanPlan plan) {
        close("another scan was begun before it was ended");
        open = intake.open(plan, plan.frames());
        taken = true;
        content = null;
        unread = false;
        points = false;
        most = 1;
        surplus = 0;
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
        }
    }

    @Override
    public void close(String reason) {
        if (open == null) {
            return;
        }
        // Ended already: it only waited for a frame that might be counted late
        String why = end.announced() ? "" : reason;
        OpenScan scan = open;
        open = null;
        int seen = (int) scan.next() + surplus;
        boolean asAnnounced = scan.expected() == 0 || seen == scan.expected();
        String flaw = !why.isEmpty() || asAnnounced
                ? why
                : seen + " of " + scan.expected() + " announced points were seen, and which is unknown";
        String unsure = unread && scan.expected() == 0
                ? "the frame that the detector showed last could not be read, and may be one more point"
                : "";
        String more = most == 1
                ? ""
                : "an acquisition gave " + most
                        + " frames, of which the first alone was taken: set ScanShape to acquisition";
        intake.close(
                scan,
                Sentences.reasons(flaw, unsure, more),
                asAnnounced ? scan.plan().positions() : List.of());
    }

    @Override
    public void drop() {
        open = null;
    }

    private void takePoint(OpenScan scan, Sight sight) {
        if (taken && source.wakes() && !sight.suspicious() && !unread) {
            return;
        }
        FrameBlock point;
        try {
            point = source.fetch(watch.tag(), 0, 1);
        } catch (FramesGoneException e) {
            if (!taken) {
                miss(scan);
            }
            return;
        } catch (DetectorLostException e) {
            throw e;
        } catch (BcdiException e) {
            if (!taken) {
                throw e;
            }
            // It was only to be compared: the image type may be set for the next point already
            LOG.debug("Nothing to compare", e);
            unread = true;
            return;
        }
        unread = false;
        if (point.count() == 0) {
            return;
        }
        Long before = content;
        content = Witness.checksum(point, 0);
        if (taken && (before == null || before.equals(content))) {
            return;
        }
        taken = true;
        points = true;
        if (full(scan)) {
            surplus++;
            return;
        }
        FrameBlock step = new FrameBlock(scan.next(), 1, point.height(), point.width(), point.type(), point.pixels());
        scan.ready(scan.next());
        if (!intake.add(scan, step, sight.acquisition().roi())) {
            open = null;
        }
    }

    private static boolean full(OpenScan scan) {
        return scan.expected() > 0 && scan.next() >= scan.expected();
    }

    /** A point that was noticed and is gone keeps its place, so that those after it keep theirs. */
    private void miss(OpenScan scan) {
        taken = true;
        if (full(scan)) {
            surplus++;
            return;
        }
        scan.skipTo(scan.next() + 1);
        intake.show(scan);
    }
}
