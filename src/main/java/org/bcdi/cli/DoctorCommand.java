package org.bcdi.cli;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.bcdi.task.Version;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code bcdi doctor}: looks at everything the program needs and says in one line each what is wrong and how to cure it. */
@Command(
        name = "doctor",
        mixinStandardHelpOptions = true,
        description = "Checks Tango, detector, GPU, models and disk; one line and one cure each.")
final class DoctorCommand implements Callable<Integer> {
    private static final long GIB = 1L << 30;
    private static final int PATIENCE_MILLIS = 3000;

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    CommandSpec spec;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            defaultValue = ".",
            description = "where results are to go (default: here)")
    @SuppressWarnings("NullAway.Init") // set by picocli
    Path results;

    @Override
    public Integer call() {
        List<Check> checks = List.of(java(), memory(), disk(results), tango(TangoOptions.tangoHost()));
        checks.forEach(check -> spec.commandLine().getOut().println(check.line()));
        return checks.stream().anyMatch(check -> check.verdict() == Check.Verdict.FAIL)
                ? CommandRunner.FAILED
                : CommandRunner.DONE;
    }

    private static Check java() {
        return Check.ok(
                "java",
                Runtime.version() + " runs bcdi-online " + Version.text() + " on "
                        + Runtime.getRuntime().availableProcessors() + " cores");
    }

    private static Check memory() {
        long most = Runtime.getRuntime().maxMemory();
        String finding = String.format("at most %.1f GiB for this program", (double) most / GIB);
        return most >= 4 * GIB
                ? Check.ok("memory", finding)
                : Check.note("memory", finding, "for scans above 256x256x256 set BCDI_JAVA_OPTS=-Xmx8g or more");
    }

    static Check disk(Path directory) {
        if (!Files.isDirectory(directory) || !Files.isWritable(directory)) {
            return Check.fail("disk", directory + " is not a directory one can write to", "choose another with --out");
        }
        try {
            long free = Files.getFileStore(directory).getUsableSpace();
            String finding = String.format("%.1f GiB free in %s", (double) free / GIB, directory.toAbsolutePath());
            return free >= GIB
                    ? Check.ok("disk", finding)
                    : Check.fail("disk", finding, "make room: a result takes up to 1 GiB");
        } catch (IOException e) {
            return Check.fail("disk", directory + " cannot be looked at (" + e.getMessage() + ")", "check the mount");
        }
    }

    static Check tango(String host) {
        if (host.isEmpty()) {
            return Check.note(
                    "tango",
                    "TANGO_HOST is not set, so there is no database",
                    "export TANGO_HOST=host:10000, or serve with -nodb");
        }
        String[] parts = host.split(",", 2)[0].split(":", 2);
        try (Socket socket = new Socket()) {
            int port = Integer.parseInt(parts.length == 2 ? parts[1] : "10000");
            socket.connect(new InetSocketAddress(parts[0], port), PATIENCE_MILLIS);
            return Check.ok(
                    "tango", "a server answers at " + host + ", devices announce " + TangoOptions.addressTowards(host));
        } catch (NumberFormatException e) {
            return Check.fail("tango", "TANGO_HOST=" + host + " has no valid port", "write host:10000");
        } catch (IOException e) {
            return Check.fail(
                    "tango", "nobody answers at TANGO_HOST=" + host, "start the database, or correct TANGO_HOST");
        }
    }
}
