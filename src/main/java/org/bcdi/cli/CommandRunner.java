package org.bcdi.cli;

import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.core.config.Configurator;
import org.bcdi.task.BcdiException;
import org.bcdi.task.InputException;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** Runs a command line, and turns whatever goes wrong into one sentence on stderr and an exit code. */
final class CommandRunner {
    static final int DONE = 0;
    static final int FAILED = 1;
    static final int WRONG_USAGE = 2;

    private final PrintStream out;
    private final PrintStream err;

    CommandRunner(PrintStream out, PrintStream err) {
        this.out = out;
        this.err = err;
    }

    int run(String... args) {
        boolean debug = Arrays.asList(args).contains("--debug");
        try {
            return commandLine(debug).execute(TangoOptions.apply(args));
        } catch (InputException e) {
            return report(e, debug);
        } catch (OutOfMemoryError e) {
            return report(
                    new BcdiException(
                            "Java ran out of its " + (Runtime.getRuntime().maxMemory() >> 20)
                                    + " MiB of memory; choose a smaller --roi or allow more with BCDI_JAVA_OPTS=-Xmx16g.",
                            e),
                    debug);
        } catch (Error e) {
            // picocli hands on exceptions only
            return report(e, debug);
        }
    }

    private CommandLine commandLine(boolean debug) {
        CommandLine line = new CommandLine(new Bcdi())
                .setOut(new PrintWriter(out, true, StandardCharsets.UTF_8))
                .setErr(new PrintWriter(err, true, StandardCharsets.UTF_8))
                .setUsageHelpWidth(100)
                .setUsageHelpLongOptionsMaxWidth(32)
                .setAbbreviatedSubcommandsAllowed(false);
        line.setExecutionStrategy(this::execute);
        line.setParameterExceptionHandler((e, args) -> refuse(e));
        line.setExecutionExceptionHandler((e, command, parsed) -> report(e, debug));
        return line;
    }

    private int execute(ParseResult parsed) {
        Bcdi settings = (Bcdi) parsed.commandSpec().userObject();
        if (settings.debug) {
            Configurator.setLevel("org.bcdi", Level.DEBUG);
        } else if (settings.verbose) {
            Configurator.setLevel("org.bcdi", Level.INFO);
        }
        return new CommandLine.RunLast().execute(parsed);
    }

    private int refuse(ParameterException e) {
        String command = e.getCommandLine().getCommandSpec().qualifiedName();
        err.println("bcdi: " + sentence(String.valueOf(e.getMessage())) + " See '" + command + " --help'.");
        return WRONG_USAGE;
    }

    private int report(Throwable e, boolean debug) {
        if (debug) {
            e.printStackTrace(err);
        } else if (e instanceof BcdiException) {
            err.println("bcdi: " + sentence(String.valueOf(e.getMessage())));
        } else {
            err.println("bcdi: " + e.getClass().getSimpleName() + ": " + sentence(String.valueOf(e.getMessage()))
                    + " This was not expected: run it again with --debug and report what it prints.");
        }
        return e instanceof InputException ? WRONG_USAGE : FAILED;
    }

    /** On one line and with a full stop. */
    private static String sentence(String message) {
        String line = message.strip().replaceAll("\\s*\\R\\s*", " ");
        return line.endsWith(".") || line.endsWith("?") ? line : line + ".";
    }
}
