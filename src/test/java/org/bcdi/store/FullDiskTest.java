package org.bcdi.store;

import static org.assertj.core.api.Assertions.assertThat;

import hdf.hdf5lib.exceptions.HDF5Exception;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.bcdi.volume.Shape3;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

/**
 * A disk that becomes full while a file is written, in a process of its own: the HDF5 library takes its revenge for a file
 * that it cannot flush when the process ends. The disk is one of 1 MiB in a namespace of the test's own.
 */
@EnabledIf("namespacesAllowed")
class FullDiskTest {
    private static final int GOOD_END = 3;

    @TempDir
    private static Path folder;

    @Test
    void isToldAndTheProcessEndsWell() throws Exception {
        Ended ended = inNamespace(
                "mount -t tmpfs -o size=1m tmpfs " + folder,
                String.join(
                        " ",
                        "exec",
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        FullDiskTest.class.getName(),
                        folder.toString()));
        assertThat(ended.output()).contains("told", "written after all");
        assertThat(ended.code()).isEqualTo(GOOD_END);
    }

    /** The child process: too much, then, with the room that this left, something small. */
    public static void main(String[] arguments) throws IOException {
        Path disk = Path.of(arguments[0]);
        Path large = disk.resolve("large.h5");
        try (Hdf5Writer out = Hdf5Writer.create(large)) {
            write(out, 64);
        } catch (HDF5Exception e) {
            System.out.println("told");
        }
        Files.delete(large);
        try (Hdf5Writer out = Hdf5Writer.create(disk.resolve("small.h5"))) {
            write(out, 4);
        }
        System.out.println("written after all");
        System.exit(GOOD_END);
    }

    /** Noise, which does not compress. */
    private static void write(Hdf5Writer out, int frames) {
        Shape3 shape = new Shape3(frames, 128, 128);
        float[] values = new float[shape.size()];
        Random random = new Random(1);
        for (int i = 0; i < values.length; i++) {
            values[i] = Float.intBitsToFloat(random.nextInt());
        }
        out.group("/entry_1", "NXentry");
        out.volumes().floats("/entry_1/data", shape, values);
    }

    static boolean namespacesAllowed() throws Exception {
        return new File("/usr/bin/unshare").canExecute() && inNamespace("true").code() == 0;
    }

    private record Ended(int code, String output) {}

    private static Ended inNamespace(String... commands) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        List.of("/usr/bin/unshare", "-Urm", "sh", "-c", String.join(" && ", commands)))
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Ended(process.waitFor(), output);
    }
}
