package org.bcdi.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CommandRunnerTest {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    private int run(String... args) {
        return new CommandRunner(
                        new PrintStream(out, true, StandardCharsets.UTF_8),
                        new PrintStream(err, true, StandardCharsets.UTF_8))
                .run(args);
    }

    @Test
    void tellsItsVersionOnStdout() {
        assertThat(run("--version")).isZero();
        assertThat(out.toString(StandardCharsets.UTF_8)).matches("bcdi-online \\d+\\.\\d+\\.\\d+.*\\R");
    }

    @Test
    void helpNamesTheCommands() {
        assertThat(run("--help")).isZero();
        assertThat(out.toString(StandardCharsets.UTF_8)).contains("Usage: bcdi", "doctor");
    }

    @ParameterizedTest
    @CsvSource({
        "'',A command is missing",
        "dmeo,dmeo",
        "doctor --outt,--outt",
        "-ORBendPoint giop:udp:x:1 doctor,giop:udp:x:1",
        "serve 1 -nodb --port 23999,-dlist",
        "serve 1 -nodb -dlist a/b --port 23999,a/b",
    })
    void wrongUsageIsOneSentenceAndExitCodeTwo(String line, String word) {
        assertThat(run(line.isEmpty() ? new String[0] : line.split(" "))).isEqualTo(2);
        assertThat(err.toString(StandardCharsets.UTF_8))
                .startsWith("bcdi: ")
                .contains(word)
                .hasLineCount(1);
        assertThat(out.size()).isZero();
    }

    @Test
    void simulationsReplaceEachOtherAndNothingElse(@TempDir Path directory) throws IOException {
        Path scan = Files.copy(Path.of("test-data/lima/lima_0000.h5"), directory.resolve("scan.h5"));
        byte[] before = Files.readAllBytes(scan);
        assertThat(run("simulate", scan.toString(), "--shape", "4,8,8")).isEqualTo(2);
        assertThat(err.toString(StandardCharsets.UTF_8)).contains("scan.h5 is there, is no simulation of this program");
        assertThat(scan).hasBinaryContent(before);
        String other = directory.resolve("other.h5").toString();
        assertThat(run("simulate", other, "--shape", "4,8,8", "--detector", "none"))
                .isZero();
        assertThat(run("simulate", other, "--shape", "4,8,8", "--detector", "none"))
                .isZero();
    }

    @Test
    void aPortInUseIsNamed() throws IOException {
        try (ServerSocket taken = new ServerSocket(0)) {
            String port = Integer.toString(taken.getLocalPort());
            assertThat(run("serve", "1", "-nodb", "-dlist", "a/b/c", "--port", port))
                    .isEqualTo(2);
            assertThat(err.toString(StandardCharsets.UTF_8))
                    .startsWith("bcdi: Port " + port + " cannot be used")
                    .hasLineCount(1);
        }
    }
}
