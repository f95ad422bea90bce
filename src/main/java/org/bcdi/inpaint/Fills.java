package org.bcdi.inpaint;

import java.nio.file.Path;
import org.bcdi.model.ExecutionProvider;
import org.bcdi.model.Models;
import org.bcdi.model.Network;
import org.bcdi.model.Networks;
import org.bcdi.task.InputException;

/** The ways to fill gaps, by the words users write. */
public final class Fills {
    /** The network that {@code auto} stands for. */
    public static final String SHIPPED = "inpaint-patch32";

    private Fills() {}

    /**
     * Opens a fill.
     *
     * @param fill {@code auto} (the shipped network), {@code linear}, {@code nearest}, {@code biharmonic}, {@code ridge},
     *     {@code none}, or a model: an ONNX
     *     file, a model card or a shipped model's name
     * @param provider where a network runs
     * @param gpu number of the GPU, from 0
     * @throws InputException when the fill is unknown or the model cannot be used
     * @throws org.bcdi.task.BcdiException when CUDA is asked for and absent
     */
    public static GapFiller open(String fill, ExecutionProvider provider, int gpu) {
        return switch (fill) {
            case "auto" -> network(SHIPPED, provider, gpu);
            case "linear" -> new Interpolator(fill, LinearFill::estimate);
            case "nearest" -> new Interpolator(fill, NearestFill::estimate);
            case "biharmonic" -> new Interpolator(fill, BiharmonicFill::estimate);
            case "ridge" -> new Interpolator(fill, RidgeFill::estimate);
            case "none" -> new Interpolator(fill, (gaps, log, monitor) -> LogEstimate.unsure(new float[gaps.count()]));
            default -> {
                if (!Models.looksLikeModel(fill)) {
                    throw new InputException(
                            "Fill '" + fill
                                    + "' is unknown; choose auto, linear, nearest, biharmonic, ridge, none, or give a model file.");
                }
                yield network(fill, provider, gpu);
            }
        };
    }

    private static GapFiller network(String model, ExecutionProvider provider, int gpu) {
        Network network = Networks.open(Path.of(model), provider, gpu);
        try {
            return NetworkFill.with(network);
        } catch (InputException e) {
            network.close();
            throw e;
        }
    }
}
