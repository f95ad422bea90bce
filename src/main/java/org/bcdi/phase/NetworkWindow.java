package org.bcdi.phase;

import org.bcdi.fourier.FourierTransform;
import org.bcdi.fourier.Shift;
import org.bcdi.volume.Shape3;

/**
 * The part of a measurement that a network of fixed size sees, 64 voxels a side about the intensity's centre of mass, and the
 * way back. Along an axis that is longer and sampled much finer than the network knows, two voxels become one, so that it sees
 * further. Beyond the measurement there is no data.
 */
final class NetworkWindow {
    static final int SIDE = 64;
    static final Shape3 SHAPE = new Shape3(SIDE, SIDE, SIDE);

    /** Voxels a fringe above which two along an axis become one: networks are made for 2 to 5. */
    private static final double FINEST = 6;

    private static final int CENTRINGS = 4;
    private static final double[][] WEIGHTS = {{}, {1}, {0.5, 1, 0.5}};

    private final Measurement measurement;
    private final Shape3 shape;
    /** Distance of the window's middle from the origin along each axis, in voxels. */
    private final int[] centre;
    /** Voxels that become one along each axis, 1 or 2. */
    private final int[] bin;

    private NetworkWindow(Measurement measurement, int[] centre, int[] bin) {
        this.measurement = measurement;
        this.shape = measurement.shape();
        this.centre = centre;
        this.bin = bin;
    }

    static NetworkWindow of(Measurement measurement) {
        NetworkWindow window = new NetworkWindow(measurement, new int[3], bins(measurement));
        for (int time = 0; time < CENTRINGS; time++) {
            window = new NetworkWindow(measurement, window.centreOfMass(), window.bin);
        }
        return window;
    }

    /** Another window, so many of its voxels further along z, y, x. */
    NetworkWindow moved(int[] voxels) {
        int[] to = centre.clone();
        for (int axis = 0; axis < 3; axis++) {
            to[axis] += bin[axis] * voxels[axis];
        }
        return new NetworkWindow(measurement, to, bin);
    }

    /** Distance of the window's middle from the peak, z, y, x. */
    int[] centre() {
        return centre.clone();
    }

    int[] bin() {
        return bin.clone();
    }

    private static int[] bins(Measurement measurement) {
        Shape3 shape = measurement.shape();
        byte[] inside =
                Autocorrelation.support(measurement, FirstSupport.DEFAULT).inside();
        int[] reach = {1, 1, 1};
        for (int i = 0; i < inside.length; i++) {
            for (int axis = 0; axis < 3 && inside[i] != 0; axis++) {
                reach[axis] = Math.max(reach[axis], Math.abs(signed(shape, i, axis)));
            }
        }
        int[] bin = new int[3];
        for (int axis = 0; axis < 3; axis++) {
            // the autocorrelation reaches as far to either side as the object is wide
            double oversampling = (double) shape.length(axis) / reach[axis];
            bin[axis] = shape.length(axis) > SIDE && oversampling > FINEST ? 2 : 1;
        }
        return bin;
    }

    private int[] centreOfMass() {
        double[] sum = new double[3];
        double photons = 0;
        for (int i = 0; i < shape.size(); i++) {
            if (measurement.tells(i) && covers(i)) {
                photons += measurement.counts[i];
                for (int axis = 0; axis < 3; axis++) {
                    sum[axis] += (double) measurement.counts[i] * signed(shape, i, axis);
                }
            }
        }
        int[] middle = new int[3];
        for (int axis = 0; axis < 3; axis++) {
            middle[axis] = photons > 0 ? (int) Math.round(sum[axis] / photons) : 0;
        }
        return middle;
    }

    private boolean covers(int i) {
        for (int axis = 0; axis < 3; axis++) {
            if (Math.abs(signed(shape, i, axis) - centre[axis]) >= SIDE / 2 * bin[axis]) {
                return false;
            }
        }
        return true;
    }

    /** Photons of the known voxels that each of the window's voxels covers, made up for the unknown ones; NaN where fewer than half are known. */
    float[] photons() {
        float[] photons = new float[SHAPE.size()];
        for (int z = 0; z < SIDE; z++) {
            for (int y = 0; y < SIDE; y++) {
                for (int x = 0; x < SIDE; x++) {
                    photons[SHAPE.index(z, y, x)] = photons(z, y, x);
                }
            }
        }
        return photons;
    }

