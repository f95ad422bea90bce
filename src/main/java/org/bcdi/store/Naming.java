package org.bcdi.store;

import java.io.IOException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;

/** How a finished temporary file gets its name. */
enum Naming {
    /** In place of a file that has the name. */
    REPLACING {
        @Override
        void give(Path temporary, Path name) throws IOException {
            rename(temporary, name);
        }
    },

    /**
     * Only where no file has the name: a link is made or refused in one step, so that of two programs that write the same
     * name one is told. The temporary name stays beside it.
     */
    NEVER_REPLACING {
        @Override
        void give(Path temporary, Path name) throws IOException {
            try {
                Files.createLink(name, temporary);
            } catch (FileAlreadyExistsException e) {
                throw e;
            } catch (FileSystemException | UnsupportedOperationException e) {
                LOG.debug("No link to {}.", name, e);
                claim(temporary, name);
            }
        }
    };

    private static final Logger LOG = LogManager.getLogger(Naming.class);

    /** @throws FileAlreadyExistsException when another file has the name and is not to be replaced */
    abstract void give(Path temporary, Path name) throws IOException;

    /** Where a file system knows no links: whoever makes the empty file first owns the name. */
    private static void claim(Path temporary, Path name) throws IOException {
        Files.createFile(name);
        try {
            rename(temporary, name);
        } catch (IOException e) {
            Files.deleteIfExists(name);
            throw e;
        }
    }

    private static void rename(Path from, Path to) throws IOException {
        try {
            Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (AtomicMoveNotSupportedException e) {
            LOG.debug("No atomic rename to {}.", to, e);
            Files.move(from, to, StandardCopyOption.REPLACE_EXISTING);
        }
    }
}
