package org.bcdi.cli;

import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.bcdi.sim.SimulationSettings;
import org.bcdi.sim.lima.LimaServer;
import org.bcdi.sim.lima.LimaSimSettings;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code bcdi lima-sim}: the simulated detector alone. */
@Command(
        name = "lima-sim",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "A detector that behaves as Lima does, to try clients without beam.")
final class LimaSimCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    CommandSpec spec;

    @Parameters(paramLabel = "INSTANCE", description = "name of the server instance")
    @SuppressWarnings("NullAway.Init") // set by picocli
    String instance;

    @Option(
            names = "--scan",
            paramLabel = "FILE",
            description = "what the detector sees (default: a simulated crystal)")
    Optional<Path> scan = Optional.empty();

    @Option(
            names = "--detector",
            paramLabel = "NAME",
            defaultValue = "maxipix-2x2",
            description =
                    "which detector it is; frames smaller than its own are placed so that a gap cuts them near the"
                            + " Bragg peak (default: ${DEFAULT-VALUE})")
    @SuppressWarnings("NullAway.Init") // set by picocli
    String detector;

    @Mixin
    @SuppressWarnings("NullAway.Init") // set by picocli
    WeaknessOptions weaknesses;

    @Mixin
    @SuppressWarnings("NullAway.Init") // set by picocli
    ServerOptions server;

    @Override
    public Integer call() throws InterruptedException {
        DemoScan film = scan.isPresent()
                ? DemoScan.fromFile(scan.get(), detector)
                : DemoScan.simulated(
                        new SimulationSettings(DemoScan.SHAPE, 1, DemoScan.STRAIN, DemoScan.PHOTONS), detector);
        server.withoutDatabase |= TangoOptions.tangoHost().isEmpty();
        server.settle();
        LimaSimSettings settings =
                film.camera().withInstance(instance).withPort(server.port()).withWeaknesses(weaknesses.chosen());
        LimaServer lima = LimaServer.start(settings, server.tango());
        spec.commandLine()
                .getOut()
                .println("Simulated detector " + lima.address() + " shows "
                        + film.seen().shape() + " voxels, region " + film.region() + " of " + detector + ".");
        return ServerOptions.untilStopped();
    }
}
