package org.bcdi.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The launcher with a program and a Java of the test's own. */
@Timeout(60)
@EnabledOnOs(OS.LINUX)
class LauncherTest {
    @TempDir
    private Path home;

    @ParameterizedTest
    @CsvSource({
        "'', '', '', C.UTF-8",
        "'', '', C, C.UTF-8",
        "'', '', de_DE.UTF-8, none",
        "'', en_GB.utf8, C, none",
        "POSIX, en_GB.utf8, de_DE.UTF-8, C.UTF-8",
    })
    void javaGetsALocaleInWhichFilesMayHaveAnyName(String all, String type, String lang, String expected)
            throws IOException, InterruptedException {
        place("target/bcdi-online.jar", "");
        Path launcher = place("deploy/bin/bcdi", Files.readString(Path.of("deploy/bin/bcdi")));
        Path java = place("java/bin/java", "#!/bin/sh\necho \"${LC_ALL:-none}\"\n");
        ProcessBuilder program = new ProcessBuilder("bash", launcher.toString()).redirectErrorStream(true);
        program.environment()
                .putAll(Map.of(
                        "JAVA_HOME", home.resolve("java").toString(), "LC_ALL", all, "LC_CTYPE", type, "LANG", lang));

        Process running = program.start();
        String told = new String(running.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(java).isExecutable();
        assertThat(told.strip()).isEqualTo(expected);
        assertThat(running.waitFor()).isZero();
    }

    private Path place(String file, String text) throws IOException {
        Path path = home.resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, text);
        assertThat(path.toFile().setExecutable(true)).isTrue();
        return path;
    }
}
