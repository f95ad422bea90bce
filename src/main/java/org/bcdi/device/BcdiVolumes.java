package org.bcdi.device;

import fr.esrf.Tango.DevEncoded;
import fr.esrf.Tango.DevFailed;
import java.util.Optional;
import java.util.function.Supplier;
import org.bcdi.detector.lima.DataArray;
import org.bcdi.phase.Reconstruction;
import org.bcdi.pipeline.ProcessedScan;
import org.bcdi.task.BcdiException;
import org.bcdi.volume.ComplexVolume;
import org.bcdi.volume.Shape3;
import org.bcdi.volume.Volume;
import org.tango.server.annotation.Attribute;
import org.tango.server.annotation.AttributeProperties;
import org.tango.server.annotation.Device;
import org.tango.server.annotation.TransactionType;
import org.tango.server.attribute.AttributeValue;

/** Attributes that are whole volumes, in the format in which Lima sends images. */
@Device(transactionType = TransactionType.NONE)
public abstract class BcdiVolumes extends BcdiImages {
    /** What Tango clients take in one message, with room for its envelope. */
    private static final long MOST_BYTES = (256L << 20) - 4096;

    @Attribute
    @AttributeProperties(
            label = "Raw volume",
            unit = "photons",
            description =
                    "Counts of the last result, 0 where masked; DATA_ARRAY image stack, float32, (z, y, x), up to 256 MiB")
    final DevEncoded rawVolume = new DevEncoded("", new byte[0]);

    @Attribute
    @AttributeProperties(
            label = "Inpainted volume",
            unit = "photons",
            description =
                    "Counts of the last result with the gaps filled; DATA_ARRAY image stack, float32, (z, y, x), up to 256 MiB")
    final DevEncoded inpaintedVolume = new DevEncoded("", new byte[0]);

    @Attribute
    @AttributeProperties(
            label = "Uncertainty volume",
            unit = "photons",
            description =
                    "Standard deviation of the filled voxels, infinite where nothing can be recovered, NaN where the fill knows none; DATA_ARRAY image "
                            + "stack, float32, (z, y, x), up to 256 MiB")
    final DevEncoded uncertaintyVolume = new DevEncoded("", new byte[0]);

    @Attribute
    @AttributeProperties(
            label = "Amplitude volume",
            unit = "sqrt(photons)",
            description = "Amplitude of the object; DATA_ARRAY image stack, float32, (z, y, x), up to 256 MiB")
    final DevEncoded amplitudeVolume = new DevEncoded("", new byte[0]);

    @Attribute
    @AttributeProperties(
            label = "Phase volume",
            unit = "rad",
            description = "Phase of the object, -pi to pi; DATA_ARRAY image stack, float32, (z, y, x), up to 256 MiB")
    final DevEncoded phaseVolume = new DevEncoded("", new byte[0]);

    public AttributeValue getRawVolume() throws DevFailed {
        return encoded(
                "rawVolume",
                () -> snapshot().published().map(last -> last.curve().counts()));
    }

    public AttributeValue getInpaintedVolume() throws DevFailed {
        return encoded("inpaintedVolume", () -> scan().map(ProcessedScan::intensity));
    }

    public AttributeValue getUncertaintyVolume() throws DevFailed {
        return encoded("uncertaintyVolume", () -> scan().map(ProcessedScan::deviation));
    }

    public AttributeValue getAmplitudeVolume() throws DevFailed {
        return encoded("amplitudeVolume", () -> object().map(ComplexVolume::amplitude));
    }

    public AttributeValue getPhaseVolume() throws DevFailed {
        return encoded("phaseVolume", () -> object().map(ComplexVolume::phase));
    }

    private Optional<ComplexVolume> object() {
        return scan().flatMap(ProcessedScan::reconstruction).map(Reconstruction::object);
    }

    private static AttributeValue encoded(String name, Supplier<Optional<Volume>> volume) throws DevFailed {
        return Values.of(
                DevEncoded.class, Failures.asked(name, () -> volume.get().map(BcdiVolumes::encode)));
    }

    private static DevEncoded encode(Volume volume) {
        Shape3 shape = volume.shape();
        if (4L * shape.size() > MOST_BYTES) {
            throw new BcdiException("The volume of " + shape + " takes " + ((4L * shape.size()) >> 20)
                    + " MiB and Tango clients take 256 MiB; read the result file, or choose a smaller roi.");
        }
        return new DevEncoded(DataArray.FORMAT, DataArray.encodeStack(volume));
    }
}
