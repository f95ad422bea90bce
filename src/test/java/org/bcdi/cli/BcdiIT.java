package org.bcdi.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The command line as users start it: a process, its streams and its exit code. */
class BcdiIT {
    private static final Path LAUNCHER = Path.of("deploy/bin/bcdi").toAbsolutePath();

    @TempDir
    static Path directory;

    private static Path scan;

    private record Ended(int code, String out, String err) {}

    @BeforeAll
    static void simulateAScan() throws Exception {
        scan = directory.resolve("scan.h5");
        Ended ended = bcdi("simulate", scan.toString(), "--shape", "16,48,48", "--seed", "5");
        assertThat(ended.code()).as(ended.err()).isZero();
        Files.writeString(directory.resolve("text.h5"), "no HDF5 at all");
        Files.writeString(directory.resolve("broken.onnx"), "no model");
        for (String file : List.of("large.onnx", "large.json")) {
            Files.copy(Path.of("src/test/resources/models", file), directory.resolve(file));
        }
        damagedModel(Files.createDirectory(directory.resolve("damaged")));
        zeros("line.npy", "7");
        zeros("frame.npy", "4, 5");
        zeros("four.npy", "2, 3, 4, 5");
        zeros("mask.npy", "47, 48");
        zeros("masks.npy", "16, 48, 47");
    }

    @Test
    void processes_and_inspects_what_it_simulated() throws Exception {
        Path result = directory.resolve("result.cxi");
        Ended processed = bcdi(
                "process",
                scan.toString(),
                "-o",
                result.toString(),
                "--detector",
                "maxipix-2x2",
                "--inpaint",
                "linear",
                "--phase",
                "HIO10/ER5",
                "--json");
        assertThat(processed.code()).as(processed.err()).isZero();
        JsonNode told = new ObjectMapper().readTree(processed.out());
        assertThat(told.at("/output").asText()).isEqualTo(result.toString());
        assertThat(told.at("/shape").toString()).isEqualTo("[16,48,48]");
        assertThat(told.at("/gapVoxels").asInt()).isEqualTo(16 * (2 * 6 * 48 - 36));
        assertThat(told.at("/provider").asText()).isEqualTo("cpu");
        assertThat(told.at("/seconds/total").asDouble()).isPositive();
        assertThat(told.at("/phase/recipe").asText()).isEqualTo("HIO10/ER5");
        assertThat(told.at("/phase/supportVoxels").asInt()).isPositive();

        Path pictures = directory.resolve("pictures");
        Ended inspected = bcdi("inspect", result.toString(), "--png", pictures.toString());
        assertThat(inspected.code()).as(inspected.err()).isZero();
        assertThat(inspected.out()).contains("cxi_version", "gapVoxels", "summary.png");
        assertThat(pictures.resolve("summary.png")).isNotEmptyFile();
        assertThat(pictures.resolve("object.png")).isNotEmptyFile();
    }

