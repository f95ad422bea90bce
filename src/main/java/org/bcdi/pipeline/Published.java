package org.bcdi.pipeline;

import java.util.Optional;
import org.bcdi.stack.BraggPeak;
import org.bcdi.stack.RockingCurve;

/**
 * The last finished result.
 *
 * @param curve that was taken
 * @param peak of the counts
 * @param scan what was made of it, empty where processing is switched off
 * @param latencySeconds from the last frame being available to the filled volume being published, 0 for a file
 */
public record Published(RockingCurve curve, BraggPeak peak, Optional<ProcessedScan> scan, double latencySeconds) {}
