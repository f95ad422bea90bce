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
     * @param servers whose output is told, too, then
     * @param tangoHost the database, or the empty string for a client without one
     * @return what it printed
     */
    static String run(List<Program> servers, String tangoHost, Duration limit, String script, Object... arguments) {
        List<String> command = new ArrayList<>(
                List.of("/usr/bin/python3", SCRIPTS.resolve(script).toString()));
        for (Object argument : arguments) {
            command.add(argument.toString());
        }
        try {
            Path printed = Files.createTempFile("pytango", ".log");
            ProcessBuilder builder =
                    new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(printed.toFile());
            Program.setDatabase(builder, tangoHost);
            Process process = builder.start();
            boolean ended = process.waitFor(limit.toSeconds(), TimeUnit.SECONDS);
            if (!ended) {
                process.destroyForcibly();
            }
            String text = Files.readString(printed);
            Files.delete(printed);
            assertThat(ended ? process.exitValue() : -1)
                    .as(() -> told(
                            script, ended ? "printed" : "did not end within " + limit + ", printed", text, servers))
                    .isZero();
            return text;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted while " + script + " was running", e);
        }
    }

    private static String told(String script, String what, String text, List<Program> servers) {
        StringBuilder told = new StringBuilder(script + " " + what + ":\n" + text);
        servers.forEach(
                server -> told.append("\n").append(server).append(" printed:\n").append(server.output()));
        return told.toString();
    }
}
