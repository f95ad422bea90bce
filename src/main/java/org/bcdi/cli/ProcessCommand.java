package org.bcdi.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.UnaryOperator;
import org.bcdi.mask.Detectors;
import org.bcdi.model.ExecutionProvider;
import org.bcdi.phase.Phasing;
import org.bcdi.phase.Recipe;
import org.bcdi.pipeline.ProcessedScan;
import org.bcdi.pipeline.ProcessingSettings;
import org.bcdi.pipeline.Processor;
import org.bcdi.pipeline.Stage;
import org.bcdi.pipeline.Timings;
import org.bcdi.stack.RockingCurve;
import org.bcdi.stack.RoiChoice;
import org.bcdi.store.MaskReader;
import org.bcdi.store.ReadSettings;
import org.bcdi.store.ResultWriter;
import org.bcdi.store.ScanReader;
import org.bcdi.task.BcdiException;
import org.bcdi.task.InputException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code bcdi process}: files through the same stages as a live scan. */
@Command(
        name = "process",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Inpaints and phases scans in files (Lima, BLISS or plain HDF5, .npy).")
final class ProcessCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    CommandSpec spec;

    @Parameters(paramLabel = "INPUT", arity = "1..*", description = "scan files; several are a batch")
    @SuppressWarnings("NullAway.Init") // set by picocli
    List<Path> inputs;

    @Option(
            names = {"-o", "--out"},
            paramLabel = "OUT",
            required = true,
            description = "result file (CXI), or a directory for several")
    @SuppressWarnings("NullAway.Init") // set by picocli
    String out;

    @Option(names = "--dataset", paramLabel = "PATH", description = "where in the file the frames are (default: found)")
    Optional<String> dataset = Optional.empty();

    @Option(
            names = "--detector",
            paramLabel = "NAME",
            defaultValue = Detectors.NONE,
            description = "detector whose gaps the frames have, such as maxipix-2x2 (default: ${DEFAULT-VALUE})")
    @SuppressWarnings("NullAway.Init") // set by picocli
    String detector;

    @Option(
            names = "--mask",
            paramLabel = "FILE[:PATH]",
            description = "pixels (2D) or voxels (3D) without data; HDF5, .npy or EDF, not zero = no data")
    Optional<String> mask = Optional.empty();

    @Option(
            names = "--roi",
            paramLabel = "ROI",
            defaultValue = "",
            description = "y0:y1,x0:x1, the part of the frame to use, or which part of the detector the frames are;"
                    + " auto:N for a box around the Bragg peak")
    @SuppressWarnings("NullAway.Init") // set by picocli
    String roi;

    @Option(
            names = "--inpaint",
            paramLabel = "FILL",
            defaultValue = "auto",
            description = "auto (the shipped network), a model file or card, linear, nearest, biharmonic, ridge or none"
                    + " (default: ${DEFAULT-VALUE})")
    @SuppressWarnings("NullAway.Init") // set by picocli
    String fill;

    @Option(
            names = "--phase",
            paramLabel = "RECIPE",
            defaultValue = "auto",
            description = "auto, none, or steps such as HIO300/RAAR500/ER200 (default: ${DEFAULT-VALUE})")
    @SuppressWarnings("NullAway.Init") // set by picocli
    String recipe;

    @Option(
            names = "--phasing-model",
            paramLabel = "MODEL",
            defaultValue = "auto",
            description =
                    "network that recipes with NET/ start from: auto (the shipped one where there is one), a model"
                            + " file or card, or none (default: ${DEFAULT-VALUE})")
    @SuppressWarnings("NullAway.Init") // set by picocli
    String phasing;

    @Option(names = "--seed", paramLabel = "N", defaultValue = "1", description = "of every random choice (default: 1)")
    long seed;

    @Option(
            names = "--provider",
            paramLabel = "NAME",
            defaultValue = "auto",
            description = "where networks run: auto, cuda or cpu (default: ${DEFAULT-VALUE})")
    @SuppressWarnings("NullAway.Init") // set by picocli
    String provider;

    @Option(names = "--gpu", paramLabel = "N", defaultValue = "0", description = "which GPU, from 0 (default: 0)")
    int gpu;

    @Option(names = "--json", description = "one JSON object on stdout and nothing else there")
    boolean json;

    @Override
    public Integer call() {
        if (gpu < 0) {
            throw new InputException("GPU " + gpu + " does not exist; they are numbered from 0.");
        }
        ProcessingSettings settings =
                new ProcessingSettings(fill, network(), recipe, seed, ExecutionProvider.named(provider), gpu);
        ReadSettings reading = new ReadSettings(dataset, detector, mask.map(MaskReader::read), RoiChoice.parse(roi));
        List<Path> outputs = OutputPlan.plan(inputs, out);
        for (Path input : inputs) {
            ScanReader.check(input, reading);
        }
        if (!(Recipe.parse(recipe) instanceof Recipe.None)) {
            Phasing.check(settings.provider(), gpu);
        }
        List<ProcessReport> reports = new ArrayList<>();
        try (Processor processor = Processor.open(settings)) {
            OutputPlan.prepare(outputs);
            for (int i = 0; i < inputs.size(); i++) {
                reports.add(process(inputs.get(i), outputs.get(i), reading, processor));
            }
        }
        if (json) {
            spec.commandLine().getOut().println(ProcessReport.json(reports));
        }
        return CommandRunner.DONE;
    }

    /** The phasing network, none where the recipe does not ask for one: what is not needed is not loaded. */
    private String network() {
        Recipe steps = Recipe.parse(recipe);
        if (steps.asksNetwork()) {
            return phasing;
        }
        if (!phasing.equals("auto")) {
            Phasing.check(steps, phasing);
        }
        return "none";
    }

    private ProcessReport process(Path input, Path output, ReadSettings reading, Processor processor) {
        ProcessReport report;
        try (StageBars bars = StageBars.onTerminal()) {
            long start = System.nanoTime();
            RockingCurve curve = ScanReader.read(input, reading);
            double read = Stopwatch.since(start);
            ProcessedScan made = processor.inpaint(curve, bars).withCommand(command(input, output));
            ProcessedScan filled =
                    ScanReader.settings(input).map(made::withScanOf).orElse(made);
            ProcessedScan scan = phased(filled, s -> processor.phase(s, recipe, seed, bars), output, bars);
            double write = written(scan, output, bars);
            Timings timings = scan.timings().withRead(read).withWrite(write);
            report = new ProcessReport(output, scan.withTimings(timings));
        }
        if (!json) {
            spec.commandLine().getOut().println(report.text());
        }
        return report;
    }

    /** Phases; where that fails, what was filled is not lost. */
    static ProcessedScan phased(
            ProcessedScan filled, UnaryOperator<ProcessedScan> phasing, Path output, StageBars bars) {
        try {
            return phasing.apply(filled);
        } catch (RuntimeException | Error e) {
            written(filled, output, bars);
            String reason = e instanceof BcdiException ? e.getMessage() : e.toString();
            throw new BcdiException(
                    filled.curve().name() + " could not be phased, its filled volume is in " + output + ": " + reason,
                    e);
        }
    }

    /** Writes a result; seconds that it took. */
    private static double written(ProcessedScan scan, Path output, StageBars bars) {
        long start = System.nanoTime();
        bars.progress(Stage.SAVING, 0);
        ResultWriter.write(output, scan.result());
        return Stopwatch.since(start);
    }

    /** What would make this result again, from the same directory. */
    private String command(Path input, Path output) {
        ShellLine line = new ShellLine("bcdi", "process").add(input, "-o", output);
        dataset.ifPresent(path -> line.add("--dataset", path));
        line.add("--detector", detector);
        mask.ifPresent(file -> line.add("--mask", file));
        return line.unless("", "--roi", roi)
                .add("--inpaint", fill, "--phase", recipe)
                .unless("auto", "--phasing-model", phasing)
                .add("--seed", seed)
                .unless("auto", "--provider", provider)
                .unless("0", "--gpu", Integer.toString(gpu))
                .toString();
    }
}
