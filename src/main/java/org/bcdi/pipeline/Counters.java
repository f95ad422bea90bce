package org.bcdi.pipeline;

/**
 * Numbers of frames and scans. Frames are those of the scan being taken, or of the last one.
 *
 * @param scans that ended: processed, or kept where processing is switched off
 * @param expected frames of the scan, 0 when nobody knows
 * @param received frames
 * @param missing frames that left the detector's buffer before they were fetched
 * @param lag frames that the detector has ready and that are not fetched yet
 * @param dropped scans that were lost: no room to wait, no memory, or frames that do not fit the detector's name
 */
public record Counters(int scans, int expected, int received, int missing, int lag, int dropped) {
    public static final Counters ZERO = new Counters(0, 0, 0, 0, 0, 0);

    Counters withFrames(int nowExpected, int nowReceived, int nowMissing, int nowLag) {
        return new Counters(scans, nowExpected, nowReceived, nowMissing, nowLag, dropped);
    }

    Counters scanEnded() {
        return new Counters(scans + 1, expected, received, missing, lag, dropped);
    }

    Counters scanDropped() {
        return new Counters(scans, expected, received, missing, lag, dropped + 1);
    }
}
