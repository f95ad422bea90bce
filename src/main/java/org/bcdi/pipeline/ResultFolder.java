package org.bcdi.pipeline;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.bcdi.task.BcdiException;
import org.bcdi.task.FileName;
import org.bcdi.task.InputException;

/**
 * The one directory that results may be written to; no file in it is ever overwritten. A name that it gives is promised to
 * whoever got it until it is released, so that no two results are written under one. Any thread.
 */
final class ResultFolder {
    private static final String SUFFIX = ".cxi";

    /** File systems take 255 bytes, and the temporary name is longer than the file's. */
    private static final int LONGEST_NAME = 200;

    private final Path directory;

    /** Files that will be there. */
    private final Set<Path> promised = ConcurrentHashMap.newKeySet();

    ResultFolder(Path directory) {
        this.directory = directory.toAbsolutePath().normalize();
    }

    /** Why nothing can be written here, empty when something can. */
    String trouble() {
        if (!Files.isDirectory(directory)) {
            return "The result directory " + directory + " is no directory; create it or set ResultDirectory.";
        }
        try {
            Files.delete(Files.createTempFile(directory, ".bcdi", null));
            return "";
        } catch (IOException | SecurityException e) {
            return "The result directory " + directory + " cannot be written to (" + e.getMessage()
                    + "); give this server the right to, or set ResultDirectory.";
        }
    }

    /** @throws InputException when nothing can be written here */
    void requireWritable() {
        String trouble = trouble();
        if (!trouble.isEmpty()) {
            throw new InputException(trouble);
        }
    }

    /** Promises a file that is not there yet, for a scan of this name. */
    Path fresh(String scan) {
        Path file = directory.resolve(scan + SUFFIX);
        for (int copy = 2; !promise(file); copy++) {
            file = directory.resolve(scan + "_" + copy + SUFFIX);
        }
        return file;
    }

    /** Ends the promise of a file: it is there now, or nobody will write it. */
    void release(Path file) {
        promised.remove(file);
    }

    /** Looks for the file last: one that is being written is there before its promise ends. */
    private boolean promise(Path file) {
        if (!promised.add(file)) {
            return false;
        }
        if (has(file)) {
            promised.remove(file);
            return false;
        }
        return true;
    }

    /**
     * Promises the file that a user names.
     *
     * @param name of a file not there yet, relative to the directory or below it
     * @throws InputException when it is elsewhere, also by {@code ..} or a link, or exists or is promised
     */
    Path named(String name) {
        Path file = directory.resolve(FileName.path("Result", name)).normalize();
        if (!file.startsWith(directory) || file.equals(directory) || !staysBelow(file)) {
            throw new InputException(
                    "The file '" + name + "' is not below the result directory " + directory + "; name one that is.");
        }
        if (!file.getFileName().toString().contains(".")) {
            file = file.resolveSibling(file.getFileName() + SUFFIX);
        }
        if (file.getFileName().toString().getBytes(StandardCharsets.UTF_8).length > LONGEST_NAME) {
            throw new InputException("The name of the file '" + name + "' has more than " + LONGEST_NAME
                    + " bytes; choose a shorter one.");
        }
        if (!promise(file)) {
            String why = has(file) ? " exists and is not overwritten" : " is about to be written";
            throw new InputException("The file " + file + why + "; choose another name.");
        }
        return file;
    }

    /** Whether there is such a file, or a link of that name. */
    boolean has(Path file) {
        return Files.exists(file, LinkOption.NOFOLLOW_LINKS);
    }

    /** Makes the folders that lead to the file. */
    void prepare(Path file) throws IOException {
        Path folder = file.getParent();
        if (folder != null) {
            Files.createDirectories(folder);
        }
    }

    /** Whether the file's folder is really inside, links followed. */
    private boolean staysBelow(Path file) {
        Path folder = directory;
        for (Path part = file.getParent(); part != null && part.startsWith(directory); part = part.getParent()) {
            if (Files.exists(part)) {
                folder = part;
                break;
            }
        }
        try {
            return folder.toRealPath().startsWith(directory.toRealPath());
        } catch (IOException e) {
            throw new BcdiException("The result directory " + directory + " cannot be looked at: " + e, e);
        }
    }
}
