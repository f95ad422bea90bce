package org.bcdi.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.bcdi.mask.Detectors;
import org.bcdi.mask.FrameMask;
import org.bcdi.sim.CrystalSimulator;
import org.bcdi.sim.DetectorView;
import org.bcdi.sim.SimulatedScan;
import org.bcdi.sim.SimulationSettings;
import org.bcdi.store.SimulationWriter;
import org.bcdi.task.InputException;
import org.bcdi.volume.Roi;
import org.bcdi.volume.Shape3;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code bcdi simulate}: a rocking curve of a random strained crystal, with the truth beside it. */
@Command(
        name = "simulate",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Writes a simulated rocking curve as Lima would save it, with the truth beside it.")
final class SimulateCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    CommandSpec spec;

    @Parameters(paramLabel = "OUT.h5", description = "file to write")
    @SuppressWarnings("NullAway.Init") // set by picocli
    Path out;

    @Option(
            names = "--shape",
            paramLabel = "z,y,x",
            defaultValue = "64,128,128",
            converter = ShapeConverter.class,
            description = "steps, rows, columns (default: ${DEFAULT-VALUE})")
    @SuppressWarnings("NullAway.Init") // set by picocli
    Shape3 shape;

    @Option(
            names = "--detector",
            paramLabel = "NAME",
            defaultValue = "maxipix-2x2",
            description = "detector whose gaps cut the pattern near its peak (default: ${DEFAULT-VALUE})")
    @SuppressWarnings("NullAway.Init") // set by picocli
    String detector;

    @Option(names = "--seed", paramLabel = "N", defaultValue = "1", description = "of crystal and noise (default: 1)")
    long seed;

    @Option(
            names = "--strain",
            paramLabel = "RAD",
            defaultValue = "1.5",
            description = "range of the phase inside the crystal in radians (default: ${DEFAULT-VALUE})")
    double strain;

    @Option(
            names = "--photons",
            paramLabel = "N",
            defaultValue = "1e7",
            description = "expected in the whole scan (default: ${DEFAULT-VALUE})")
    double photons;

    @Override
    public Integer call() {
        OutputPlan.requireWritable(out);
        OutputPlan.requireOwn(out, "simulation", SimulationWriter::wrote);
        FrameMask whole = Detectors.isNone(detector)
                ? FrameMask.none(shape.ny(), shape.nx())
                : Detectors.named(detector).gaps();
        if (shape.ny() > whole.height() || shape.nx() > whole.width()) {
            throw new InputException("Frames of " + shape.ny() + "x" + shape.nx() + " are larger than detector "
                    + detector + "; give a smaller --shape.");
        }
        SimulatedScan scan = CrystalSimulator.simulate(new SimulationSettings(shape, seed, strain, photons));
        Roi region =
                DetectorView.nearGap(scan.counts(), whole, DemoScan.FROM_GAP).pattern();
        FrameMask gaps = whole.crop(region);
        SimulationWriter.write(
                out,
                new SimulationWriter.Simulation(
                        scan.counts(),
                        scan.rate(),
                        scan.object(),
                        detector,
                        gaps,
                        Detectors.isNone(detector) ? Optional.empty() : Optional.of(region),
                        List.of(),
                        Map.of(
                                "seed", Long.toString(seed),
                                "strain", Double.toString(strain),
                                "photons", Double.toString(photons))));
        spec.commandLine()
                .getOut()
                .println(String.format(
                        Locale.ROOT,
                        "%s: %s voxels, region %s of %s, %.3g photons, strain %.3g rad",
                        out,
                        shape,
                        region,
                        detector,
                        photons,
                        strain));
        return CommandRunner.DONE;
    }
}
