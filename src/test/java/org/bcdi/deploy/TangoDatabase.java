package org.bcdi.deploy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.wait.strategy.Wait;
import org.testcontainers.images.builder.ImageFromDockerfile;

/** The Tango database of {@code tango-db/} in a container that shares this machine's loopback network. */
final class TangoDatabase extends GenericContainer<TangoDatabase> {
    private final String address;

    TangoDatabase() {
        super(new ImageFromDockerfile("bcdi-tango-db", false)
                .withFileFromPath(".", Path.of("tango-db").toAbsolutePath())
                .withBuildImageCmdModifier(build -> build.withNetworkMode("host")));
        address = "127.0.0.1:" + freePort();
        withNetworkMode("host");
        withEnv("TANGO_HOST", address);
        waitingFor(Wait.forHealthcheck().withStartupTimeout(Duration.ofMinutes(2)));
    }

    /** What clients and servers need as {@code TANGO_HOST}. */
    String tangoHost() {
        return address;
    }

    /** Whether tests that need containers can run here. */
    static boolean engineAvailable() {
        return DockerClientFactory.instance().isDockerAvailable();
    }

    static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
