package org.bcdi.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;

/** {@code docs/reference/command-line.md} is what the commands say of themselves. Run with {@code -Dbcdi.write=true} to write it anew. */
class CommandLineReferenceTest {
    private static final Path FILE = Path.of("docs/reference/command-line.md");

    @Test
    void theReferenceIsThatOfTheCommands() throws IOException {
        String made = page();
        if (Boolean.getBoolean("bcdi.write")) {
            Files.writeString(FILE, made);
        }
        assertThat(Files.readString(FILE))
                .as("write it anew: mvn test -Dtest=CommandLineReferenceTest -Dbcdi.write=true")
                .isEqualTo(made);
    }

    private static String page() {
        StringBuilder page = new StringBuilder("""
                # Command line

                Made from the commands by `CommandLineReferenceTest`; do not edit. Exit code 0: done, 1: something failed, 2: the command or an
                input is wrong. Models kept elsewhere than in `models/`: `BCDI_JAVA_OPTS=-Dbcdi.models=FOLDER`.
                """);
        new CommandLine(new Bcdi())
                .setUsageHelpWidth(100)
                .getSubcommands()
                .forEach((name, command) -> page.append("\n## bcdi ")
                        .append(name)
                        .append("\n\n")
                        .append(indented(command.getUsageMessage(Ansi.OFF))));
        return page.toString();
    }

    private static String indented(String usage) {
        return usage.lines().map(line -> ("    " + line).stripTrailing() + "\n").collect(Collectors.joining());
    }
}