    private float photons(int z, int y, int x) {
        double sum = 0;
        double known = 0;
        double all = 0;
        for (int dz = 0; dz < WEIGHTS[bin[0]].length; dz++) {
            for (int dy = 0; dy < WEIGHTS[bin[1]].length; dy++) {
                for (int dx = 0; dx < WEIGHTS[bin[2]].length; dx++) {
                    double part = WEIGHTS[bin[0]][dz] * WEIGHTS[bin[1]][dy] * WEIGHTS[bin[2]][dx];
                    int at = index(place(0, z, dz), place(1, y, dy), place(2, x, dx));
                    all += part;
                    if (at >= 0 && measurement.tells(at)) {
                        known += part;
                        sum += part * measurement.counts[at];
                    }
                }
            }
        }
        return known < all / 2 ? Float.NaN : (float) (sum * all / known);
    }

    /** Distance from the origin of one of the voxels that the window's voxel {@code j} covers. */
    private int place(int axis, int j, int part) {
        return centre[axis] + bin[axis] * (j - SIDE / 2) + part - WEIGHTS[bin[axis]].length / 2;
    }

    /** Index of a voxel at these distances from the origin, -1 outside the measurement. */
    private int index(int z, int y, int x) {
        int[] at = {z, y, x};
        for (int axis = 0; axis < 3; axis++) {
            int length = shape.length(axis);
            if (at[axis] < -(length / 2) || at[axis] >= length - length / 2) {
                return -1;
            }
            at[axis] = Math.floorMod(at[axis], length);
        }
        return shape.index(at[0], at[1], at[2]);
    }

    private static int signed(Shape3 shape, int i, int axis) {
        int length = shape.length(axis);
        int at = i / shape.stride(axis) % length;
        return at < length - length / 2 ? at : at - length;
    }

    /**
     * The object of a wave in the window, on the grid of the measurement, with as many photons as that holds.
     *
     * @param wave interleaved, origin at N/2
     * @return interleaved, origin at index 0
     */
    float[] object(float[] wave) {
        Shape3 fine = new Shape3(SIDE * bin[0], SIDE * bin[1], SIDE * bin[2]);
        float[] finer = fine.equals(SHAPE) ? wave : refined(wave, fine);
        float[] object = new float[2 * shape.size()];
        for (int i = 0; i < fine.size(); i++) {
            int at = index(
                    i / fine.frameSize() - fine.nz() / 2 + centre[0],
                    i / fine.nx() % fine.ny() - fine.ny() / 2 + centre[1],
                    i % fine.nx() - fine.nx() / 2 + centre[2]);
            if (at >= 0) {
                object[2 * at] = finer[2 * i];
                object[2 * at + 1] = finer[2 * i + 1];
            }
        }
        scale(object);
        measurement.transform.backward(object);
        return object;
    }

    /** The wave between its voxels: its object in a larger field of view. */
    private static float[] refined(float[] wave, Shape3 fine) {
        float[] object = Shift.fromCentre(SHAPE, wave);
        new FourierTransform(SHAPE).backward(object);
        float[] centred = Shift.toCentre(SHAPE, object);
        float[] wide = new float[2 * fine.size()];
        for (int z = 0; z < SIDE; z++) {
            for (int y = 0; y < SIDE; y++) {
                int to = fine.index(z + (fine.nz() - SIDE) / 2, y + (fine.ny() - SIDE) / 2, (fine.nx() - SIDE) / 2);
                System.arraycopy(centred, 2 * SHAPE.index(z, y, 0), wide, 2 * to, 2 * SIDE);
            }
        }
        float[] finer = Shift.fromCentre(fine, wide);
        new FourierTransform(fine).forward(finer);
        return Shift.toCentre(fine, finer);
    }

    /** Makes the backward transform of a wave hold the measured photons. */
    private void scale(float[] wave) {
        double power = 0;
        double photons = 0;
        for (int i = 0; i < shape.size(); i++) {
            power += (double) wave[2 * i] * wave[2 * i] + (double) wave[2 * i + 1] * wave[2 * i + 1];
            photons += measurement.tells(i) ? measurement.counts[i] : 0;
        }
        float factor = power > 0 ? (float) Math.sqrt(photons / power / shape.size()) : 0;
        for (int i = 0; i < wave.length; i++) {
            wave[i] *= factor;
        }
    }
}
