package org.bcdi.store;

import hdf.hdf5lib.H5;
import hdf.hdf5lib.HDF5Constants;
import hdf.hdf5lib.exceptions.HDF5Exception;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.bytedeco.hdf5.global.hdf5;

/**
 * Tells the frames that a file holds from those it only has room for. A detector server makes the dataset in its full size, and
 * an aborted scan leaves the end of it unwritten, to be read as zeros. What was never written has no chunk. A chunk of several
 * frames may have been filled only in part: then the frames at its end that are empty are no measured ones. Called inside
 * {@link Hdf5#call}.
 */
final class WrittenFrames {
    private static final Logger LOG = LogManager.getLogger(WrittenFrames.class);

    private final Hdf5Dataset dataset;
    private final long id;
    private final long creation;
    private final boolean[] written;

    private WrittenFrames(Hdf5Dataset dataset, long id, Handle creation) {
        this.dataset = dataset;
        this.id = id;
        this.creation = creation.id();
        this.written = new boolean[Math.toIntExact(dataset.shape()[0])];
    }

    /** Whether each of the frames was written. */
    static boolean[] of(Hdf5Dataset dataset, Handle handle) {
        try (Handle creation = Handle.properties(H5.H5Dget_create_plist(handle.id()))) {
            WrittenFrames frames = new WrittenFrames(dataset, handle.id(), creation);
            int layout = H5.H5Pget_layout(creation.id());
            if (layout == HDF5Constants.H5D_VIRTUAL) {
                new VirtualSources(handle, creation).mark(frames.written);
            } else if (layout == HDF5Constants.H5D_CHUNKED) {
                frames.markChunks();
            } else {
                Arrays.fill(frames.written, H5.H5Dget_storage_size(handle.id()) > 0);
            }
            return frames.written;
        }
    }

    private void markChunks() {
        int last = -1;
        for (int frame = 0; frame < written.length; frame++) {
            written[frame] = hasChunk(frame);
            last = written[frame] ? frame : last;
        }
        int depth = framesOfAChunk();
        int end = last;
        while (last >= 0 && depth > 1 && last / depth == end / depth && isEmpty(last)) {
            written[last] = false;
            last--;
        }
        if (last < end) {
            LOG.warn(
                    "Dataset {} of {} is taken to end before frame {}: from there on its last chunk is empty.",
                    dataset.path(),
                    dataset.file(),
                    last + 1);
        }
    }

    private boolean hasChunk(int frame) {
        long[] offset = new long[dataset.rank()];
        offset[0] = frame;
        long[] address = new long[1];
        long[] size = new long[1];
        int status = hdf5.H5Dget_chunk_info_by_coord(id, offset, new int[1], address, size);
        return status >= 0 && size[0] > 0;
    }

    private int framesOfAChunk() {
        long[] chunk = new long[dataset.rank()];
        H5.H5Pget_chunk(creation, chunk.length, chunk);
        return (int) chunk[0];
    }

    /** Whether a frame holds only what the library puts where nothing was written. */
    private boolean isEmpty(int frame) {
        long[] offset = new long[dataset.rank()];
        long[] count = dataset.shape();
        offset[0] = frame;
        count[0] = 1;
        ByteBuffer values = dataset.read(offset, count);
        byte[] fill = fillValue();
        for (int i = 0; i < values.capacity(); i++) {
            if (values.get(i) != fill[i % fill.length]) {
                return false;
            }
        }
        return true;
    }

    private byte[] fillValue() {
        return dataset.pixelType()
                .map(type -> {
                    byte[] value = new byte[type.bytes()];
                    try {
                        H5.H5Pget_fill_value(creation, Hdf5Types.memoryType(type), value);
                    } catch (HDF5Exception e) {
                        LOG.debug("{} tells no fill value: zero is taken", dataset.path());
                    }
                    return value;
                })
                .orElse(new byte[1]);
    }
}
