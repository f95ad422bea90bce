package org.bcdi.device;

import fr.esrf.Tango.DevFailed;
import java.util.Optional;
import org.tango.server.annotation.Attribute;
import org.tango.server.annotation.AttributeProperties;
import org.tango.server.annotation.Device;
import org.tango.server.annotation.TransactionType;
import org.tango.server.attribute.AttributeValue;

/** Attributes that are pictures, for clients such as Jive and Taurus. */
@Device(transactionType = TransactionType.NONE)
public abstract class BcdiImages extends BcdiFigures {
    /** The pictures of this moment. */
    abstract Pictures pictures();

    /** The newest frame. */
    abstract LivePicture live();

    /** The newest frame that was filled. */
    abstract Optional<float[][]> preview();

    @Attribute(pushChangeEvent = true, checkChangeEvent = false)
    @AttributeProperties(
            label = "Last frame",
            unit = "photons",
            format = "%d",
            description = "Newest frame of the scan being taken, a few times a second; 0 where masked")
    final int[][] lastFrame = new int[0][0];

    /** Without events: those who listen to other attributes would have it made, at the cost of a core. */
    @Attribute
    @AttributeProperties(
            label = "Last frame, inpainted",
            unit = "photons",
            format = "%8.2f",
            description =
                    "Preview of the newest frame with its gaps filled, made while somebody reads it, without events; "
                            + "not for phasing, it knows nothing of the other frames")
    final float[][] lastFrameInpainted = new float[0][0];

    @Attribute(pushChangeEvent = true, checkChangeEvent = false)
    @AttributeProperties(
            label = "Raw",
            unit = "photons",
            format = "%d",
            description =
                    "Slice through the counts of the last result, 0 where masked; see sliceAxis and " + "sliceIndex")
    final int[][] rawSlice = new int[0][0];

    @Attribute(pushChangeEvent = true, checkChangeEvent = false)
    @AttributeProperties(
            label = "Mask",
            format = "%d",
            description = "The same slice of the mask: 1 where nothing was measured")
    final byte[][] maskSlice = new byte[0][0];

    @Attribute(pushChangeEvent = true, checkChangeEvent = false)
    @AttributeProperties(
            label = "Inpainted",
            unit = "photons",
            format = "%8.2f",
            description = "The same slice with the gaps filled")
    final float[][] inpaintedSlice = new float[0][0];

    @Attribute(pushChangeEvent = true, checkChangeEvent = false)
    @AttributeProperties(
            label = "Uncertainty",
            unit = "photons",
            format = "%8.2f",
            description =
                    "The same slice of the standard deviation of the filled voxels; 0 where measured, infinite where "
                            + "nothing can be recovered, NaN where the fill knows none")
    final float[][] uncertaintySlice = new float[0][0];

    @Attribute(pushChangeEvent = true, checkChangeEvent = false)
    @AttributeProperties(
            label = "Projection",
            unit = "photons",
            format = "%8.2f",
            description = "Sum of the filled volume along sliceAxis")
    final float[][] inpaintedProjection = new float[0][0];

    @Attribute(pushChangeEvent = true, checkChangeEvent = false)
    @AttributeProperties(
            label = "Amplitude",
            unit = "sqrt(photons)",
            format = "%8.2f",
            description =
                    "Slice through the object; sliceIndex counts in the object's own array, -1 is " + "its middle")
    final float[][] amplitudeSlice = new float[0][0];

    @Attribute(pushChangeEvent = true, checkChangeEvent = false)
    @AttributeProperties(
            label = "Phase",
            unit = "rad",
            format = "%6.3f",
            description = "The same slice of the object's phase, 0 outside the support")
    final float[][] phaseSlice = new float[0][0];

    @Attribute(pushChangeEvent = true, checkChangeEvent = false)
    @AttributeProperties(
            label = "Support",
            format = "%d",
            description = "The same slice of the support: 1 inside the particle")
    final byte[][] supportSlice = new byte[0][0];

    public AttributeValue getLastFrame() throws DevFailed {
        return Values.of(int[][].class, live().pixels());
    }

    public AttributeValue getLastFrameInpainted() throws DevFailed {
        return Values.of(float[][].class, preview());
    }

    public AttributeValue getRawSlice() throws DevFailed {
        return Values.of(int[][].class, pictures().raw.get());
    }

    public AttributeValue getMaskSlice() throws DevFailed {
        return Values.of(byte[][].class, pictures().mask.get());
    }

    public AttributeValue getInpaintedSlice() throws DevFailed {
        return Values.of(float[][].class, pictures().inpainted.get());
    }

    public AttributeValue getUncertaintySlice() throws DevFailed {
        return Values.of(float[][].class, pictures().uncertainty.get());
    }

    public AttributeValue getInpaintedProjection() throws DevFailed {
        return Values.of(float[][].class, pictures().projection.get());
    }

    public AttributeValue getAmplitudeSlice() throws DevFailed {
        return Values.of(float[][].class, pictures().amplitude.get());
    }

    public AttributeValue getPhaseSlice() throws DevFailed {
        return Values.of(float[][].class, pictures().phase.get());
    }

    public AttributeValue getSupportSlice() throws DevFailed {
        return Values.of(byte[][].class, pictures().support.get());
    }
}
