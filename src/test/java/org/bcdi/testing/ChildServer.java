package org.bcdi.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * A server in a process of its own, mostly a JVM with this one's class path: JTango allows one server to a JVM, and only a
 * process can be killed. Ended with the test that started it.
 */
public final class ChildServer implements AutoCloseable {
    private final Process process;
    private final StringBuffer output = new StringBuffer();

    private ChildServer(Process process) {
        this.process = process;
    }

    /** Starts a main class; {@code -DOAIAddr} is the loopback address. */
    public static ChildServer start(Class<?> main, List<String> jvmOptions, String... arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-XX:+UseSerialGC", "-Dfile.encoding=UTF-8", "-DOAIAddr=127.0.0.1"));
        command.addAll(jvmOptions);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
        command.addAll(List.of(arguments));
        return run(command);
    }

    /** Starts any program. */
    public static ChildServer run(List<String> command) {
        try {
            ChildServer server = new ChildServer(
                    new ProcessBuilder(command).redirectErrorStream(true).start());
            Thread reader = new Thread(server::collect, "child-output");
            reader.setDaemon(true);
            reader.start();
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Waits until the server has printed some text; fails when it ends before or is silent for a minute. */
    public ChildServer awaitOutput(String text) {
        await().atMost(Duration.ofMinutes(3))
                .pollInterval(Duration.ofMillis(20))
                .failFast(() -> assertThat(process.isAlive() || output.indexOf(text) >= 0)
                        .as("server ended: %s", output)
                        .isTrue())
                .until(() -> output.indexOf(text) >= 0);
        return this;
    }

    /** What it has printed so far, errors included. */
    public String output() {
        return output.toString();
    }

    public long pid() {
        return process.pid();
    }

    /** Ends it as a power cut would. */
    public void kill() {
        process.destroyForcibly();
        await().atMost(Duration.ofSeconds(20)).until(() -> !process.isAlive());
    }

    @Override
    public void close() {
        kill();
    }

    /** A TCP port nobody listens on. */
    public static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void collect() {
        try (BufferedReader reader = process.inputReader(StandardCharsets.UTF_8)) {
            String line;
            while ((line = reader.readLine()) != null) {
                output.append(line).append('\n');
            }
        } catch (IOException e) {
            output.append(e).append('\n');
        }
    }
}
