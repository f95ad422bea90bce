package org.bcdi.sim.lima;

import org.bcdi.task.InputException;

/**
 * What a Lima server does to its clients on a bad day, to be tried on purpose.
 *
 * @param imageEvents whether {@code last_image_ready} is pushed at all (Lima's property TangoEvent, false by default)
 * @param eventsPerSecond most events pushed; those in between are dropped, not delayed
 * @param finalEvent whether the end of an acquisition is pushed for certain; otherwise it never is
 * @param staleStatus whether {@code acq_status} events carry the status before the present one
 * @param buffers most frames kept, 0 for as many as are acquired
 * @param sequences whether there is {@code readImageSeq} (Lima from 1.10 on)
 * @param secondsPerFrame time that each frame is on its way to a client
 */
public record Weaknesses(
        boolean imageEvents,
        double eventsPerSecond,
        boolean finalEvent,
        boolean staleStatus,
        int buffers,
        boolean sequences,
        double secondsPerFrame) {
    /** A Lima on a good day. */
    public static final Weaknesses NONE = new Weaknesses(true, 1000, true, false, 0, true, 0);

    public Weaknesses {
        if (!(eventsPerSecond > 0)) {
            throw new InputException(
                    "Events come at a rate above 0 a second, not " + eventsPerSecond + "; choose another.");
        }
        if (buffers < 0) {
            throw new InputException("A detector keeps 1 frame or more, or 0 for all, not " + buffers
                    + "; choose another number of buffers.");
        }
        if (!(secondsPerFrame >= 0)) {
            throw new InputException(
                    "A frame takes 0 s or more to a client, not " + secondsPerFrame + "; choose another time.");
        }
    }

    public Weaknesses withSecondsPerFrame(double seconds) {
        return new Weaknesses(imageEvents, eventsPerSecond, finalEvent, staleStatus, buffers, sequences, seconds);
    }

    public Weaknesses withoutImageEvents() {
        return new Weaknesses(false, eventsPerSecond, finalEvent, staleStatus, buffers, sequences, secondsPerFrame);
    }

    public Weaknesses withEventsPerSecond(double rate) {
        return new Weaknesses(imageEvents, rate, finalEvent, staleStatus, buffers, sequences, secondsPerFrame);
    }

    public Weaknesses withoutFinalEvent() {
        return new Weaknesses(imageEvents, eventsPerSecond, false, staleStatus, buffers, sequences, secondsPerFrame);
    }

    public Weaknesses withStaleStatus() {
        return new Weaknesses(imageEvents, eventsPerSecond, finalEvent, true, buffers, sequences, secondsPerFrame);
    }

    public Weaknesses withBuffers(int most) {
        return new Weaknesses(imageEvents, eventsPerSecond, finalEvent, staleStatus, most, sequences, secondsPerFrame);
    }

    public Weaknesses withoutSequences() {
        return new Weaknesses(imageEvents, eventsPerSecond, finalEvent, staleStatus, buffers, false, secondsPerFrame);
    }
}
