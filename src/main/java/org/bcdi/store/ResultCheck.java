package org.bcdi.store;

import io.jhdf.HdfFile;
import io.jhdf.api.Dataset;
import io.jhdf.exceptions.HdfException;
import java.nio.file.Path;
import java.util.Arrays;
import org.bcdi.phase.Reconstruction;
import org.bcdi.task.BcdiException;
import org.bcdi.volume.Shape3;

/**
 * Looks whether a result file is what it should be, with another HDF5 implementation (jhdf) than wrote it: every volume has
 * its shape, and the frame in its middle holds the values that were given, bit by bit.
 */
final class ResultCheck {
    private ResultCheck() {}

    /** @throws BcdiException naming the first part that is not right */
    static void verify(Path path, ScanResult result) {
        try (HdfFile file = new HdfFile(path)) {
            Shape3 shape = result.intensity().shape();
            float[] counts = result.curve().counts().data();
            compare(file, ResultWriter.DETECTOR + "/data", shape, i -> counts[i]);
            byte[] mask = result.curve().mask().data();
            compare(file, ResultWriter.DETECTOR + "/mask", shape, i -> mask[i]);
            float[] intensity = result.intensity().data();
            compare(file, ResultWriter.INTENSITY + "/data", shape, i -> intensity[i]);
            float[] deviation = result.deviation().data();
            compare(file, ResultWriter.INTENSITY + "/data_error", shape, i -> deviation[i]);
            Reconstruction reconstruction = result.reconstruction();
            if (reconstruction != null) {
                Shape3 phased = reconstruction.object().shape();
                dataset(file, ResultWriter.OBJECT + "/data", phased);
                byte[] support = reconstruction.support().data();
                compare(file, ResultWriter.OBJECT + "/mask", phased, i -> support[i]);
            }
        } catch (HdfException e) {
            throw new BcdiException("The result file cannot be read back (" + e.getMessage() + ").", e);
        }
    }

    private interface ValueByVoxel {
        float at(int index);
    }

    private static Dataset dataset(HdfFile file, String path, Shape3 shape) {
        Dataset dataset = file.getDatasetByPath(path);
        if (!Arrays.equals(dataset.getDimensions(), new int[] {shape.nz(), shape.ny(), shape.nx()})) {
            throw new BcdiException("The result file holds " + path + " as " + Arrays.toString(dataset.getDimensions())
                    + " and not as " + shape + ".");
        }
        return dataset;
    }

    private static void compare(HdfFile file, String path, Shape3 shape, ValueByVoxel expected) {
        int middle = shape.nz() / 2;
        Object frame =
                dataset(file, path, shape).getData(new long[] {middle, 0, 0}, new int[] {1, shape.ny(), shape.nx()});
        for (int y = 0; y < shape.ny(); y++) {
            for (int x = 0; x < shape.nx(); x++) {
                float wanted = expected.at(shape.index(middle, y, x));
                float held = value(frame, y, x);
                if (held != wanted && !(Float.isNaN(held) && Float.isNaN(wanted))) {
                    throw new BcdiException("The result file holds " + held + " and not " + wanted + " in " + path
                            + " at (" + middle + ", " + y + ", " + x + ").");
                }
            }
        }
    }

    private static float value(Object frame, int y, int x) {
        if (frame instanceof float[][][] floats) {
            return floats[0][y][x];
        }
        if (frame instanceof int[][][] ints) {
            return ints[0][y][x];
        }
        return frame instanceof byte[][][] bytes ? bytes[0][y][x] : Float.NaN;
    }
}
