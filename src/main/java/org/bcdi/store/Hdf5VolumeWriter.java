package org.bcdi.store;

import hdf.hdf5lib.H5;
import hdf.hdf5lib.HDF5Constants;
import java.util.Arrays;
import org.bcdi.volume.Shape3;

/**
 * Writes volumes (z, y, x) into a new HDF5 file. Large ones are cut into frames and compressed losslessly (shuffle,
 * deflate), some megabytes at a time, so that other files can be read in between. One thread at a time.
 */
final class Hdf5VolumeWriter {
    private static final int SMALL = 1 << 16;
    private static final int SLAB_BYTES = 8 << 20;
    private static final int DEFLATE = 1;

    private final NewDatasets datasets;

    Hdf5VolumeWriter(NewDatasets datasets) {
        this.datasets = datasets;
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

    /** Values by index in the flat array. */
    interface IntByVoxel {
        int at(int index);
    }

    private interface SlabWriter {
        void write(long dataset, long memory, long space, int from, int to);
    }

    private void volume(String path, Shape3 shape, long type, int bytes, SlabWriter writer) {
        long frameBytes = (long) shape.frameSize() * bytes;
        int slabFrames = (int) Math.max(1, SLAB_BYTES / frameBytes);
        Handle dataset = Hdf5.call(() -> createVolume(path, shape, type, frameBytes * shape.nz() > SMALL));
        try {
            for (int first = 0; first < shape.nz(); first += slabFrames) {
                int frames = Math.min(slabFrames, shape.nz() - first);
                writeSlab(dataset, shape, first, frames, writer);
            }
        } finally {
            Hdf5.run(dataset::close);
        }
    }

    private Handle createVolume(String path, Shape3 shape, long type, boolean compress) {
        try (Handle space =
                        Handle.space(H5.H5Screate_simple(3, new long[] {shape.nz(), shape.ny(), shape.nx()}, null));
                Handle creation = Handle.properties(H5.H5Pcreate(HDF5Constants.H5P_DATASET_CREATE))) {
            if (compress) {
                H5.H5Pset_chunk(creation.id(), 3, new long[] {1, shape.ny(), shape.nx()});
                H5.H5Pset_shuffle(creation.id());
                H5.H5Pset_deflate(creation.id(), DEFLATE);
            }
            return datasets.create(path, type, space, creation.id());
        }
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
}
