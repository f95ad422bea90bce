package org.bcdi.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** The program as a process of its own. */
@Timeout(60)
class MainTest {
    @Test
    @EnabledOnOs(OS.LINUX)
    void endsWithOneWhenItsOutputCannotBeWritten() throws IOException, InterruptedException {
        Process program = version().redirectOutput(new File("/dev/full")).start();

        assertThat(new String(program.getErrorStream().readAllBytes(), StandardCharsets.UTF_8))
                .startsWith("bcdi: the output could not be written to the end")
                .hasLineCount(1);
        assertThat(program.waitFor()).isEqualTo(1);
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void endsInSilenceWhenNobodyReadsThePipeAnyMore() throws IOException, InterruptedException {
        Process program = version().start();
        program.getInputStream().close();

        assertThat(new String(program.getErrorStream().readAllBytes(), StandardCharsets.UTF_8))
                .isEmpty();
        assertThat(program.waitFor()).isEqualTo(1);
    }

    private static ProcessBuilder version() {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        return new ProcessBuilder(
                java, "-cp", System.getProperty("java.class.path"), Main.class.getName(), "--version");
    }
}
