package org.bcdi.store;

import hdf.hdf5lib.H5;
import hdf.hdf5lib.HDF5Constants;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import org.bcdi.detector.PixelType;
import org.bcdi.task.InputException;
import org.jspecify.annotations.Nullable;

/** A dataset open for reading. One thread at a time. */
final class Hdf5Dataset implements AutoCloseable {
    private final Path file;
    private final String path;
    private final Handle handle;
    private final long[] shape;
    private final int typeClass;
    private final Optional<PixelType> pixelType;

    /** Takes over an open dataset; called inside {@link Hdf5#call}. */
    Hdf5Dataset(Path file, String path, Handle handle) {
        this.file = file;
        this.path = path;
        this.handle = handle;
        try (Handle space = Handle.space(H5.H5Dget_space(handle.id()));
                Handle type = Handle.type(H5.H5Dget_type(handle.id()))) {
            long[] extent = new long[H5.H5Sget_simple_extent_ndims(space.id())];
            if (extent.length > 0) {
                H5.H5Sget_simple_extent_dims(space.id(), extent, null);
            }
            // A dataset without any element, not even a scalar's, has no axes either
            boolean nothing = H5.H5Sget_simple_extent_type(space.id()) == HDF5Constants.H5S_NULL;
            this.shape = nothing ? new long[] {0} : extent;
            this.typeClass = H5.H5Tget_class(type.id());
            this.pixelType = Hdf5Types.pixelType(type.id(), typeClass);
        }
    }

    Path file() {
        return file;
    }

    String path() {
        return path;
    }

    long[] shape() {
        return shape.clone();
    }

    int rank() {
        return shape.length;
    }

    long size() {
        return Arrays.stream(shape).reduce(1, (a, b) -> a * b);
    }

    /** The type of integer and floating-point elements; empty for all others. */
    Optional<PixelType> pixelType() {
        return pixelType;
    }

    boolean isNumeric() {
        return pixelType.isPresent();
    }

    boolean isComplex() {
        return typeClass == HDF5Constants.H5T_COMPOUND
                && look(() -> {
                    try (Handle type = Handle.type(H5.H5Dget_type(handle.id()))) {
                        return Hdf5Types.isComplex(type.id());
                    }
                });
    }

    /** The type in a word: {@code uint32}, {@code complex}, {@code string}, {@code other}. */
    String typeWord() {
        return pixelType
                .map(type -> type.name().toLowerCase(Locale.ROOT))
                .orElseGet(() -> typeClass == HDF5Constants.H5T_STRING ? "string" : isComplex() ? "complex" : "other");
    }

