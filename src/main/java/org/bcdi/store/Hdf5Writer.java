package org.bcdi.store;

import hdf.hdf5lib.H5;
import hdf.hdf5lib.HDF5Constants;
import hdf.hdf5lib.exceptions.HDF5Exception;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.bcdi.volume.Shape3;

/**
 * Writes a new HDF5 file. Large volumes are cut into chunks of whole frames and compressed losslessly (shuffle, deflate),
 * some megabytes at a time, so that other files can be read in between. One thread at a time.
 */
final class Hdf5Writer implements AutoCloseable {
    private static final Logger LOG = LogManager.getLogger(Hdf5Writer.class);
    private static final int SMALL = 1 << 16;
    private static final int SLAB_BYTES = 8 << 20;
    private static final int DEFLATE = 1;

    private final Path path;
    private final Handle file;

    private Hdf5Writer(Path path, Handle file) {
        this.path = path;
        this.file = file;
    }

    static Hdf5Writer create(Path path) {
        return Hdf5.call(() -> new Hdf5Writer(
                path,
                Handle.file(H5.H5Fcreate(path.toString(), HDF5Constants.H5F_ACC_TRUNC, Hdf5.DEFAULT, Hdf5.DEFAULT))));
    }

    /** Makes a group, those above it too, of a NeXus class. */
    void group(String path, String nexusClass) {
        Hdf5.run(() -> {
            try (Handle links = intermediateGroups()) {
                Handle.group(H5.H5Gcreate(file.id(), path, links.id(), Hdf5.DEFAULT, Hdf5.DEFAULT))
                        .close();
            }
        });
        attribute(path, "NX_class", nexusClass);
    }

    void attribute(String object, String name, String value) {
        Hdf5.run(() -> {
            try (Handle type = Hdf5Types.text();
                    Handle scalar = Handle.space(H5.H5Screate(HDF5Constants.H5S_SCALAR));
                    Handle attribute = Handle.attribute(H5.H5Acreate_by_name(
                            file.id(),
                            object,
                            name,
                            type.id(),
                            scalar.id(),
                            Hdf5.DEFAULT,
                            Hdf5.DEFAULT,
                            Hdf5.DEFAULT))) {
                H5.H5Awrite_VLStrings(attribute.id(), type.id(), new String[] {value});
            }
        });
    }

    void text(String path, String value) {
        Hdf5.run(() -> {
            try (Handle type = Hdf5Types.text();
                    Handle scalar = Handle.space(H5.H5Screate(HDF5Constants.H5S_SCALAR));
                    Handle dataset = create(path, type.id(), scalar, Hdf5.DEFAULT)) {
                H5.H5Dwrite_VLStrings(
                        dataset.id(),
                        type.id(),
                        HDF5Constants.H5S_ALL,
                        HDF5Constants.H5S_ALL,
                        Hdf5.DEFAULT,
                        new String[] {value});
            }
        });
    }

    void integer(String path, long value) {
        Hdf5.run(() -> {
            try (Handle scalar = Handle.space(H5.H5Screate(HDF5Constants.H5S_SCALAR))) {
                integers(path, HDF5Constants.H5T_STD_I64LE, scalar, new long[] {value});
            }
        });
    }

    /** Whole numbers as int32. */
    void integers(String path, List<Integer> values) {
        Hdf5.run(() -> {
            try (Handle row = row(values.size())) {
                long[] wide = values.stream().mapToLong(Integer::longValue).toArray();
                integers(path, HDF5Constants.H5T_STD_I32LE, row, wide);
            }
        });
    }

    /** A scalar int32. */
    void smallInteger(String path, int value) {
        Hdf5.run(() -> {
            try (Handle scalar = Handle.space(H5.H5Screate(HDF5Constants.H5S_SCALAR))) {
                integers(path, HDF5Constants.H5T_STD_I32LE, scalar, new long[] {value});
            }
        });
    }

    void number(String path, double value) {
        Hdf5.run(() -> {
            try (Handle scalar = Handle.space(H5.H5Screate(HDF5Constants.H5S_SCALAR))) {
                numbers(path, scalar, new double[] {value});
            }
        });
    }

