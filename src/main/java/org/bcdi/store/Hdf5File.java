package org.bcdi.store;

import hdf.hdf5lib.H5;
import hdf.hdf5lib.HDF5Constants;
import hdf.hdf5lib.exceptions.HDF5Exception;
import hdf.hdf5lib.structs.H5O_info_t;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.bcdi.task.InputException;

/** An HDF5 file open for reading, links into other files followed. One thread at a time. */
final class Hdf5File implements AutoCloseable {
    /** What a path leads to. */
    enum Kind {
        GROUP,
        DATASET,
        /** A link whose target is not there, or a committed type. */
        NOTHING
    }

    private static final int MOST_LINKS = 8;

    private final Path path;
    private final Handle handle;

    private Hdf5File(Path path, Handle handle) {
        this.path = path;
        this.handle = handle;
    }

    /**
     * Opens a file.
     *
     * @throws InputException when there is none, or it is not HDF5
     */
    static Hdf5File open(Path path) {
        requireFile(path);
        return Hdf5.read(
                () -> new Hdf5File(path, Handle.file(Hdf5Access.open(path))),
                e -> "File " + path + " is not an HDF5 file that can be read; check that it is whole.");
    }

    /** @throws InputException when there is no file to read */
    static void requireFile(Path path) {
        if (!Files.exists(path)) {
            throw new InputException("File " + path + " does not exist; check the path.");
        }
        if (Files.isDirectory(path)) {
            throw new InputException("File " + path + " is a directory; name a file in it.");
        }
        if (!Files.isReadable(path)) {
            throw new InputException("File " + path + " may not be read; check its permissions.");
        }
    }

    Path path() {
        return path;
    }

    /** What is at a path, links followed. */
    Kind kind(String object) {
        return Hdf5.call(() -> {
            try {
                H5O_info_t info = info(object);
                return info.type == HDF5Constants.H5O_TYPE_GROUP
                        ? Kind.GROUP
                        : info.type == HDF5Constants.H5O_TYPE_DATASET ? Kind.DATASET : Kind.NOTHING;
            } catch (HDF5Exception e) {
                return Kind.NOTHING;
            }
        });
    }

    /**
     * The same text for the same object, by whatever path it is reached. The library numbers a file anew each time a link
     * opens it, so the file's name tells which it is.
     */
    String identity(String object) {
        return look(object, () -> {
            try (Handle opened = Handle.object(H5.H5Oopen(handle.id(), object, Hdf5.DEFAULT))) {
                return H5.H5Fget_name(opened.id()) + ":" + Arrays.toString(info(object).token.data);
            }
        });
    }

    /** Names in a group, in alphabetical order. */
    List<String> children(String group) {
        return look(group, () -> {
            try (Handle opened = Handle.group(H5.H5Gopen(handle.id(), group, Hdf5.DEFAULT))) {
                long count = H5.H5Gget_info(opened.id()).nlinks;
                List<String> names = new ArrayList<>();
                for (long i = 0; i < count; i++) {
                    names.add(H5.H5Lget_name_by_idx(
                            opened.id(), ".", HDF5Constants.H5_INDEX_NAME, HDF5Constants.H5_ITER_INC, i, Hdf5.DEFAULT));
                }
                return names;
            }
        });
    }

    /** Where a soft or external link points; empty for an object's own place, and for links of somebody's own kind. */
    Optional<String> linkTarget(String link) {
        return look(link, () -> {
            int type = link.equals("/")
                    ? HDF5Constants.H5L_TYPE_HARD
                    : H5.H5Lget_info(handle.id(), link, Hdf5.DEFAULT).type;
            if (type != HDF5Constants.H5L_TYPE_SOFT && type != HDF5Constants.H5L_TYPE_EXTERNAL) {
                return Optional.empty();
            }
            String[] value = new String[2];
            H5.H5Lget_value(handle.id(), link, value, Hdf5.DEFAULT);
            return Optional.of(value[1] == null ? value[0] : value[1] + ":" + value[0]);
        });
    }

    /** Where an object is when the soft links of its own name are followed, within this file. */
    String realPath(String object) {
        String path = object;
        for (int links = 0; links < MOST_LINKS; links++) {
            String link = path;
            Optional<String> target = look(
                    link,
                    () -> H5.H5Lget_info(handle.id(), link, Hdf5.DEFAULT).type == HDF5Constants.H5L_TYPE_SOFT
                            ? linkTarget(link)
                            : Optional.empty());
            if (target.isEmpty()) {
                return path;
            }
            path = Path.of(path).resolveSibling(target.get()).normalize().toString();
        }
        return path;
    }

    /**
     * Opens a dataset.
     *
     * @throws InputException when there is none at that path
     */
    Hdf5Dataset dataset(String object) {
        if (!has(object)) {
            throw new InputException("File " + path + " has no dataset " + object + ".");
        }
        return look(
                object,
                () -> new Hdf5Dataset(path, object, Handle.dataset(H5.H5Dopen(handle.id(), object, Hdf5.DEFAULT))));
    }

    /** Whether there is a dataset at that path. */
    boolean has(String object) {
        return kind(object) == Kind.DATASET;
    }

    /** A number, or the first of several; empty when there is none. */
    Optional<Double> number(String object) {
        if (!has(object)) {
            return Optional.empty();
        }
        try (Hdf5Dataset dataset = dataset(object)) {
            return dataset.isNumeric() && dataset.size() > 0 ? Optional.of(dataset.readDoubles()[0]) : Optional.empty();
        }
    }

    /** A text; empty when there is none. */
    Optional<String> text(String object) {
        if (!has(object)) {
            return Optional.empty();
        }
        try (Hdf5Dataset dataset = dataset(object)) {
            return dataset.readText();
        }
    }

    @Override
    public void close() {
        Hdf5.run(handle::close);
    }

    private <T> T look(String object, Supplier<T> work) {
        return Hdf5.read(
                work,
                e -> "File " + path + " cannot be read at " + object + " (" + e.getMessage()
                        + "): it is damaged, or just being written; try again when it is whole.");
    }

    private H5O_info_t info(String object) {
        return H5.H5Oget_info_by_name(handle.id(), object, Hdf5.DEFAULT);
    }
}
