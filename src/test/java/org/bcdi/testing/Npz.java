package org.bcdi.testing;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/** Reads arrays of float64, float32 and uint8 out of a NumPy .npz file, as far as test vectors need it. */
public final class Npz {
    private static final Pattern HEADER =
            Pattern.compile("'descr': '[<|](\\w\\d)', 'fortran_order': False, 'shape': \\(([^)]*)\\)");

    private final int[] shape;
    private final float[] values;

    private Npz(int[] shape, float[] values) {
        this.shape = shape;
        this.values = values;
    }

    /** One array of the file. */
    public static Npz read(Path file, String array) throws IOException {
        try (ZipFile zip = new ZipFile(file.toFile())) {
            ZipEntry entry = zip.getEntry(array + ".npy");
            byte[] bytes = zip.getInputStream(entry).readAllBytes();
            ByteBuffer data = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
            int headerLength = data.getShort(8);
            Matcher header = HEADER.matcher(new String(bytes, 10, headerLength, StandardCharsets.US_ASCII));
            if (!header.find()) {
                throw new IOException(array + " in " + file + " is of a kind this reader does not know");
            }
            String[] extents = header.group(2).split(",");
            int[] shape = new int[extents.length];
            int size = 1;
            for (int axis = 0; axis < shape.length; axis++) {
                shape[axis] = Integer.parseInt(extents[axis].strip());
                size *= shape[axis];
            }
            data.position(10 + headerLength);
            return new Npz(shape, values(data, header.group(1), size));
        }
    }

    private static float[] values(ByteBuffer data, String type, int size) {
        float[] values = new float[size];
        for (int i = 0; i < size; i++) {
            values[i] = switch (type) {
                case "f8" -> (float) data.getDouble();
                case "f4" -> data.getFloat();
                case "u1" -> data.get() & 0xff;
                default -> throw new IllegalArgumentException("unknown type " + type);
            };
        }
        return values;
    }

    public int[] shape() {
        return shape;
    }

    /** In C order. */
    public float[] values() {
        return values;
    }
}
