package org.bcdi.inpaint;

import java.util.List;
import org.bcdi.model.ModelCard;
import org.bcdi.model.ModelCard.Calibration;
import org.bcdi.task.InputException;

/** What the card of a model has to say for it to fill gaps. */
final class GapModel {
    /** The start which the network was trained to correct: {@link RidgeFill}, and none of its forerunners. */
    private static final String PREFILL = "ridge-and-curve";

    /** {@link LocalScale}: a model calibrated for another scale would tell wrong deviations. */
    private static final String NORMALISATION = "locally-standardised-log1p";

    private static final List<Long> INPUT = tensor(Patches.CHANNELS);
    private static final List<Long> OUTPUT = tensor(2);

    private GapModel() {}

    /** @throws InputException when the model is not one for inpainting, or one for other inputs than those it would be given */
    static void require(ModelCard card) {
        if (!card.task().equals("inpainting")) {
            throw new InputException("Model " + card.name() + " is made for " + card.task()
                    + ", not for inpainting; choose another model or a fill such as auto.");
        }
        if (!card.input().shape().equals(INPUT) || !card.output().shape().equals(OUTPUT)) {
            throw new InputException("Inpainting needs a model that maps " + INPUT + " to " + OUTPUT + ", model "
                    + card.name() + " maps " + card.input().shape() + " to "
                    + card.output().shape() + "; choose another model.");
        }
        if (!PREFILL.equals(card.normalisation().prefill())
                || !(card.normalisation().deviationFloor() > 0)) {
            throw new InputException("Model " + card.name() + " wants prefill '"
                    + card.normalisation().prefill() + "' and deviation floor "
                    + card.normalisation().deviationFloor() + "; only " + PREFILL
                    + " and a floor above 0 can be given: train the network again.");
        }
        if (!NORMALISATION.equals(card.normalisation().kind())) {
            throw new InputException("Model " + card.name() + " wants normalisation '"
                    + card.normalisation().kind() + "'; only " + NORMALISATION
                    + " can be given: export the network again, which calibrates it anew.");
        }
        Calibration calibration = card.calibration();
        if (calibration != null && !(calibration.below() > 0 && calibration.power() >= 0 && calibration.wide() > 0)) {
            throw new InputException("Model " + card.name() + " has the calibration " + calibration
                    + "; below and wide have to be above 0 and power not below it.");
        }
    }

    private static List<Long> tensor(long channels) {
        return List.of(-1L, channels, -1L, -1L, -1L);
    }
}
