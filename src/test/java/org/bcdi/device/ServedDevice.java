package org.bcdi.device;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bcdi.testing.ChildServer;

/** BcdiOnline in a process of its own, without a database. */
final class ServedDevice implements AutoCloseable {
    private static final String READY = "device ready";

    /** Else only every fourth full collection does away with all dead objects, and the others count some as live. */
    private static final String COMPACT = "-XX:MarkSweepAlwaysCompactCount=1";

    private final int port;
    private final ChildServer server;

    private ServedDevice(int port, ChildServer server) {
        this.port = port;
        this.server = server;
    }

    /** Starts it on a free port with these properties and waits until it answers. */
    static ServedDevice start(Map<String, String> properties) {
        int port = ChildServer.freePort();
        List<String> arguments = new ArrayList<>(List.of(Integer.toString(port)));
        properties.forEach((name, value) -> arguments.add(name + "=" + value));
        ChildServer server = ChildServer.start(
                        ServedDevice.class,
                        List.of("-Xmx2g", "-Dbcdi.log=info", COMPACT),
                        arguments.toArray(String[]::new))
                .awaitOutput(READY);
        return new ServedDevice(port, server);
    }

    String address() {
        return "tango://127.0.0.1:" + port + "/id01/bcdi/1#dbase=no";
    }

    String output() {
        return server.output();
    }

    /** Bytes of all live objects in its process, after a full collection. */
    long liveBytes() {
        String jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
        try {
            Process count = new ProcessBuilder(jcmd, Long.toString(server.pid()), "GC.class_histogram").start();
            String histogram = new String(count.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            String[] total =
                    histogram.substring(histogram.lastIndexOf("Total")).trim().split("\\s+");
            return Long.parseLong(total[2]);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        server.close();
    }

    /** The child process. */
    public static void main(String[] arguments) {
        System.setProperty("OAPort", arguments[0]);
        Map<String, String> properties = new LinkedHashMap<>();
        for (String argument : List.of(arguments).subList(1, arguments.length)) {
            String[] parts = argument.split("=", 2);
            properties.put(parts[0], parts[1]);
        }
        DeviceServer.start("1", properties, "-nodb", "-dlist", "id01/bcdi/1");
        System.out.println(READY);
    }
}
