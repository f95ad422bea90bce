package org.bcdi.device;

import java.nio.file.Path;
import java.util.Optional;
import org.bcdi.mask.Detectors;
import org.bcdi.model.ExecutionProvider;
import org.bcdi.phase.Phasing;
import org.bcdi.phase.Recipe;
import org.bcdi.pipeline.OverloadPolicy;
import org.bcdi.pipeline.PipelineSettings;
import org.bcdi.pipeline.ProcessingSettings;
import org.bcdi.pipeline.Processor;
import org.bcdi.pipeline.ScanShape;
import org.bcdi.pipeline.Wishes;
import org.bcdi.task.BcdiException;
import org.bcdi.task.FileName;
import org.bcdi.task.InputException;

/** The device's properties as text, and what they mean; the names are those of the Tango class. */
record DeviceSettings(
        String detectorDevice,
        String detectorName,
        String maskFile,
        String inpaintingModel,
        String phasingModel,
        String executionProvider,
        String gpuDevice,
        String resultDirectory,
        String memoryBudget,
        String pollingPeriod,
        String scanShape,
        String overloadPolicy) {
    private static final long MIB = 1 << 20;

    /**
     * How the detector is followed.
     *
     * @param devices of this server, which share its memory
     * @throws InputException when a property cannot be used
     */
    PipelineSettings pipeline(String device, int devices) {
        if (!Detectors.isNone(detectorName)) {
            Detectors.named(detectorName);
        }
        long budget = number("MemoryBudget", memoryBudget, 0);
        return new PipelineSettings(
                device,
                detectorName,
                PipelineSettings.frameMask(maskFile),
                ScanShape.named(scanShape),
                number("PollingPeriod", pollingPeriod, 1),
                budget == 0 ? PipelineSettings.defaultMemoryBudget() / devices : budget * MIB,
                OverloadPolicy.named(overloadPolicy),
                directory());
    }

    /** @throws InputException when a property cannot be used */
    ProcessingSettings processing(Wishes wishes) {
        try {
            Phasing.check(Recipe.parse("none"), phasingModel);
        } catch (InputException e) {
            throw new InputException("The property PhasingModel cannot be used: " + e.getMessage(), e);
        }
        int gpu = (int) number("GpuDevice", gpuDevice, 0);
        return new ProcessingSettings(
                inpaintingModel,
                phasingModel,
                wishes.recipe(),
                wishes.seed(),
                ExecutionProvider.named(executionProvider),
                gpu);
    }

    /**
     * Loads the models.
     *
     * @throws BcdiException when they cannot be used, or CUDA is demanded and absent
     */
    Processor processor(Wishes wishes) {
        ProcessingSettings settings = processing(wishes);
        // Else nobody would know before the first scan is to be phased
        Phasing.check(settings.provider(), settings.gpu());
        return Processor.open(settings);
    }

    private Optional<Path> directory() {
        return resultDirectory.isBlank()
                ? Optional.empty()
                : Optional.of(FileName.path("ResultDirectory", resultDirectory));
    }

    private static long number(String property, String text, long least) {
        try {
            long number = Long.parseLong(text.strip());
            if (number >= least && number <= Integer.MAX_VALUE) {
                return number;
            }
        } catch (NumberFormatException e) {
            throw new InputException(
                    "The property " + property + ", '" + text + "', is no whole number; give " + least + " or more.",
                    e);
        }
        throw new InputException("The property " + property + ", " + text + ", is out of range; give " + least + " to "
                + Integer.MAX_VALUE + ".");
    }
}
