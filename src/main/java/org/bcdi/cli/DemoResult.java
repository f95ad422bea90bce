package org.bcdi.cli;

import java.nio.file.Path;
import org.bcdi.store.ScanResult;

/**
 * What the device server made of the demo's scan, as its attributes and its file tell.
 *
 * @param file the result
 * @param scan what is in it
 * @param framesReceived from the detector
 * @param framesMissing that never arrived
 * @param provider where the network ran
 * @param latencySeconds from the last frame to the inpainted volume
 * @param inpaintingSeconds of computing
 * @param phasingSeconds of computing
 * @param totalSeconds from the start of the acquisition to the saved file
 */
record DemoResult(
        Path file,
        ScanResult scan,
        int framesReceived,
        int framesMissing,
        String provider,
        double latencySeconds,
        double inpaintingSeconds,
        double phasingSeconds,
        double totalSeconds) {}
