package org.bcdi.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.bcdi.store.NameTakenException;
import org.bcdi.store.ResultReader;
import org.bcdi.store.ScanResult;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoredFilesTest {
    @TempDir
    private Path folder;

    @Test
    void neverReplaceAResult() throws IOException {
        ScanFiles files = new StoredFiles(new PipelineSettings(
                "test",
                "none",
                Optional.empty(),
                ScanShape.ACQUISITION,
                5,
                1 << 30,
                OverloadPolicy.WAIT,
                Optional.of(folder)));
        Path file = folder.resolve("S1.cxi");

        files.write(file, result("S1"));
        assertThatThrownBy(() -> files.write(file, result("S2")))
                .isInstanceOf(NameTakenException.class)
                .hasMessageContaining(file.toString());

        assertThat(ResultReader.read(file).curve().name()).isEqualTo("S1");
        try (var names = Files.list(folder)) {
            assertThat(names).containsExactly(file);
        }
    }

    private static ScanResult result(String name) {
        return new FakeEngines()
                .processor()
                .inpaint(TestCurves.small(name), StageMonitor.NONE)
                .result();
    }
}