    void numbers(String path, List<Double> values) {
        Hdf5.run(() -> {
            try (Handle row = row(values.size())) {
                numbers(
                        path,
                        row,
                        values.stream().mapToDouble(Double::doubleValue).toArray());
            }
        });
    }

    /** A link by name, which may be made before its target. */
    void softLink(String link, String target) {
        Hdf5.run(() -> {
            try (Handle links = intermediateGroups()) {
                H5.H5Lcreate_soft(target, file.id(), link, links.id(), Hdf5.DEFAULT);
            }
        });
    }

    /** float32. */
    void floats(String path, Shape3 shape, float[] values) {
        volume(path, shape, HDF5Constants.H5T_IEEE_F32LE, Float.BYTES, (dataset, memory, space, from, to) -> {
            float[] slab = Arrays.copyOfRange(values, from, to);
            H5.H5Dwrite_float(dataset, HDF5Constants.H5T_NATIVE_FLOAT, memory, space, Hdf5.DEFAULT, slab, false);
        });
    }

    /** int32 or uint32 of values that are whole; an unsigned one gets the bits of the int. */
    void integers(String path, Shape3 shape, boolean signed, IntByVoxel values) {
        long fileType = signed ? HDF5Constants.H5T_STD_I32LE : HDF5Constants.H5T_STD_U32LE;
        long memoryType = signed ? HDF5Constants.H5T_NATIVE_INT32 : HDF5Constants.H5T_NATIVE_UINT32;
        volume(path, shape, fileType, Integer.BYTES, (dataset, memory, space, from, to) -> {
            int[] slab = new int[to - from];
            Arrays.setAll(slab, i -> values.at(from + i));
            H5.H5Dwrite_int(dataset, memoryType, memory, space, Hdf5.DEFAULT, slab, false);
        });
    }

    /** uint8. */
    void bytes(String path, Shape3 shape, byte[] values) {
        volume(path, shape, HDF5Constants.H5T_STD_U8LE, 1, (dataset, memory, space, from, to) -> {
            byte[] slab = Arrays.copyOfRange(values, from, to);
            H5.H5Dwrite(dataset, HDF5Constants.H5T_NATIVE_UINT8, memory, space, Hdf5.DEFAULT, slab, false);
        });
    }

    /** complex64: a compound of float32 r and i. */
    void complex(String path, Shape3 shape, float[] interleaved) {
        Hdf5.run(() -> {
            try (Handle type = Hdf5Types.complexFloat()) {
                volume(path, shape, type.id(), 2 * Float.BYTES, (dataset, memory, space, from, to) -> {
                    float[] slab = Arrays.copyOfRange(interleaved, 2 * from, 2 * to);
                    H5.H5Dwrite_float(dataset, type.id(), memory, space, Hdf5.DEFAULT, slab, false);
                });
            }
        });
    }

    /**
     * Closes the file; what cannot be flushed to disk is thrown here. The library keeps a file open for ever when it cannot
     * flush it, and dies of it when the program ends, so then room is made for what it still wants to write.
     */
    @Override
    public void close() {
        Hdf5.run(() -> {
            try {
                H5.H5Fflush(file.id(), HDF5Constants.H5F_SCOPE_LOCAL);
            } catch (HDF5Exception e) {
                giveUp();
                throw e;
            } finally {
                file.close();
            }
        });
    }

