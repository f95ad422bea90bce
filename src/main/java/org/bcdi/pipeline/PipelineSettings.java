package org.bcdi.pipeline;

import java.nio.file.Path;
import java.util.Optional;
import org.bcdi.mask.FrameMask;
import org.bcdi.store.GivenMask;
import org.bcdi.store.MaskReader;
import org.bcdi.task.InputException;

/**
 * How a detector is followed; fixed while the pipeline runs.
 *
 * @param title of the device or program, for the result files
 * @param detectorName whose gaps the frames have, {@code none} for none
 * @param maskFile pixels without data besides the gaps, empty for none
 * @param shape of the scans
 * @param pollingMillis between two looks at the detector when nothing wakes it up
 * @param memoryBudgetBytes that the scan being taken, those waiting and the published result may take together
 * @param overload what to do with a scan when too many wait
 * @param resultDirectory where results are saved, empty for nowhere
 */
public record PipelineSettings(
        String title,
        String detectorName,
        Optional<FrameMask> maskFile,
        ScanShape shape,
        long pollingMillis,
        long memoryBudgetBytes,
        OverloadPolicy overload,
        Optional<Path> resultDirectory) {
    public PipelineSettings {
        if (pollingMillis < 1) {
            throw new IllegalArgumentException("the polling period is at least 1 ms: " + pollingMillis);
        }
        if (memoryBudgetBytes < 1) {
            throw new IllegalArgumentException("the memory budget is positive: " + memoryBudgetBytes);
        }
    }

    /**
     * Reads the pixels without data of each frame.
     *
     * @param file as {@code FILE[:PATH]}, empty for none
     * @throws InputException when it cannot be read, or masks a volume instead of a frame
     */
    public static Optional<FrameMask> frameMask(String file) {
        if (file.isBlank()) {
            return Optional.empty();
        }
        if (MaskReader.read(file) instanceof GivenMask.OfFrame given) {
            return Optional.of(given.mask());
        }
        throw new InputException("The mask " + file + " is that of a volume; give a detector one of a frame.");
    }

    /** 60 % of what this process may take. */
    public static long defaultMemoryBudget() {
        return (long) (0.6 * Runtime.getRuntime().maxMemory());
    }
}