    /**
     * Reads a box of a numeric dataset.
     *
     * @param offset of the box's first element, along each axis
     * @param count of elements along each axis, less than 2^31 bytes in all
     * @return elements of {@link #pixelType()} in C order, little endian
     */
    ByteBuffer read(long[] offset, long[] count) {
        PixelType type = pixelType.orElseThrow(() -> new InputException(
                "Dataset " + path + " of " + file + " holds no numbers; name another by bcdi process --dataset."));
        long elements = Arrays.stream(count).reduce(1, (a, b) -> a * b);
        byte[] bytes = new byte[Math.toIntExact(elements * type.bytes())];
        // Not pinned: the library may call a filter in Java while it reads.
        box(
                offset,
                count,
                (memory, space) ->
                        H5.H5Dread(handle.id(), Hdf5Types.memoryType(type), memory, space, Hdf5.DEFAULT, bytes, false));
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    /**
     * Reads a box of a complex or real dataset as float32; complex elements give two each.
     *
     * @throws InputException when {@code to} is not as long as that: the dataset is not what it was taken for
     */
    void readFloats(long[] offset, long[] count, float[] to) {
        long values = Arrays.stream(count).reduce(isComplex() ? 2 : 1, (a, b) -> a * b);
        if (values != to.length) {
            throw new InputException("Dataset " + path + " of " + file + " holds " + typeWord() + " elements where "
                    + (isComplex() ? "real" : "complex")
                    + " ones were looked for; it is not a result as this program writes it.");
        }
        box(offset, count, (memory, space) -> {
            try (Handle complex = Hdf5Types.complexFloat()) {
                long type = isComplex() ? complex.id() : HDF5Constants.H5T_NATIVE_FLOAT;
                return H5.H5Dread_float(handle.id(), type, memory, space, Hdf5.DEFAULT, to, false);
            }
        });
    }

    /** All of a small numeric dataset. */
    double[] readDoubles() {
        double[] values = new double[Math.toIntExact(size())];
        look(() -> H5.H5Dread_double(
                handle.id(),
                HDF5Constants.H5T_NATIVE_DOUBLE,
                HDF5Constants.H5S_ALL,
                HDF5Constants.H5S_ALL,
                Hdf5.DEFAULT,
                values,
                false));
        return values;
    }

    /** A scalar integer. */
    long readLong() {
        long[] value = new long[1];
        look(() -> H5.H5Dread_long(
                handle.id(),
                HDF5Constants.H5T_NATIVE_INT64,
                HDF5Constants.H5S_ALL,
                HDF5Constants.H5S_ALL,
                Hdf5.DEFAULT,
                value,
                false));
        return value[0];
    }

    /** A scalar text; empty when the dataset is none. */
    Optional<String> readText() {
        if (typeClass != HDF5Constants.H5T_STRING || size() != 1) {
            return Optional.empty();
        }
        return look(() -> {
            try (Handle type = Handle.type(H5.H5Dget_type(handle.id()))) {
                return Optional.ofNullable(H5.H5Tis_variable_str(type.id()) ? variable(type) : fixed(type));
            }
        });
    }

    private @Nullable String variable(Handle type) {
        String[] value = new String[1];
        H5.H5Dread_VLStrings(handle.id(), type.id(), HDF5Constants.H5S_ALL, HDF5Constants.H5S_ALL, Hdf5.DEFAULT, value);
        return value[0];
    }

    private String fixed(Handle type) {
        byte[] value = new byte[(int) H5.H5Tget_size(type.id())];
        H5.H5Dread(handle.id(), type.id(), HDF5Constants.H5S_ALL, HDF5Constants.H5S_ALL, Hdf5.DEFAULT, value, false);
        return new String(value, StandardCharsets.UTF_8).replace("\0", "");
    }

    /** Which of {@code shape()[0]} frames the file really holds. */
    boolean[] writtenFrames() {
        return look(() -> WrittenFrames.of(this, handle));
    }

    /** The file and the path where it really is, when it was reached by links. */
    VirtualSources.Source place() {
        return look(() -> new VirtualSources.Source(Path.of(H5.H5Fget_name(handle.id())), H5.H5Iget_name(handle.id())));
    }

    /** The dataset behind a virtual one, the first of them; empty for one that holds its elements itself. */
    Optional<VirtualSources.Source> source() {
        return look(() -> {
            try (Handle creation = Handle.properties(H5.H5Dget_create_plist(handle.id()))) {
                return H5.H5Pget_layout(creation.id()) == HDF5Constants.H5D_VIRTUAL
                        ? new VirtualSources(handle, creation).first()
                        : Optional.empty();
            }
        });
    }

    @Override
    public void close() {
        Hdf5.run(handle::close);
    }

    private interface BoxReader {
        int read(long memory, long space);
    }

    private void box(long[] offset, long[] count, BoxReader reader) {
        look(() -> {
            try (Handle space = Handle.space(H5.H5Dget_space(handle.id()));
                    Handle memory = Handle.space(H5.H5Screate_simple(count.length, count, null))) {
                H5.H5Sselect_hyperslab(space.id(), HDF5Constants.H5S_SELECT_SET, offset, null, count, null);
                return reader.read(memory.id(), space.id());
            }
        });
    }

    private <T> T look(Supplier<T> work) {
        return Hdf5.read(
                work,
                e -> "Dataset " + path + " of " + file + " cannot be read (" + e.getMessage()
                        + "); the file is damaged or compressed in a way that is not known here.");
    }
}
