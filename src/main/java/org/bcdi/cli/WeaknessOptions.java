package org.bcdi.cli;

import org.bcdi.sim.lima.Weaknesses;
import picocli.CommandLine.Option;

/** What the simulated detector does wrong on purpose, as Lima does on a bad day. */
final class WeaknessOptions {
    @Option(
            names = "--event-rate",
            paramLabel = "N",
            defaultValue = "1000",
            description = "most events a second (default: 1000), the others are dropped; Lima has 25")
    double eventsPerSecond;

    @Option(names = "--no-final-event", description = "the end of an acquisition is never pushed")
    boolean noFinalEvent;

    @Option(names = "--no-image-events", description = "last_image_ready is never pushed (Lima without TangoEvent)")
    boolean noImageEvents;

    @Option(names = "--stale-status", description = "acq_status events carry the status before the present one")
    boolean staleStatus;

    @Option(names = "--buffers", paramLabel = "N", description = "most frames kept (default: all of an acquisition)")
    int buffers;

    @Option(names = "--no-sequences", description = "there is no readImageSeq (Lima before 1.10)")
    boolean noSequences;

    @Option(
            names = "--frame-time",
            paramLabel = "SECONDS",
            defaultValue = "0",
            description = "time that each frame is on its way to a client, as over a slow network (default: 0)")
    double secondsPerFrame;

    Weaknesses chosen() {
        return new Weaknesses(
                !noImageEvents, eventsPerSecond, !noFinalEvent, staleStatus, buffers, !noSequences, secondsPerFrame);
    }
}
