package org.bcdi.phase;

import java.util.ArrayList;
import java.util.List;
import org.bcdi.fourier.FourierTransform;
import org.bcdi.volume.ComplexVolume;
import org.bcdi.volume.Shape3;

/** The phase retrieval transfer function (Chapman et al. 2006): how far several reconstructions agree at each resolution. */
final class TransferFunction {
    private TransferFunction() {}

    /**
     * Modulus of the sum of the waves over the sum of their moduli, for shells of equal width from the centre to the middle
     * of the array's faces; 1 where all agree.
     *
     * @param objects of one shape; the first is the one onto which the others are aligned
     */
    static List<Double> of(List<ComplexVolume> objects) {
        Shape3 shape = objects.get(0).shape();
        FourierTransform transform = new FourierTransform(shape);
        float[] sum = new float[2 * shape.size()];
        float[] moduli = new float[shape.size()];
        for (ComplexVolume object : objects) {
            float[] wave = Alignment.of(objects.get(0), object).apply(object).data();
            transform.forward(wave);
            for (int i = 0; i < moduli.length; i++) {
                sum[2 * i] += wave[2 * i];
                sum[2 * i + 1] += wave[2 * i + 1];
                moduli[i] += (float) Math.hypot(wave[2 * i], wave[2 * i + 1]);
            }
        }
        return shells(shape, sum, moduli);
    }

    private static List<Double> shells(Shape3 shape, float[] sum, float[] moduli) {
        int shells = Math.max(1, Math.min(shape.nz(), Math.min(shape.ny(), shape.nx())) / 2);
        double[] together = new double[shells];
        double[] apart = new double[shells];
        for (int i = 0; i < moduli.length; i++) {
            int shell = (int) (shells * Math.sqrt(radiusSquared(shape, i)));
            if (shell < shells) {
                together[shell] += Math.hypot(sum[2 * i], sum[2 * i + 1]);
                apart[shell] += moduli[i];
            }
        }
        List<Double> values = new ArrayList<>();
        for (int shell = 0; shell < shells; shell++) {
            values.add(apart[shell] > 0 ? together[shell] / apart[shell] : 0);
        }
        return values;
    }

    /** Squared distance from index 0 on the periodic grid, 1 at the middle of a face of the stored array. */
    private static double radiusSquared(Shape3 shape, int i) {
        double square = 0;
        for (int axis = 0; axis < 3; axis++) {
            int length = shape.length(axis);
            int k = i / shape.stride(axis) % length;
            double part = 2.0 * Math.min(k, length - k) / length;
            square += part * part;
        }
        return square;
    }
}
