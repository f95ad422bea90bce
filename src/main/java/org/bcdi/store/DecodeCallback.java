package org.bcdi.store;

import io.jhdf.filter.Filter;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.bcdi.task.BcdiException;
import org.bytedeco.hdf5.H5Z_class2_t;
import org.bytedeco.hdf5.H5Z_func_t;
import org.bytedeco.hdf5.global.hdf5;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.IntPointer;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.PointerPointer;
import org.bytedeco.javacpp.SizeTPointer;

/**
 * Lends the official library a decompression filter in Java: Lima compresses with bitshuffle and LZ4, which the library
 * does not bring. Called by the library, in the thread that reads.
 */
final class DecodeCallback extends H5Z_func_t {
    private static final Logger LOG = LogManager.getLogger(DecodeCallback.class);

    private final transient Filter filter;

    private DecodeCallback(Filter filter) {
        this.filter = filter;
    }

    static DecodeCallback register(Filter filter) {
        DecodeCallback callback = new DecodeCallback(filter);
        try (BytePointer name = new BytePointer(filter.getName());
                H5Z_class2_t description = new H5Z_class2_t()) {
            description
                    .version(hdf5.H5Z_CLASS_T_VERS)
                    .id(filter.getId())
                    .encoder_present(0)
                    .decoder_present(1)
                    .name(name)
                    .filter(callback);
            if (hdf5.H5Zregister(description) < 0) {
                throw new BcdiException("The HDF5 library does not take the filter " + filter.getName() + ".");
            }
        }
        return callback;
    }

    @Override
    @SuppressWarnings("rawtypes")
    public long call(
            int flags, long parameters, IntPointer values, long bytes, SizeTPointer capacity, PointerPointer buffer) {
        try {
            if ((flags & hdf5.H5Z_FLAG_REVERSE) == 0) {
                return 0;
            }
            int[] settings = new int[(int) parameters];
            if (settings.length > 0) {
                values.get(settings);
            }
            byte[] encoded = new byte[(int) bytes];
            Pointer old = buffer.get(0);
            new BytePointer(old).get(encoded);
            byte[] decoded = filter.decode(encoded, settings);
            Pointer fresh = hdf5.H5allocate_memory(decoded.length, false);
            new BytePointer(fresh).put(decoded);
            hdf5.H5free_memory(old);
            buffer.put(0, fresh);
            capacity.put(decoded.length);
            return decoded.length;
        } catch (RuntimeException e) {
            // An exception must not unwind through C; 0 tells the library that the filter failed.
            LOG.debug("Filter {} failed.", filter.getName(), e);
            return 0;
        }
    }
}
