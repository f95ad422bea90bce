package org.bcdi.store;

import static org.assertj.core.api.Assertions.assertThat;

import hdf.hdf5lib.H5;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class Hdf5Test {
    @TempDir
    private Path directory;

    @Test
    @Timeout(60)
    void manyThreadsWriteAndReadAtTheSameTime() throws Exception {
        ScanResult result = Results.phased();
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            List<Future<ScanResult>> results = IntStream.range(0, 24)
                    .mapToObj(i -> threads.submit(() -> {
                        Path file = directory.resolve(i % 6 + ".cxi");
                        ResultWriter.write(file, result);
                        return ResultReader.read(file);
                    }))
                    .toList();
            for (Future<ScanResult> future : results) {
                ScanResult read = future.get();
                assertThat(read.intensity().data())
                        .containsExactly(result.intensity().data());
                assertThat(read.provenance()).isEqualTo(result.provenance());
            }
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void nothingIsLeftOpen() {
        Path file = directory.resolve("result.cxi");
        ResultWriter.write(file, Results.phased());
        long before = open();

        ResultWriter.write(file, Results.phased());
        ResultReader.read(file);
        ResultReader.tree(file);
        ScanReader.read(file, ReadSettings.plain());

        assertThat(open()).isEqualTo(before);
    }

    private static long open() {
        return Hdf5.call(() -> (long) H5.getOpenIDCount());
    }
}
