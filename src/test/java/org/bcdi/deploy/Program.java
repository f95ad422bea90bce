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

/** A running command of {@code deploy/bin}, started as a user or the Tango Starter starts it; its output goes to a file. */
final class Program implements AutoCloseable {
    private final String command;
    private final Process process;
    private final Path output;

    private Program(String command, Process process, Path output) {
        this.command = command;
        this.process = process;
        this.output = output;
    }

    /**
     * Starts a command on the loopback address.
     *
     * @param folder to work in and to write the output to
     * @param tangoHost the database, or the empty string for none
     */
    static Program start(Path folder, String tangoHost, String name, String... arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of("deploy/bin", name).toAbsolutePath().toString());
        command.addAll(List.of(arguments));
        try {
            Path output = Files.createTempFile(folder, name + "-", ".log");
            ProcessBuilder builder = new ProcessBuilder(command)
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile());
            builder.environment().put("BCDI_ADDRESS", "127.0.0.1");
            setDatabase(builder, tangoHost);
            return new Program(String.join(" ", command), builder.start(), output);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Names the database to a process, or hides the one that this machine may know. */
    static void setDatabase(ProcessBuilder builder, String tangoHost) {
        if (tangoHost.isEmpty()) {
            builder.environment().remove("TANGO_HOST");
        } else {
            builder.environment().put("TANGO_HOST", tangoHost);
        }
    }

    /** Runs a command to its good end and gives what it printed. */
    static String run(Path folder, Duration limit, String name, String... arguments) {
        try (Program program = start(folder, "", name, arguments)) {
            assertThat(program.exitCode(limit))
                    .as("%s printed:%n%s", program.command, program.output())
                    .isZero();
            return program.output();
        }
    }

    /** Asks it to end, as the Starter does, and gives its exit code. */
    int terminate(Duration limit) {
        process.destroy();
        return exitCode(limit);
    }

    String output() {
        try {
            return Files.readString(output);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public String toString() {
        return command;
    }

    private int exitCode(Duration limit) {
        try {
            assertThat(process.waitFor(limit.toSeconds(), TimeUnit.SECONDS))
                    .as("%s ended within %s; it printed:%n%s", command, limit, output())
                    .isTrue();
            return process.exitValue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted while waiting for " + command, e);
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
