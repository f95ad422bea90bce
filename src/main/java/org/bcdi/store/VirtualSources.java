package org.bcdi.store;

import hdf.hdf5lib.H5;
import hdf.hdf5lib.HDF5Constants;
import hdf.hdf5lib.exceptions.HDF5Exception;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.bcdi.task.InputException;

/**
 * The files behind a virtual dataset, as a BLISS master file refers to those of the detector. The library reads zeros
 * where such a file is absent or was never written to the end; here that is noticed. Called inside {@link Hdf5#call}.
 */
final class VirtualSources {
    private static final Logger LOG = LogManager.getLogger(VirtualSources.class);

    private final Path home;
    private final long creation;

    VirtualSources(Handle dataset, Handle creation) {
        this.home = Path.of(H5.H5Fget_name(dataset.id()));
        this.creation = creation.id();
    }

    /** Marks the frames that a source file really holds. */
    void mark(boolean[] written) {
        long mappings = H5.H5Pget_virtual_count(creation);
        for (long i = 0; i < mappings; i++) {
            int first = frames(H5.H5Pget_virtual_vspace(creation, i))[0];
            int[] range = frames(H5.H5Pget_virtual_srcspace(creation, i));
            boolean[] source = sourceFrames(i);
            for (int frame = range[0]; frame <= range[1] && frame < source.length; frame++) {
                int here = first + frame - range[0];
                if (here < written.length) {
                    written[here] |= source[frame];
                }
            }
        }
    }

    /** A dataset in another file. */
    record Source(Path file, String dataset) {}

    /** The first source that is there. */
    Optional<Source> first() {
        long mappings = H5.H5Pget_virtual_count(creation);
        for (long i = 0; i < mappings; i++) {
            Optional<Path> file = locate(H5.H5Pget_virtual_filename(creation, i));
            if (file.isPresent()) {
                return Optional.of(new Source(file.get(), H5.H5Pget_virtual_dsetname(creation, i)));
            }
        }
        return Optional.empty();
    }

    /** First and last frame of a selection. */
    private static int[] frames(long id) {
        try (Handle space = Handle.space(id)) {
            if (H5.H5Sget_select_type(space.id()) == HDF5Constants.H5S_SEL_ALL) {
                // The library keeps no extent for the whole of a source; the frames found in it are the limit
                return new int[] {0, Integer.MAX_VALUE};
            }
            int rank = H5.H5Sget_simple_extent_ndims(space.id());
            long[] start = new long[rank];
            long[] end = new long[rank];
            H5.H5Sget_select_bounds(space.id(), start, end);
            return rank == 2 ? new int[] {0, 0} : new int[] {(int) start[0], (int) end[0]};
        }
    }

    private boolean[] sourceFrames(long mapping) {
        String name = H5.H5Pget_virtual_filename(creation, mapping);
        Optional<Path> file = locate(name);
        if (file.isEmpty()) {
            LOG.warn("Detector file {} is missing; its frames are masked.", name);
            return new boolean[0];
        }
        try (Hdf5File opened = Hdf5File.open(file.get());
                Hdf5Dataset dataset = opened.dataset(H5.H5Pget_virtual_dsetname(creation, mapping))) {
            return dataset.rank() == 2 ? new boolean[] {true} : dataset.writtenFrames();
        } catch (HDF5Exception | InputException e) {
            LOG.warn("Detector file {} cannot be read ({}); its frames are masked.", name, e.getMessage());
            return new boolean[0];
        }
    }

    /** The places where the library looks for a source file, in its order. */
    private Optional<Path> locate(String name) {
        if (name.equals(".")) {
            return Optional.of(home);
        }
        Path path = Path.of(name);
        return Stream.of(home.resolveSibling(path), home.resolveSibling(path.getFileName()), path)
                .filter(Files::isReadable)
                .findFirst();
    }
}
