package org.bcdi.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.util.RawValue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
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
        ScanFiles files = files();
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

    @Test
    void tellWhatTheBeamlineSaidOfTheScanOfAResult() throws IOException {
        ScanFiles files = files();
        Path result = folder.resolve("S1.cxi");
        String said = "{\"name\":\"S1\",\"motor\":\"eta\",\"sample\":{\"holder\":3}}";
        files.write(
                result,
                processed("S1").withSettings(Map.of("scan", new RawValue(said))).result());
        Path unannounced = folder.resolve("S2.cxi");
        files.write(unannounced, result("S2"));
        Path array = Files.createFile(folder.resolve("S3.npy"));

        assertThat(files.said(result)).isEqualTo(said);
        assertThat(files.said(unannounced)).isEqualTo("{}");
        assertThat(files.said(array)).isEqualTo("{}");
        assertThat(History.said("by hand")).isEqualTo("{}");
    }

    private ScanFiles files() {
        return new StoredFiles(new PipelineSettings(
                "test",
                "none",
                Optional.empty(),
                ScanShape.ACQUISITION,
                5,
                1 << 30,
                OverloadPolicy.WAIT,
                Optional.of(folder)));
    }

    private static ScanResult result(String name) {
        return processed(name).result();
    }

    private static ProcessedScan processed(String name) {
        return new FakeEngines().processor().inpaint(TestCurves.small(name), StageMonitor.NONE);
    }
}
