package org.bcdi.device;

import fr.esrf.Tango.DevFailed;
import fr.esrf.Tango.DispLevel;
import java.util.Optional;
import org.bcdi.phase.Reconstruction;
import org.bcdi.pipeline.Engine;
import org.bcdi.pipeline.ProcessedScan;
import org.bcdi.pipeline.Published;
import org.bcdi.task.Version;
import org.tango.server.annotation.Attribute;
import org.tango.server.annotation.AttributeProperties;
import org.tango.server.annotation.Device;
import org.tango.server.annotation.TransactionType;
import org.tango.server.attribute.AttributeValue;

/** Attributes that tell what the last result is worth, and what it was made with. */
@Device(transactionType = TransactionType.NONE)
public abstract class BcdiFigures extends BcdiProgress {
    @Attribute(pushChangeEvent = true, checkChangeEvent = false)
    @AttributeProperties(
            label = "Inpainting time",
            unit = "s",
            format = "%8.3f",
            description = "That filling the gaps of the last result took")
    final double inpaintingTime = Double.NaN;

    @Attribute(pushChangeEvent = true, checkChangeEvent = false)
    @AttributeProperties(
            label = "Phasing time",
            unit = "s",
            format = "%8.3f",
            description = "That phasing the last result took")
    final double phasingTime = Double.NaN;

    @Attribute(pushChangeEvent = true, checkChangeEvent = false)
    @AttributeProperties(
            label = "Latency",
            unit = "s",
            format = "%8.3f",
            description = "From the last frame being available to the filled volume being published; 0 "
                    + "for a scan from a file")
    final double latency = Double.NaN;

    @Attribute(pushChangeEvent = true, checkChangeEvent = false)
    @AttributeProperties(
            label = "Gap fraction",
            format = "%6.4f",
            description = "Part of the voxels that held no data, 0 to 1")
    final double gapFraction = Double.NaN;

    @Attribute(pushChangeEvent = true, checkChangeEvent = false)
    @AttributeProperties(
            label = "R factor",
            format = "%6.4f",
            description = "Sum of | sqrt(I) - |F| | over sum of sqrt(I), measured voxels")
    final double rFactor = Double.NaN;

    @Attribute(pushChangeEvent = true, checkChangeEvent = false)
    @AttributeProperties(
            label = "Free log-likelihood",
            format = "%10.4g",
            description =
                    "Mean Poisson deviance of measured voxels that the solver did not see; smaller " + "is better")
    final double freeLogLikelihood = Double.NaN;

    @Attribute(pushChangeEvent = true, checkChangeEvent = false)
    @AttributeProperties(
            label = "Confidence",
            format = "%4.2f",
            description =
                    "How far to trust the object, 0 to 1: how often simulated ones of 48^3 voxels with such signs were"
                            + " right; too low for smaller volumes")
    final double confidence = Double.NaN;

    @Attribute(pushChangeEvent = true, checkChangeEvent = false)
    @AttributeProperties(
            label = "Support fraction",
            format = "%6.4f",
            description = "Part of the phased volume inside the support")
    final double supportFraction = Double.NaN;

    @Attribute(pushChangeEvent = true, checkChangeEvent = false)
    @AttributeProperties(
            label = "Detector",
            format = "%s",
            description = "Lima device that is followed, empty for none")
    public String getDetectorDevice() {
        return snapshot().source();
    }

    @Attribute(pushChangeEvent = true, checkChangeEvent = false)
    @AttributeProperties(
            label = "Runs on",
            format = "%s",
            description = "Where the network that fills gaps runs, cuda or cpu; empty while it is loaded")
    public String getExecutionProvider() {
        return snapshot().engine().map(Engine::provider).orElse("");
    }

    @Attribute(pushChangeEvent = true, checkChangeEvent = false, displayLevel = DispLevel._EXPERT)
    @AttributeProperties(
            label = "Models",
            format = "%s",
            description = "The way gaps are filled, and the sha256 of each model")
    public String getModelInfo() {
        return snapshot().engine().map(BcdiFigures::told).orElse("");
    }

    @Attribute(pushChangeEvent = true, checkChangeEvent = false, displayLevel = DispLevel._EXPERT)
    @AttributeProperties(label = "Version", format = "%s", description = "Of this program")
    public String getVersion() {
        return Version.text();
    }

    @Attribute(pushChangeEvent = true, checkChangeEvent = false)
    @AttributeProperties(
            label = "Last file",
            format = "%s",
            description = "Result file that was written last, empty before the first")
    public String getLastFile() {
        return snapshot().lastFile();
    }

    @Attribute(pushChangeEvent = true, checkChangeEvent = false)
    @AttributeProperties(
            label = "Jobs",
            format = "%s",
            description =
                    "The last 50 scans on their way through processing, oldest first: a JSON list "
                            + "of objects with id, scan, source, state (queued, inpainting, phasing, saving, done, failed, cancelled), sentence and file")
    public String getJobs() {
        return JobList.json(snapshot().jobs());
    }

    public AttributeValue getInpaintingTime() throws DevFailed {
        return Values.of(Double.class, scan().map(scan -> scan.timings().inpaint()));
    }

    public AttributeValue getPhasingTime() throws DevFailed {
        return Values.of(
                Double.class,
                scan().filter(scan -> scan.reconstruction().isPresent())
                        .map(scan -> scan.timings().phase()));
    }

    public AttributeValue getLatency() throws DevFailed {
        return Values.of(
                Double.class,
                snapshot().published().filter(last -> last.scan().isPresent()).map(Published::latencySeconds));
    }

    public AttributeValue getGapFraction() throws DevFailed {
        return Values.of(Double.class, scan().map(ProcessedScan::gapFraction));
    }

    public AttributeValue getRFactor() throws DevFailed {
        return Values.of(Double.class, phased().map(object -> object.metrics().rFactor()));
    }

    public AttributeValue getFreeLogLikelihood() throws DevFailed {
        return Values.of(Double.class, phased().map(object -> object.metrics().freeLogLikelihood()));
    }

    public AttributeValue getConfidence() throws DevFailed {
        return Values.of(Double.class, phased().map(object -> object.metrics().confidence()));
    }

    public AttributeValue getSupportFraction() throws DevFailed {
        return Values.of(Double.class, phased().map(BcdiFigures::supportFraction));
    }

    /** The last result. */
    final Optional<ProcessedScan> scan() {
        return snapshot().published().flatMap(Published::scan);
    }

    private Optional<Reconstruction> phased() {
        return scan().flatMap(ProcessedScan::reconstruction);
    }

    private static double supportFraction(Reconstruction object) {
        return (double) object.metrics().supportVoxels()
                / object.support().shape().size();
    }

    private static String told(Engine engine) {
        StringBuilder text = new StringBuilder("fill " + engine.fill());
        engine.models()
                .forEach((name, sha256) ->
                        text.append("; ").append(name).append(" sha256 ").append(sha256));
        return text.toString();
    }
}
