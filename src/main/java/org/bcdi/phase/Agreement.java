package org.bcdi.phase;

import org.bcdi.mask.Mask;
import org.bcdi.volume.ComplexVolume;

/**
 * How alike two objects are, after {@link Alignment}.
 *
 * @param correlation modulus of the complex correlation over the union of the supports, 0 to 1
 * @param amplitudeError root of sum (|a| - |b|)^2 / sum |a|^2 over the union, a being the reference
 * @param phaseRms root mean square of the difference in phase over the intersection of the supports, in radians
 */
public record Agreement(double correlation, double amplitudeError, double phaseRms) {
    /** Compares two objects that lie on each other. Supports are 1 inside; with an empty one all figures are NaN. */
    public static Agreement of(ComplexVolume reference, Mask referenceSupport, ComplexVolume other, Mask otherSupport) {
        float[] a = reference.data();
        float[] b = other.data();
        double[] sum = new double[5];
        for (int i = 0; i < referenceSupport.shape().size(); i++) {
            if (referenceSupport.masked(i) || otherSupport.masked(i)) {
                double aa = square(a, i);
                double bb = square(b, i);
                sum[0] += (double) a[2 * i] * b[2 * i] + (double) a[2 * i + 1] * b[2 * i + 1];
                sum[1] += (double) a[2 * i + 1] * b[2 * i] - (double) a[2 * i] * b[2 * i + 1];
                sum[2] += aa;
                sum[3] += bb;
                sum[4] += (Math.sqrt(aa) - Math.sqrt(bb)) * (Math.sqrt(aa) - Math.sqrt(bb));
            }
        }
        double offset = Math.atan2(sum[1], sum[0]);
        double phaseRms = phaseRms(a, referenceSupport, b, otherSupport, offset);
        return new Agreement(
                Math.hypot(sum[0], sum[1]) / Math.sqrt(sum[2] * sum[3]), Math.sqrt(sum[4] / sum[2]), phaseRms);
    }

    /** Aligns the second reconstruction with the first, then compares. */
    public static Agreement aligned(ComplexVolume reference, Mask support, ComplexVolume other, Mask otherSupport) {
        Alignment alignment = Alignment.of(reference, other);
        return of(reference, support, alignment.apply(other), alignment.apply(otherSupport));
    }

    private static double phaseRms(float[] a, Mask first, float[] b, Mask second, double offset) {
        double squares = 0;
        int count = 0;
        for (int i = 0; i < first.shape().size(); i++) {
            if (first.masked(i) && second.masked(i)) {
                double difference = Math.atan2(a[2 * i + 1], a[2 * i]) - Math.atan2(b[2 * i + 1], b[2 * i]) - offset;
                double wrapped = Math.IEEEremainder(difference, 2 * Math.PI);
                squares += wrapped * wrapped;
                count++;
            }
        }
        return Math.sqrt(squares / count);
    }

    private static double square(float[] data, int i) {
        return (double) data[2 * i] * data[2 * i] + (double) data[2 * i + 1] * data[2 * i + 1];
    }
}
