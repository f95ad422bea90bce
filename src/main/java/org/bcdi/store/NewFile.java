package org.bcdi.store;

import hdf.hdf5lib.exceptions.HDF5Exception;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.UUID;
import java.util.function.Consumer;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.bcdi.task.InputException;

/**
 * A file that appears whole or not at all: written under a temporary name beside its own, then given its name. A file that
 * had the name before is kept until then, or for good.
 */
final class NewFile {
    private static final Logger LOG = LogManager.getLogger(NewFile.class);
    private static final long HEADROOM = 1 << 20;

    private NewFile() {}

    /**
     * Writes a file.
     *
     * @param bytes that it may take at most
     * @param naming what becomes of a file of that name
     * @param writer is given the temporary name; what it throws is passed on, after the temporary file is gone
     * @throws InputException when the directory is absent, not writable or full
     * @throws NameTakenException when there is a file of that name and it is not to be replaced
     */
    static void write(Path target, long bytes, Naming naming, Consumer<Path> writer) {
        Path absolute = target.toAbsolutePath();
        Path directory = absolute.getParent();
        if (directory == null || Files.isDirectory(absolute)) {
            throw new InputException("File " + target + " is a directory; name a file in it.");
        }
        if (Files.exists(absolute) && !Files.isRegularFile(absolute)) {
            throw new InputException("File " + target + " is no ordinary file and is not replaced; name another.");
        }
        requireRoom(directory, target, bytes);
        Path temporary = directory.resolve("." + absolute.getFileName() + "." + UUID.randomUUID() + ".part");
        try {
            tryLength(temporary, bytes);
            writer.accept(temporary);
            try (FileChannel written = FileChannel.open(temporary, StandardOpenOption.WRITE)) {
                written.force(true);
            }
            naming.give(temporary, absolute);
        } catch (FileAlreadyExistsException e) {
            throw new NameTakenException(target);
        } catch (IOException | HDF5Exception e) {
            requireRoom(directory, target, 0);
            throw new InputException(
                    "File " + target + " cannot be written (" + e.getMessage() + "); check directory " + directory
                            + ".",
                    e);
        } finally {
            discard(temporary);
        }
    }

    /** A limit on the size of files (ulimit -f, a file system's own) does not show in the room that is left. */
    private static void tryLength(Path temporary, long bytes) throws IOException {
        try (FileChannel trial = FileChannel.open(temporary, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            trial.write(ByteBuffer.allocate(1), bytes);
            trial.truncate(0);
        }
    }

    /**
     * Looks whether a file can be written, the folders that lead to it being made first.
     *
     * @throws InputException when it cannot
     */
    static void requireRoom(Path target, long bytes) {
        Path folder = target.toAbsolutePath().getParent();
        while (folder != null && !Files.exists(folder)) {
            folder = folder.getParent();
        }
        requireRoom(folder == null ? target : folder, target, bytes);
    }

    private static void requireRoom(Path directory, Path target, long bytes) {
        if (!Files.isDirectory(directory)) {
            throw new InputException("File " + target + " cannot be written: directory " + directory
                    + " does not exist; create it or choose another.");
        }
        if (!Files.isWritable(directory)) {
            throw new InputException("File " + target + " cannot be written: directory " + directory
                    + " is not writable; change its permissions or choose another.");
        }
        long free = freeBytes(directory);
        long needed = bytes + HEADROOM;
        if (free < needed) {
            throw new InputException("File " + target + " cannot be written: directory " + directory + " has only "
                    + (free >> 20) + " MiB left and " + ((needed >> 20) + 1) + " MiB may be needed"
                    + "; free some space or choose another.");
        }
    }

    private static long freeBytes(Path directory) {
        try {
            return Files.getFileStore(directory).getUsableSpace();
        } catch (IOException e) {
            LOG.debug("Free space of {} is unknown.", directory, e);
            return Long.MAX_VALUE;
        }
    }

    private static void discard(Path temporary) {
        try {
            Files.deleteIfExists(temporary);
        } catch (IOException e) {
            LOG.warn("Temporary file {} is left behind: {}", temporary, e.getMessage());
        }
    }
}
