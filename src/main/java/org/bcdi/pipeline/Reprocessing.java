package org.bcdi.pipeline;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Supplier;
import org.bcdi.stack.RockingCurve;
import org.bcdi.stack.RoiChoice;
import org.bcdi.store.ScanReader;
import org.bcdi.task.FileName;
import org.bcdi.task.InputException;

/** Puts files, or the last scan once more, into the backlog. Any thread. */
final class Reprocessing {
    private final ScanFiles files;
    private final Board board;
    private final Backlog backlog;
    private final ScanMemory memory;
    private final Supplier<RoiChoice> roi;

    Reprocessing(ScanFiles files, Board board, Backlog backlog, ScanMemory memory, Supplier<RoiChoice> roi) {
        this.files = files;
        this.board = board;
        this.backlog = backlog;
        this.memory = memory;
        this.roi = roi;
    }

    /** See {@link OnlinePipeline#reprocess}. */
    String begin(String file) {
        if (file.isBlank()) {
            Published last = board.latest()
                    .published()
                    .orElseThrow(() -> new InputException("There is no scan in memory yet; name a file to process."));
            RockingCurve curve = last.curve();
            // The published result counts it, but not for longer than until one that comes before is published
            long own = memory.waiting() > 0 ? last.curveBytes() : 0;
            memory.require(curve.name(), own);
            return backlog.add(curve.name(), "memory", last.json(), own, () -> curve);
        }
        Path path = readable(file);
        RoiChoice wanted = roi.get();
        String name = ScanReader.name(path);
        long bytes = files.check(path, wanted);
        memory.require(path.getFileName().toString(), bytes);
        return backlog.add(name, path.toString(), files.said(path), bytes, () -> files.read(path, wanted));
    }

    private static Path readable(String file) {
        Path path = FileName.path("Scan", file).toAbsolutePath();
        if (Files.isRegularFile(path) && Files.isReadable(path)) {
            return path;
        }
        throw new InputException("The file " + file + " is not there or cannot be read; check its path on this host.");
    }
}
