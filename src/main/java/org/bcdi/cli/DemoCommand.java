package org.bcdi.cli;

import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.bcdi.phase.Phasing;
import org.bcdi.phase.Recipe;
import org.bcdi.sim.SimulationSettings;
import org.bcdi.volume.Shape3;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code bcdi demo}: the main job, embedded, on a simulated crystal or a measured scan. */
@Command(
        name = "demo",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description =
                "Shows the main job: a simulated detector replays a scan, the device server follows, inpaints, phases"
                        + " and publishes it.")
final class DemoCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    CommandSpec spec;

    @Option(
            names = "--scan",
            paramLabel = "FILE",
            description = "a measured scan without gaps (default: a simulated crystal)")
    Optional<Path> scan = Optional.empty();

    @Option(
            names = "--detector",
            paramLabel = "NAME",
            defaultValue = "maxipix-2x2",
            description = "detector whose gaps are laid over the scan (default: ${DEFAULT-VALUE})")
    @SuppressWarnings("NullAway.Init") // set by picocli
    String detector;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            defaultValue = "bcdi-demo",
            description = "where result and pictures go (default: ./${DEFAULT-VALUE})")
    @SuppressWarnings("NullAway.Init") // set by picocli
    Path out;

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "1",
            description = "of the simulated crystal (default: 1)")
    long seed;

    @Option(
            names = "--phase",
            paramLabel = "RECIPE",
            defaultValue = "auto",
            description = "recipe of phasing (default: ${DEFAULT-VALUE})")
    @SuppressWarnings("NullAway.Init") // set by picocli
    String recipe;

    /** Smaller shapes make the program's own tests quick. */
    @Option(names = "--shape", hidden = true, defaultValue = "64,96,96", converter = ShapeConverter.class)
    @SuppressWarnings("NullAway.Init") // set by picocli
    Shape3 shape;

    @Override
    public Integer call() {
        Phasing.check(Recipe.parse(recipe), "auto");
        DemoScan demo = scan.isPresent()
                ? DemoScan.fromFile(scan.get(), detector)
                : DemoScan.simulated(new SimulationSettings(shape, seed, DemoScan.STRAIN, DemoScan.PHOTONS), detector);
        Path directory = OutputPlan.directory(out);
        DemoResult result = new DemoRun(demo, directory, recipe).run();
        DemoReport report = DemoReport.of(demo, result, directory);
        report.lines().forEach(spec.commandLine().getOut()::println);
        return CommandRunner.DONE;
    }
}
