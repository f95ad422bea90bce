package org.bcdi.pipeline;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.function.Supplier;
import org.bcdi.stack.RockingCurve;
import org.bcdi.stack.RoiChoice;
import org.bcdi.task.InputException;

/** Puts files, or the last scan once more, into the backlog. Any thread. */
final class Reprocessing {
    private final ScanFiles files;
    private final Board board;
    private final Backlog backlog;
    private final Supplier<RoiChoice> roi;

    Reprocessing(ScanFiles files, Board board, Backlog backlog, Supplier<RoiChoice> roi) {
        this.files = files;
        this.board = board;
        this.backlog = backlog;
        this.roi = roi;
    }

    /** See {@link OnlinePipeline#reprocess}. */
    String begin(String file) {
        if (file.isBlank()) {
            Published last = board.latest()
                    .published()
                    .orElseThrow(() -> new InputException("There is no scan in memory yet; name a file to process."));
            // Its memory is counted as that of the published result
            RockingCurve curve = last.curve();
            return backlog.add(curve.name(), "memory", last.json(), 0, () -> curve);
        }
        Path path = readable(file);
        RoiChoice wanted = roi.get();
        long bytes = files.check(path, wanted);
        return backlog.add(
                path.getFileName().toString(),
                path.toString(),
                files.said(path),
                bytes,
                () -> files.read(path, wanted));
    }

    private static Path readable(String file) {
        try {
            Path path = Path.of(file).toAbsolutePath();
            if (Files.isRegularFile(path) && Files.isReadable(path)) {
                return path;
            }
        } catch (InvalidPathException e) {
            throw new InputException("'" + file + "' is no file name; choose another.", e);
        }
        throw new InputException("The file " + file + " is not there or cannot be read; check its path on this host.");
    }
}
