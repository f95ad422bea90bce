package org.bcdi.phase;

import org.bcdi.volume.Shape3;

/**
 * The first support, from the autocorrelation of the object, which is the transform of the intensity (Marchesini et al.
 * 2003). It spreads twice as far as the object.
 */
final class Autocorrelation {
    private Autocorrelation() {}

    /** Where the autocorrelation exceeds a part of its maximum, which lies at index 0. */
    static Support support(Measurement measurement, FirstSupport first) {
        return Support.above(measurement.shape(), modulus(measurement), first.threshold())
                .grown(first.loose());
    }

    static float[] modulus(Measurement measurement) {
        Shape3 shape = measurement.shape();
        float[] intensity = new float[2 * shape.size()];
        for (int i = 0; i < shape.size(); i++) {
            intensity[2 * i] = measurement.tells(i) ? measurement.counts[i] : 0;
        }
        measurement.transform.backward(intensity);
        return Support.amplitude(shape, intensity);
    }
}
