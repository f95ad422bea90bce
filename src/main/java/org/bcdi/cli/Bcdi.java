package org.bcdi.cli;

import org.bcdi.task.Version;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** The command above the commands. */
@Command(
        name = "bcdi",
        header = "Fills detector gaps in Bragg coherent diffraction scans and reconstructs the crystal.",
        synopsisSubcommandLabel = "COMMAND",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        versionProvider = Bcdi.VersionLine.class,
        commandListHeading = "%nCommands:%n",
        optionListHeading = "%nOptions:%n",
        parameterListHeading = "%n",
        subcommands = {
            DemoCommand.class,
            ServeCommand.class,
            ProcessCommand.class,
            SimulateCommand.class,
            InspectCommand.class,
            LimaSimCommand.class,
            DoctorCommand.class,
            BenchCommand.class
        },
        footerHeading = "%nFirst steps: 'bcdi demo', then README.md and docs/index.md.%n")
final class Bcdi implements Runnable {
    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    CommandSpec spec;

    @Option(
            names = {"-v", "--verbose"},
            scope = ScopeType.INHERIT,
            description = "tell on stderr what is being done")
    boolean verbose;

    @Option(names = "--debug", scope = ScopeType.INHERIT, description = "tell everything, with stack traces of errors")
    boolean debug;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "A command is missing, such as 'bcdi demo'");
    }

    /** Answers {@code --version}. */
    static final class VersionLine implements IVersionProvider {
        @Override
        public String[] getVersion() {
            return new String[] {"bcdi-online " + Version.text()};
        }
    }
}
