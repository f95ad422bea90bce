package org.bcdi.model;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import java.util.List;

/**
 * What is known of a model, from the JSON file beside its ONNX file; the parts this program relies on.
 *
 * @param name of the model
 * @param version of its weights
 * @param task {@code inpainting} or {@code phasing}
 * @param file name of the ONNX file, beside the card
 * @param sha256 of the ONNX file, hexadecimal
 * @param input tensor, the first axis (the batch) being -1
 * @param output tensor, likewise
 * @param normalisation of the input
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
}