    @Test
    void a_batch_is_one_object_too() throws Exception {
        Path other = Files.copy(scan, directory.resolve("other.h5"));
        Path results = directory.resolve("results");
        Ended ended = bcdi(
                "process",
                scan.toString(),
                other.toString(),
                "-o",
                results.toString(),
                "--inpaint",
                "none",
                "--phase",
                "none",
                "--json");
        assertThat(ended.code()).as(ended.err()).isZero();
        JsonNode told = new ObjectMapper().readTree(ended.out());
        assertThat(told.at("/results")).hasSize(2);
        assertThat(told.at("/results/0/phase").isNull()).isTrue();
        assertThat(results.resolve("other.cxi")).isNotEmptyFile();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "absent.h5 | | absent.h5",
                "text.h5 | | text.h5",
                "scan.h5 | --dataset /nowhere | /nowhere",
                "scan.h5 | --dataset /truth/seed | /truth",
                "scan.h5 | --detector pilatus | maxipix-2x2",
                "scan.h5 | --detector maxipix-5x1 | maxipix-5x1",
                "line.npy | | line.npy",
                "four.npy | | four.npy",
                "scan.h5 | --mask absent.npy | absent.npy",
                "scan.h5 | --mask mask.npy | 47x48",
                "scan.h5 | --mask masks.npy | 16x48x47",
                "frame.npy | | frame.npy",
                "scan.h5 | --mask text.h5 | text.h5",
                "scan.h5 | --phase HIO30/xyz5 | xyz5",
                "scan.h5 | --inpaint magic | magic",
                "scan.h5 | --inpaint broken.onnx | broken",
                "scan.h5 | --inpaint damaged/inpaint-patch32.onnx | sha256",
                "scan.h5 | --inpaint large.onnx --provider cpu | large",
                "scan.h5 | --roi 0:9 | 0:9",
                "scan.h5 | --roi 0:900,0:900 | 900",
                "scan.h5 | --provider tpu | tpu",
                "scan.h5 | --gpu -1 | -1",
                "scan.h5 | --seed x | seed",
            })
    void bad_input_is_one_sentence_and_exit_code_two_and_changes_nothing(String input, String options, String word)
            throws Exception {
        Path out = directory.resolve("never.cxi");
        List<String> line = new ArrayList<>(List.of("process", input, "-o", out.toString()));
        if (options != null) {
            line.addAll(List.of(options.split(" ")));
        }
        Ended ended = bcdi(line.toArray(String[]::new));
        assertRefused(ended, word);
        assertThat(out).doesNotExist();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/proc/never.cxi | /proc",
                "nowhere/never.cxi | nowhere",
                "scan.h5 | overwrite",
                "text.h5/never.cxi | text.h5",
            })
    void a_result_that_cannot_be_written_there_is_refused(String out, String word) throws Exception {
        byte[] before = Files.readAllBytes(scan);
        Ended ended = bcdi("process", "scan.h5", "-o", out);
        assertRefused(ended, word);
        assertThat(Files.readAllBytes(scan)).isEqualTo(before);
    }

    @Test
    void a_disk_that_takes_no_more_leaves_nothing_behind() throws Exception {
        Path full = Files.createDirectory(directory.resolve("full"));
        Ended ended = run(List.of(
                "bash",
                "-c",
                "ulimit -f 100 && exec " + LAUNCHER
                        + " process scan.h5 -o full/never.cxi --inpaint none --phase none"
                        + " --phasing-model none --provider cpu"));
        assertRefused(ended, "never.cxi");
        assertThat(full).isEmptyDirectory();
    }

    @Test
    void the_demo_follows_a_detector_and_leaves_result_and_pictures() throws Exception {
        Path out = directory.resolve("demo");
        Ended ended = bcdi("demo", "--shape", "16,48,48", "--phase", "HIO20/ER10", "--out", out.toString());
        assertThat(ended.code()).as(ended.err()).isZero();
        assertThat(ended.out())
                .contains(
                        "16 received, 0 missing",
                        "unchanged to the bit",
                        "R-factor",
                        "confidence  ",
                        "against the truth");
        assertThat(ended.err()).contains("acquiring", "inpainting", "phasing", "saving");
        try (Stream<Path> files = Files.list(out)) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrder("demo.cxi", "summary.png", "inpainting.png", "object.png");
        }
    }

    private static void assertRefused(Ended ended, String word) {
        assertThat(ended.code()).as(ended.err()).isEqualTo(2);
        assertThat(ended.err()).startsWith("bcdi: ").contains(word).hasLineCount(1);
        assertThat(ended.out()).isEmpty();
    }

    /** The shipped model with one byte changed. */
    private static void damagedModel(Path folder) throws IOException {
        Files.copy(Path.of("models/inpaint-patch32.json"), folder.resolve("inpaint-patch32.json"));
        byte[] model = Files.readAllBytes(Path.of("models/inpaint-patch32.onnx"));
        model[model.length / 2] ^= 1;
        Files.write(folder.resolve("inpaint-patch32.onnx"), model);
    }

    /** A NumPy file of bytes. */
    private static void zeros(String name, String shape) throws IOException {
        String header = "{'descr': '|u1', 'fortran_order': False, 'shape': (" + shape + ",), }";
        int size = Stream.of(shape.split(", ")).mapToInt(Integer::parseInt).reduce(1, (a, b) -> a * b);
        ByteBuffer file = ByteBuffer.allocate(128 + size).order(ByteOrder.LITTLE_ENDIAN);
        file.put((byte) 0x93).put("NUMPY".getBytes(StandardCharsets.US_ASCII)).putShort((short) 1);
        file.putShort((short) 118)
                .put((header + " ".repeat(117 - header.length()) + "\n").getBytes(StandardCharsets.US_ASCII));
        Files.write(directory.resolve(name), file.array());
    }

    @Test
    void a_native_library_that_is_not_there_is_one_sentence() throws Exception {
        List<String> wrong = List.of("env", "BCDI_JAVA_OPTS=-Donnxruntime.native.path=/nowhere", LAUNCHER.toString());
        Ended processed = run(Stream.concat(wrong.stream(), Stream.of("process", scan.toString(), "-o", "never.cxi"))
                .toList());
        assertThat(processed.code()).isEqualTo(1);
        assertThat(processed.err().lines())
                .singleElement()
                .asString()
                .startsWith("bcdi: ONNX Runtime cannot be loaded (")
                .contains("/nowhere", "correct onnxruntime.native.path");
        Ended looked = run(Stream.concat(wrong.stream(), Stream.of("doctor")).toList());
        assertThat(looked.code()).isEqualTo(1);
        assertThat(looked.out()).contains("ok    disk", "FAIL  model      ONNX Runtime cannot be loaded (");
    }

    private static Ended bcdi(String... args) throws IOException, InterruptedException {
        List<String> line = new ArrayList<>(List.of(LAUNCHER.toString()));
        line.addAll(List.of(args));
        return run(line);
    }

    private static Ended run(List<String> line) throws IOException, InterruptedException {
        Path out = Files.createTempFile(directory, "out", ".txt");
        Path err = Files.createTempFile(directory, "err", ".txt");
        Process process = new ProcessBuilder(line)
                .directory(directory.toFile())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile())
                .start();
        assertThat(process.waitFor(5, TimeUnit.MINUTES)).isTrue();
        return new Ended(
                process.exitValue(),
                Files.readString(out, StandardCharsets.UTF_8),
                Files.readString(err, StandardCharsets.UTF_8));
    }
}
