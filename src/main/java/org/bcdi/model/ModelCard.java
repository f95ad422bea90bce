package org.bcdi.model;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a model, from the JSON file beside its ONNX file; the parts this program relies on.
 *
 * @param name of the model
 * @param version of its weights
 * @param task {@code inpainting} or {@code phasing}
 * @param file name of the ONNX file, beside the card
 * @param sha256 of the ONNX file, hexadecimal
 * @param input tensor, the first axis (the batch) being -1, as may be others that take any extent
 * @param output tensor, likewise; its free axes are as long as the input's, in their order
 * @param normalisation of the input
 * @param calibration of an inpainting model's standard deviations, null where they are taken as they are
 * @param limits in one paragraph
 * @param licence of the weights
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record ModelCard(
        String name,
        String version,
        String task,
        String file,
        String sha256,
        Tensor input,
        Tensor output,
        Normalisation normalisation,
        @Nullable Calibration calibration,
        String limits,
        String licence) {

    /** Name and shape of a tensor. */
    public record Tensor(String name, List<Long> shape) {}

    /**
     * How counts become numbers for the network.
     *
     * @param deviationFloor of inpainting, below which no deviation is divided by
     * @param prefill of inpainting
     * @param scale of phasing, what log(1 + counts) is divided by; 0 when not said
     */
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record Normalisation(String kind, double deviationFloor, String prefill, double scale) {}

    /**
     * What makes a network's standard deviations of log rates cover 68 % of the truths: small ones, of voxels without signal,
     * shrink by a power; those in wide gaps, which are filled on a coarser grid, have a factor.
     *
     * @param below a deviation d below this becomes d (d / below)^power
     * @param wide the factor of wide gaps
     */
    public record Calibration(double below, double power, double wide) {
        /** Leaves everything as it is. */
        public static final Calibration NONE = new Calibration(1, 0, 1);

        /** The calibrated deviation. */
        public double of(double deviation) {
            return deviation < below ? deviation * Math.pow(deviation / below, power) : deviation;
        }
    }
}
