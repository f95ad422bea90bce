package org.bcdi.detector.lima;

import fr.esrf.Tango.DevFailed;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Why Lima does not give frames. It tells only in words, after a file name and line that differ between its builds, so the
 * words alone are looked for.
 */
enum Refusal {
    /** The frames are still to come. */
    NOT_YET("not available yet"),
    /** Another acquisition was prepared meanwhile, or this one is not prepared yet. */
    OTHER_ACQUISITION("Acq. #"),
    /** The acquisition that was prepared has no tag. */
    NO_TAG("No acq_tag has been set"),
    /** One of the frames was overwritten: "Frame 3 not available", "Frame no more available". */
    GONE("not available|no more available"),
    /** An older Lima. */
    NO_COMMAND("API_CommandNotFound");

    private final Pattern sign;

    Refusal(String sign) {
        this.sign = Pattern.compile(sign);
    }

    /** The first that fits, in the order above: some words are part of others. */
    static Optional<Refusal> in(DevFailed failure) {
        String words = failure.errors.length == 0 ? "" : failure.errors[0].reason + " " + TangoLink.words(failure);
        for (Refusal refusal : values()) {
            if (refusal.sign.matcher(words).find()) {
                return Optional.of(refusal);
            }
        }
        return Optional.empty();
    }
}
