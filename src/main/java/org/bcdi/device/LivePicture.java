package org.bcdi.device;

import java.util.Optional;
import org.bcdi.pipeline.LiveFrame;

/** The newest frame as Tango's numbers, made once. Immutable. */
final class LivePicture {
    static final LivePicture NONE = new LivePicture(Optional.empty());

    private final Optional<LiveFrame> frame;
    private final Optional<int[][]> pixels;

    private LivePicture(Optional<LiveFrame> frame) {
        this.frame = frame;
        this.pixels = frame.map(newest -> Cuts.whole(newest.counts()));
    }

    /** This one, if it is of that frame; else that frame's. */
    LivePicture of(Optional<LiveFrame> newest) {
        return frame.equals(newest) ? this : new LivePicture(newest);
    }

    Optional<int[][]> pixels() {
        return pixels;
    }
}
