package org.bcdi.inpaint;

import java.util.Random;
import org.bcdi.mask.Mask;
import org.bcdi.volume.Shape3;
import org.bcdi.volume.Volume;

/** Volumes and masks that the tests of this room share. */
final class Scenes {
    private Scenes() {}

    /** A smooth peak in the middle with fringes around it. */
    static Volume peak(Shape3 shape) {
        float[] counts = new float[shape.size()];
        for (int z = 0; z < shape.nz(); z++) {
            for (int y = 0; y < shape.ny(); y++) {
                for (int x = 0; x < shape.nx(); x++) {
                    double dz = z - shape.nz() / 2.0;
                    double dy = y - shape.ny() / 2.0;
                    double dx = x - shape.nx() / 2.0;
                    double fringes = 1.2 + Math.cos(0.6 * dz) * Math.cos(0.5 * dy) * Math.cos(0.7 * dx);
                    double envelope = 5e4 * Math.exp(-Math.sqrt(dz * dz + dy * dy + dx * dx) / 2.5);
                    counts[shape.index(z, y, x)] = Math.round(envelope * fringes);
                }
            }
        }
        return new Volume(shape, counts);
    }

    /** Each voxel without data by the given chance. */
    static Mask random(Shape3 shape, double chance, long seed) {
        Random random = new Random(seed);
        byte[] mask = new byte[shape.size()];
        for (int i = 0; i < mask.length; i++) {
            mask[i] = (byte) (random.nextDouble() < chance ? 1 : 0);
        }
        return new Mask(shape, mask);
    }

    /** A cross of gaps through every frame, rows and columns of the given width around a place. */
    static Mask cross(Shape3 shape, int row, int column, int width) {
        byte[] mask = new byte[shape.size()];
        for (int i = 0; i < mask.length; i++) {
            int y = i / shape.nx() % shape.ny();
            int x = i % shape.nx();
            boolean hidden = (y >= row && y < row + width) || (x >= column && x < column + width);
            mask[i] = (byte) (hidden ? 1 : 0);
        }
        return new Mask(shape, mask);
    }

    /** Blocks, a plane, a border row, dots: all that a detector can come up with, by seed. */
    static Mask awkward(Shape3 shape, long seed) {
        Random random = new Random(seed);
        Mask mask = random(shape, 0.002, seed)
                .or(cross(shape, random.nextInt(shape.ny()), random.nextInt(shape.nx()), 1 + random.nextInt(7)));
        byte[] data = mask.data().clone();
        int frame = random.nextInt(shape.nz());
        for (int i = frame * shape.frameSize(); i < (frame + 1) * shape.frameSize(); i++) {
            data[i] = 1;
        }
        for (int x = 0; x < shape.nx(); x++) {
            data[shape.index(0, 0, x)] = 1;
            data[shape.index(shape.nz() - 1, shape.ny() - 1, x)] = 1;
        }
        return new Mask(shape, data);
    }
}