    private void giveUp() {
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.WRITE)) {
            channel.truncate(0);
        } catch (IOException e) {
            LOG.warn("What was written of {} cannot be taken back: {}", path, e.getMessage());
        }
    }

    /** Values by index in the flat array. */
    interface IntByVoxel {
        int at(int index);
    }

    private interface SlabWriter {
        void write(long dataset, long memory, long space, int from, int to);
    }

    private void volume(String path, Shape3 shape, long type, int bytes, SlabWriter writer) {
        long frameBytes = (long) shape.frameSize() * bytes;
        int chunkFrames = (int) Math.max(1, Math.min(shape.nz(), SMALL / frameBytes));
        int slabFrames = (int) Math.max(1, SLAB_BYTES / (frameBytes * chunkFrames)) * chunkFrames;
        Handle dataset = Hdf5.call(() -> createVolume(path, shape, type, chunkFrames, frameBytes * shape.nz() > SMALL));
        try {
            for (int first = 0; first < shape.nz(); first += slabFrames) {
                int frames = Math.min(slabFrames, shape.nz() - first);
                writeSlab(dataset, shape, first, frames, writer);
            }
        } finally {
            Hdf5.run(dataset::close);
        }
    }

    private Handle createVolume(String path, Shape3 shape, long type, int chunkFrames, boolean compress) {
        try (Handle space =
                        Handle.space(H5.H5Screate_simple(3, new long[] {shape.nz(), shape.ny(), shape.nx()}, null));
                Handle creation = Handle.properties(H5.H5Pcreate(HDF5Constants.H5P_DATASET_CREATE))) {
            if (compress) {
                H5.H5Pset_chunk(creation.id(), 3, new long[] {chunkFrames, shape.ny(), shape.nx()});
                H5.H5Pset_shuffle(creation.id());
                H5.H5Pset_deflate(creation.id(), DEFLATE);
            }
            return create(path, type, space, creation.id());
        }
    }

    /** Chunks are written whole and once; one that waited in a cache could not be closed on a full disk. */
    private static Handle withoutCache() {
        Handle access = Handle.properties(H5.H5Pcreate(HDF5Constants.H5P_DATASET_ACCESS));
        H5.H5Pset_chunk_cache(access.id(), 0, 0, 1);
        return access;
    }

    private static void writeSlab(Handle dataset, Shape3 shape, int first, int frames, SlabWriter writer) {
        long[] count = {frames, shape.ny(), shape.nx()};
        Hdf5.run(() -> {
            try (Handle memory = Handle.space(H5.H5Screate_simple(3, count, null));
                    Handle space = Handle.space(H5.H5Dget_space(dataset.id()))) {
                long[] start = {first, 0, 0};
                H5.H5Sselect_hyperslab(space.id(), HDF5Constants.H5S_SELECT_SET, start, null, count, null);
                int from = first * shape.frameSize();
                writer.write(dataset.id(), memory.id(), space.id(), from, from + frames * shape.frameSize());
            }
        });
    }

    private Handle create(String path, long type, Handle space, long creation) {
        try (Handle links = intermediateGroups();
                Handle access = withoutCache()) {
            return Handle.dataset(H5.H5Dcreate(file.id(), path, type, space.id(), links.id(), creation, access.id()));
        }
    }

    private static Handle intermediateGroups() {
        Handle links = Handle.properties(H5.H5Pcreate(HDF5Constants.H5P_LINK_CREATE));
        H5.H5Pset_create_intermediate_group(links.id(), true);
        return links;
    }

    private static Handle row(int length) {
        return Handle.space(H5.H5Screate_simple(1, new long[] {length}, null));
    }

    private void integers(String path, long type, Handle space, long[] values) {
        try (Handle dataset = create(path, type, space, Hdf5.DEFAULT)) {
            H5.H5Dwrite_long(
                    dataset.id(),
                    HDF5Constants.H5T_NATIVE_INT64,
                    HDF5Constants.H5S_ALL,
                    HDF5Constants.H5S_ALL,
                    Hdf5.DEFAULT,
                    values,
                    false);
        }
    }

    private void numbers(String path, Handle space, double[] values) {
        try (Handle dataset = create(path, HDF5Constants.H5T_IEEE_F64LE, space, Hdf5.DEFAULT)) {
            H5.H5Dwrite_double(
                    dataset.id(),
                    HDF5Constants.H5T_NATIVE_DOUBLE,
                    HDF5Constants.H5S_ALL,
                    HDF5Constants.H5S_ALL,
                    Hdf5.DEFAULT,
                    values,
                    false);
        }
    }
}
