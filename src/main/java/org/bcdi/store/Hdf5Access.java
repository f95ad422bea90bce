package org.bcdi.store;

import hdf.hdf5lib.H5;
import hdf.hdf5lib.HDF5Constants;
import hdf.hdf5lib.exceptions.HDF5Exception;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** How files that others may hold open, or left open, are opened for reading. */
final class Hdf5Access {
    /** The library waits twice as long each time, from a nanosecond on: some 30 ms in all. Its own choice of 100 would be for ever. */
    private static final int ATTEMPTS = 24;

    /** Places in a superblock. */
    private static final int VERSION = 8;

    private static final int FLAGS = 11;

    private Hdf5Access() {}

    /**
     * Without locks: a detector server may still hold the file open, and some file systems know none. The library insists on
     * its own way where a link or a virtual dataset made it open the file before. A file that is being written for readers
     * beside the writer, or whose writer died at that, opens only for such a reader. Called inside {@link Hdf5#call}.
     *
     * @return the library's number of the file
     * @throws HDF5Exception when it cannot be opened
     */
    static long open(Path path) {
        int read = HDF5Constants.H5F_ACC_RDONLY;
        String name = path.toString();
        try (Handle access = Handle.properties(H5.H5Pcreate(HDF5Constants.H5P_FILE_ACCESS))) {
            H5.H5Pset_file_locking(access.id(), false, true);
            try {
                return H5.H5Fopen(name, read, access.id());
            } catch (HDF5Exception e) {
                if (!hasWriter(path)) {
                    throw e;
                }
                H5.H5Pset_metadata_read_attempts(access.id(), ATTEMPTS);
                return H5.H5Fopen(name, read | HDF5Constants.H5F_ACC_SWMR_READ, access.id());
            }
        } catch (HDF5Exception e) {
            return H5.H5Fopen(name, read, Hdf5.DEFAULT);
        }
    }

    /**
     * Whether the file says that it is being written (flags of a superblock of version 3). The library must not look for a writer
     * elsewhere: in a damaged file it would look for long.
     */
    private static boolean hasWriter(Path path) {
        try (InputStream in = Files.newInputStream(path)) {
            byte[] start = in.readNBytes(FLAGS + 1);
            return start.length > FLAGS && start[VERSION] >= 3 && start[FLAGS] != 0;
        } catch (IOException e) {
            return false;
        }
    }
}
