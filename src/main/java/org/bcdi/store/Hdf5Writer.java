package org.bcdi.store;

import hdf.hdf5lib.H5;
import hdf.hdf5lib.HDF5Constants;
import hdf.hdf5lib.exceptions.HDF5Exception;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;

/** Writes a new HDF5 file. One thread at a time. */
final class Hdf5Writer implements AutoCloseable {
    private static final Logger LOG = LogManager.getLogger(Hdf5Writer.class);

    private final Path path;
    private final Handle file;
    private final NewDatasets datasets;

    private Hdf5Writer(Path path, Handle file) {
        this.path = path;
        this.file = file;
        this.datasets = new NewDatasets(file);
    }

    static Hdf5Writer create(Path path) {
        return Hdf5.call(() -> new Hdf5Writer(
                path,
                Handle.file(H5.H5Fcreate(path.toString(), HDF5Constants.H5F_ACC_TRUNC, Hdf5.DEFAULT, Hdf5.DEFAULT))));
    }

    /** Makes a group, those above it too, of a NeXus class. */
    void group(String path, String nexusClass) {
        Hdf5.run(() -> {
            try (Handle links = NewDatasets.intermediateGroups()) {
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
                    Handle dataset = datasets.create(path, type.id(), scalar, Hdf5.DEFAULT)) {
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
            try (Handle links = NewDatasets.intermediateGroups()) {
                H5.H5Lcreate_soft(target, file.id(), link, links.id(), Hdf5.DEFAULT);
            }
        });
    }

    /** Takes the volumes of this file. */
    Hdf5VolumeWriter volumes() {
        return new Hdf5VolumeWriter(datasets);
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

    private static Handle row(int length) {
        return Handle.space(H5.H5Screate_simple(1, new long[] {length}, null));
    }

    private void integers(String path, long type, Handle space, long[] values) {
        try (Handle dataset = datasets.create(path, type, space, Hdf5.DEFAULT)) {
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
        try (Handle dataset = datasets.create(path, HDF5Constants.H5T_IEEE_F64LE, space, Hdf5.DEFAULT)) {
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
