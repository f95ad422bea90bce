package org.bcdi.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
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

    @Option(
            names = "--device",
            paramLabel = "DEVICE",
            defaultValue = "",
            description = "Tango name of the Lima detector to look at")
    @SuppressWarnings("NullAway.Init") // set by picocli
    String device;

    @Override
    public Integer call() {
        List<Check> checks = new ArrayList<>(List.of(
                Checks.java(),
                Checks.memory(),
                Checks.disk(results),
                Checks.tango(TangoOptions.tangoHost()),
                Checks.detector(device)));
        checks.addAll(Checks.models());
        checks.add(Checks.gpu());
        checks.forEach(check -> spec.commandLine().getOut().println(check.line()));
        return checks.stream().anyMatch(check -> check.verdict() == Check.Verdict.FAIL)
                ? CommandRunner.FAILED
                : CommandRunner.DONE;
    }
}
