package org.bcdi.store;

import hdf.hdf5lib.H5;
import hdf.hdf5lib.HDF5Constants;
import hdf.hdf5lib.exceptions.HDF5Exception;
import io.jhdf.filter.Lz4Filter;
import io.jhdf.filter.LzfFilter;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.bcdi.task.InputException;
import org.bytedeco.hdf5.hdf5_java;
import org.bytedeco.javacpp.Loader;

/**
 * The official HDF5 library, loaded once. It is not safe for threads: everything that calls it goes through {@link #call},
 * one caller at a time; calls are kept short, so that reading one file does not hold up writing another for long.
 */
final class Hdf5 {
    private static final Logger LOG = LogManager.getLogger(Hdf5.class);

    /** The library's word for settings that are not set. */
    static final long DEFAULT;

    /** Kept for as long as the program runs, because the library calls back into them. */
    private static final List<DecodeCallback> FILTERS;

    static {
        // The Java classes look for their native part by this property before they look into java.library.path.
        Path library = Path.of(Loader.load(hdf5_java.class));
        System.setProperty(
                H5.H5PATH_PROPERTY_KEY,
                library.resolveSibling("libhdf5_java.so").toString());
        H5.H5open();
        DEFAULT = HDF5Constants.H5P_DEFAULT;
        H5.H5error_off();
        FILTERS = List.of(
                DecodeCallback.register(new BitshuffleFilter()),
                DecodeCallback.register(new Lz4Filter()),
                DecodeCallback.register(new LzfFilter()));
        LOG.debug("HDF5 library {} with {} more filters.", library, FILTERS.size());
    }

    private Hdf5() {}

    /** Calls the library while nobody else does. */
    static synchronized <T> T call(Supplier<T> work) {
        return work.get();
    }

    /**
     * Calls the library while nobody else does.
     *
     * @param sentence what to say of its failure
     * @throws InputException with that sentence when it fails
     */
    static <T> T read(Supplier<T> work, Function<HDF5Exception, String> sentence) {
        return call(() -> {
            try {
                return work.get();
            } catch (HDF5Exception e) {
                throw new InputException(sentence.apply(e), e);
            }
        });
    }

    /** Calls the library while nobody else does. */
    static synchronized void run(Runnable work) {
        work.run();
    }
}
