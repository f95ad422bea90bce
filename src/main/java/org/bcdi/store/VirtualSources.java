package org.bcdi.store;

import hdf.hdf5lib.H5;
import hdf.hdf5lib.HDF5Constants;
import hdf.hdf5lib.exceptions.HDF5Exception;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Optional;
import java.util.regex.Pattern;
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

    /** Marks the frames that the source files really hold: where a frame is put together of several, all of them must. */
    void mark(boolean[] written) {
        boolean[] lost = new boolean[written.length];
        for (long i = 0; i < H5.H5Pget_virtual_count(creation); i++) {
            int[] here = frames(H5.H5Pget_virtual_vspace(creation, i), written.length);
            int part = isPattern(i) ? framesOfABlock(H5.H5Pget_virtual_vspace(creation, i)) : here.length;
            for (int from = 0; from < here.length; from += part) {
                int[] block = Arrays.copyOfRange(here, from, Math.min(from + part, here.length));
                mark(i, from / part, block, written, lost);
            }
        }
        for (int frame = 0; frame < written.length; frame++) {
            written[frame] &= !lost[frame];
        }
    }

    private void mark(long mapping, int block, int[] here, boolean[] written, boolean[] lost) {
        boolean[] source = sourceFrames(mapping, block);
        int[] there = frames(H5.H5Pget_virtual_srcspace(creation, mapping), source.length);
        for (int k = 0; k < here.length; k++) {
            boolean held = k < there.length && source[there[k]];
            written[here[k]] |= held;
            lost[here[k]] |= !held;
        }
    }

    /** A dataset in another file. */
    record Source(Path file, String dataset) {}

    /** The first source that is there. */
    Optional<Source> first() {
        for (long i = 0; i < H5.H5Pget_virtual_count(creation); i++) {
            Optional<Path> file = locate(fileName(i, 0));
            if (file.isPresent()) {
                return Optional.of(new Source(file.get(), datasetName(i, 0)));
            }
        }
        return Optional.empty();
    }

    private String fileName(long mapping, int block) {
        return name(H5.H5Pget_virtual_filename(creation, mapping), block);
    }

    private String datasetName(long mapping, int block) {
        return name(H5.H5Pget_virtual_dsetname(creation, mapping), block);
    }

    /** One mapping may stand for any number of sources: {@code %b} is the number of the block of frames, {@code %%} a percent sign. */
    private static String name(String pattern, int block) {
        return Pattern.compile("%[b%]")
                .matcher(pattern)
                .replaceAll(sign -> sign.group().equals("%b") ? Integer.toString(block) : "%");
    }

    private boolean isPattern(long mapping) {
        return !fileName(mapping, 0).equals(fileName(mapping, 1))
                || !datasetName(mapping, 0).equals(datasetName(mapping, 1));
    }

    private static int framesOfABlock(long id) {
        try (Handle space = Handle.space(id)) {
            int rank = H5.H5Sget_simple_extent_ndims(space.id());
            long[] block = new long[rank];
            H5.H5Sget_regular_hyperslab(space.id(), new long[rank], new long[rank], new long[rank], block);
            return (int) Math.max(1, block[0]);
        }
    }

    /** The frames of a selection, in order, of a dataset that has so many. */
    private static int[] frames(long id, int length) {
        try (Handle space = Handle.space(id)) {
            int rank = H5.H5Sget_simple_extent_ndims(space.id());
            BitSet selected = new BitSet();
            if (rank == 2) {
                selected.set(0);
            } else if (H5.H5Sget_select_type(space.id()) == HDF5Constants.H5S_SEL_ALL) {
                // The library keeps no extent for the whole of a source; the frames found in it are the limit
                selected.set(0, length);
            } else if (H5.H5Sis_regular_hyperslab(space.id())) {
                selectRegular(space, rank, length, selected);
            } else {
                selectBlocks(space, rank, selected);
            }
            return selected.stream().takeWhile(frame -> frame < length).toArray();
        }
    }

    /** Blocks of frames at equal distances; where there is no end to them, a number is negative. */
    private static void selectRegular(Handle space, int rank, int length, BitSet selected) {
        long[] start = new long[rank];
        long[] stride = new long[rank];
        long[] count = new long[rank];
        long[] block = new long[rank];
        H5.H5Sget_regular_hyperslab(space.id(), start, stride, count, block);
        long first = start[0];
        for (long i = 0; (i < count[0] || count[0] < 0) && first < length; i++, first += stride[0]) {
            selected.set((int) first, (int) (block[0] < 0 ? length : Math.min(first + block[0], length)));
        }
    }

    private static void selectBlocks(Handle space, int rank, BitSet selected) {
        long blocks = H5.H5Sget_select_hyper_nblocks(space.id());
        // Of each block its first element and its last
        long[] corners = new long[Math.toIntExact(2L * rank * blocks)];
        H5.H5Sget_select_hyper_blocklist(space.id(), 0, blocks, corners);
        for (int at = 0; at < corners.length; at += 2 * rank) {
            selected.set((int) corners[at], (int) corners[at + rank] + 1);
        }
    }

    private boolean[] sourceFrames(long mapping, int block) {
        String name = fileName(mapping, block);
        Optional<Path> file = locate(name);
        if (file.isEmpty()) {
            LOG.warn("Detector file {} is missing; its frames are masked.", name);
            return new boolean[0];
        }
        try (Hdf5File opened = Hdf5File.open(file.get());
                Hdf5Dataset dataset = opened.dataset(datasetName(mapping, block))) {
            return dataset.rank() == 2 ? new boolean[] {true} : dataset.writtenFrames();
        } catch (HDF5Exception | InputException e) {
            LOG.warn("Detector file {} cannot be read ({}); its frames are masked.", name, e.getMessage());
            return new boolean[0];
        }
    }

    /** The file itself where a symbolic link leads to it. */
    private static Path real(Path file) {
        try {
            return file.toRealPath();
        } catch (IOException e) {
            return file;
        }
    }

    /** The places where the library looks for a source file, in its order. */
    private Optional<Path> locate(String name) {
        if (name.equals(".")) {
            return Optional.of(home);
        }
        Path path = Path.of(name);
        return Stream.of(
                        home.resolveSibling(path),
                        home.resolveSibling(path.getFileName()),
                        path,
                        real(home).resolveSibling(path))
                .filter(Files::isReadable)
                .findFirst();
    }
}
