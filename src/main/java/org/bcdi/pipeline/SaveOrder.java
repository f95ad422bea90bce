package org.bcdi.pipeline;

import java.nio.file.Path;
import java.util.Optional;

/**
 * A result to be written.
 *
 * @param job it belongs to
 * @param counts whether the job ends, as a scan from the detector, when this is written
 * @param scan to write
 * @param file to write to, empty for a fresh one named after the scan
 * @param outcome the job's state when it is written
 * @param sentence why the outcome is not done, else empty
 */
record SaveOrder(String job, boolean counts, ProcessedScan scan, Optional<Path> file, Stage outcome, String sentence) {}
