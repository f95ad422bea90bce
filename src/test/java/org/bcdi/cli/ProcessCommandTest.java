package org.bcdi.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.bcdi.mask.Mask;
import org.bcdi.pipeline.ProcessedScan;
import org.bcdi.pipeline.Timings;
import org.bcdi.stack.RockingCurve;
import org.bcdi.store.Provenance;
import org.bcdi.store.ResultReader;
import org.bcdi.store.ResultWriter;
import org.bcdi.store.ScanResult;
import org.bcdi.task.BcdiException;
import org.bcdi.volume.Roi;
import org.bcdi.volume.Shape3;
import org.bcdi.volume.Volume;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProcessCommandTest {
    @TempDir
    Path folder;

    @Test
    void aScanThatCannotBePhasedLeavesItsFilledVolume() throws IOException {
        Path out = folder.resolve("dark.cxi");
        ByteArrayOutputStream err = new ByteArrayOutputStream();

        int code = processDark(err, out, "--phase", "HIO5/ER5", "--phasing-model", "none");

        assertThat(err.toString(StandardCharsets.UTF_8))
                .contains("bcdi: ", "could not be phased", out.toString(), "no photons");
        assertThat(code).isEqualTo(1);
        ScanResult result = ResultReader.read(out);
        assertThat(result.reconstruction()).isNull();
        assertThat(result.intensity().shape()).hasToString("8x16x16");
    }

    @ParameterizedTest
    @CsvSource({"none, 0", "ER5, 1"})
    void aGpuIsLookedForOnlyWhereSomethingIsPhased(String recipe, int expected) throws IOException {
        Path out = folder.resolve("dark.cxi");
        ByteArrayOutputStream err = new ByteArrayOutputStream();

        int code = processDark(err, out, "--phase", recipe, "--provider", "cuda", "--gpu", "99");

        assertThat(code).as(err.toString(StandardCharsets.UTF_8)).isEqualTo(expected);
        assertThat(Files.exists(out)).isEqualTo(expected == 0);
        assertThat(err.toString(StandardCharsets.UTF_8).contains("choose provider auto or cpu"))
                .isEqualTo(expected == 1);
    }

    /** Processes a scan without a photon. */
    private int processDark(ByteArrayOutputStream err, Path out, String... options) throws IOException {
        Path dark = folder.resolve("dark.npy");
        Files.write(dark, npy("<u4", 8, 16, 16));
        List<String> line =
                new ArrayList<>(List.of("process", dark.toString(), "-o", out.toString(), "--inpaint", "linear"));
        line.addAll(List.of(options));
        return run(err, line.toArray(String[]::new));
    }

    @Test
    void aScanThatPhasingHasNoMemoryForLeavesItsFilledVolume() {
        Shape3 shape = new Shape3(2, 3, 4);
        Volume filled = Volume.zeros(shape);
        RockingCurve curve =
                new RockingCurve("S1", filled, Mask.none(shape), new Roi(0, 3, 0, 4), List.of(), List.of());
        ScanResult result =
                new ScanResult(curve, filled, filled, null, new Provenance("bcdi", "{}", Map.of(), Map.of(), 1));
        Path out = folder.resolve("S1.cxi");

        assertThatThrownBy(() -> ProcessCommand.phased(
                        new ProcessedScan(result, "cpu", "cpu", 0, 0, Timings.NONE),
                        scan -> {
                            throw new OutOfMemoryError("Java heap space");
                        },
                        out,
                        StageBars.onTerminal()))
                .isInstanceOf(BcdiException.class)
                .hasMessage("S1 could not be phased, its filled volume is in " + out
                        + ": java.lang.OutOfMemoryError: Java heap space");
        assertThat(ResultReader.read(out).intensity().shape()).isEqualTo(shape);
    }

    @Test
    void theResultNamesThePhasingModelAndTheProviderThatWereChosen() throws IOException {
        Path scan = folder.resolve("scan.npy");
        Files.write(scan, npy("<u4", 8, 16, 16));

        assertThat(commandOf(scan, "--phasing-model", "none")).contains(" --phase none --phasing-model none --seed 1");
        assertThat(commandOf(scan)).contains(" --phase none --seed 1").doesNotContain("--provider");
        assertThat(commandOf(scan, "--provider", "cpu")).contains(" --provider cpu");
    }

    @Test
    void theCommandInTheResultCanBePastedIntoAShell() throws IOException, InterruptedException {
        Path scan = folder.resolve("Pt 5's (scan).npy");
        Files.write(scan, npy("<u4", 8, 16, 16));

        String command = commandOf(scan, "--roi", "2:14,1:15");
        Process shell = new ProcessBuilder("sh", "-c", "printf '%s\\n' " + command).start();

        assertThat(new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                .startsWith(String.join("\n", "bcdi", "process", scan.toString(), "-o", ""))
                .contains(folder.resolve("result.cxi") + "\n", "\n--roi\n2:14,1:15\n");
        assertThat(shell.waitFor()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"none", "ER2"})
    void aNetworkThatTheRecipeDoesNotAskForIsNotLoaded(String recipe) throws IOException {
        Path scan = folder.resolve("scan.npy");
        byte[] file = npy("<u4", 8, 16, 16);
        file[file.length - 4 * ((3 * 16 + 8) * 16 + 8)] = 100;
        Files.write(scan, file);
        Path out = folder.resolve("result.cxi");

        ByteArrayOutputStream err = new ByteArrayOutputStream();

        run(err, "process", scan.toString(), "-o", out.toString(), "--inpaint", "linear", "--phase", recipe);

        assertThat(err.toString(StandardCharsets.UTF_8)).isEmpty();

        assertThat(ResultReader.read(out).provenance().models()).isEmpty();
    }

    @Test
    void aPhasingModelThatIsNotThereIsRefusedEvenWhereTheRecipeDoesNotAskForIt() throws IOException {
        Path scan = folder.resolve("scan.npy");
        Files.write(scan, npy("<u4", 8, 16, 16));
        ByteArrayOutputStream err = new ByteArrayOutputStream();

        int code = run(
                err,
                "process",
                scan.toString(),
                "-o",
                folder.resolve("result.cxi").toString(),
                "--inpaint",
                "linear",
                "--phase",
                "none",
                "--phasing-model",
                "phaze-64");

        assertThat(err.toString(StandardCharsets.UTF_8)).startsWith("bcdi: There is no phasing model 'phaze-64'");
        assertThat(code).isEqualTo(2);
    }

    @Test
    void whatTheBeamlineSaidOfAScanStaysWithItAndItsNameHasNoEnding() throws IOException {
        Path scan = folder.resolve("S1.npy");
        Files.write(scan, npy("<u4", 8, 16, 16));
        Path first = folder.resolve("S1.cxi");
        process(scan, first);
        ScanResult plain = ResultReader.read(first);
        assertThat(plain.provenance().settings()).doesNotContain("\"scan\"");
        String said = "\"scan\":{\"name\":\"S1\",\"motor\":\"eta\",\"frames\":8}";
        Provenance announced = new Provenance("BcdiOnline", "{" + said + "}", Map.of(), Map.of(), 1);
        ResultWriter.write(first, new ScanResult(plain.curve(), plain.intensity(), plain.deviation(), null, announced));

        Path again = folder.resolve("again.cxi");
        process(first, again);

        assertThat(ResultReader.read(again).provenance().settings()).contains(said);
        assertThat(ResultReader.read(again).curve().name()).isEqualTo("S1");
    }

    private void process(Path scan, Path out) {
        assertThat(run(
                        new ByteArrayOutputStream(),
                        "process",
                        scan.toString(),
                        "-o",
                        out.toString(),
                        "--inpaint",
                        "linear",
                        "--phase",
                        "none",
                        "--phasing-model",
                        "none"))
                .isZero();
    }

    private String commandOf(Path scan, String... options) {
        Path out = folder.resolve("result.cxi");
        List<String> arguments = new ArrayList<>(
                List.of("process", scan.toString(), "-o", out.toString(), "--inpaint", "linear", "--phase", "none"));
        arguments.addAll(List.of(options));
        assertThat(run(new ByteArrayOutputStream(), arguments.toArray(String[]::new)))
                .isZero();
        return ResultReader.read(out).provenance().command();
    }

    private static int run(ByteArrayOutputStream err, String... arguments) {
        return new CommandRunner(
                        new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8),
                        new PrintStream(err, true, StandardCharsets.UTF_8))
                .run(arguments);
    }

    /** A NumPy file of zeros, format version 1.0. */
    private static byte[] npy(String type, int nz, int ny, int nx) {
        String header =
                "{'descr': '" + type + "', 'fortran_order': False, 'shape': (" + nz + ", " + ny + ", " + nx + "), }";
        String padded = header + " ".repeat(64 - (header.length() + 11) % 64) + "\n";
        byte[] start = ("\u0093NUMPY\u0001\u0000" + (char) padded.length() + "\u0000" + padded)
                .getBytes(StandardCharsets.ISO_8859_1);
        byte[] file = new byte[start.length + 4 * nz * ny * nx];
        System.arraycopy(start, 0, file, 0, start.length);
        return file;
    }
}
