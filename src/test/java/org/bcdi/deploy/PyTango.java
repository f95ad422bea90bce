package org.bcdi.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Runs the client scripts of {@code src/test/python} with Debian's Python, as a user's own script would run. */
final class PyTango {
    private static final Path SCRIPTS = Path.of("src/test/python");

    private PyTango() {}

    /**
     * Runs a script to its end; fails with everything it printed when it fails or takes longer than the limit.
     *
     * @param tangoHost the database, or the empty string for a client without one
     * @return what it printed
     */
    static String run(String tangoHost, Duration limit, String script, Object... arguments) {
        List<String> command = new ArrayList<>(
                List.of("/usr/bin/python3", SCRIPTS.resolve(script).toString()));
        for (Object argument : arguments) {
            command.add(argument.toString());
        }
        try {
            Path printed = Files.createTempFile("pytango", ".log");
            ProcessBuilder builder =
                    new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(printed.toFile());
            builder.environment().put("TANGO_HOST", tangoHost);
            Process process = builder.start();
            boolean ended = process.waitFor(limit.toSeconds(), TimeUnit.SECONDS);
            if (!ended) {
                process.destroyForcibly();
            }
            String text = Files.readString(printed);
            Files.delete(printed);
            assertThat(ended)
                    .as("%s ended within %s, printed:%n%s", script, limit, text)
                    .isTrue();
            assertThat(process.exitValue()).as("%s printed:%n%s", script, text).isZero();
            return text;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted while " + script + " was running", e);
        }
    }
}
