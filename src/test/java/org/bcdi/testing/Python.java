package org.bcdi.testing;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Debian's Python, the outside oracle: {@code /usr/bin/python3} with h5py, numpy and what else a test names. */
public final class Python {
    static final String EXECUTABLE = "/usr/bin/python3";

    private Python() {}

    /**
     * Runs a script and waits for it.
     *
     * @param script source text, read by Python from its standard input
     * @param arguments the script's {@code sys.argv[1:]}, by their text
     * @return what it printed, without the last line end
     * @throws AssertionError with the script's error output when it fails
     */
    public static String run(String script, Object... arguments) {
        List<String> command = new ArrayList<>(List.of(EXECUTABLE, "-"));
        for (Object argument : arguments) {
            command.add(argument.toString());
        }
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            try (var input = process.getOutputStream()) {
                input.write(script.getBytes(StandardCharsets.UTF_8));
            }
            String output;
            try (InputStream stream = process.getInputStream()) {
                output = new String(stream.readAllBytes(), StandardCharsets.UTF_8).stripTrailing();
            }
            int exit = process.waitFor();
            if (exit != 0) {
                throw new AssertionError("python3 ended with " + exit + ":\n" + output);
            }
            return output;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted while python3 was running", e);
        }
    }

    /** Whether Python is there and can import these modules. */
    static boolean imports(String... modules) {
        if (!new File(EXECUTABLE).canExecute()) {
            return false;
        }
        try {
            run("import " + String.join(", ", modules));
            return true;
        } catch (AssertionError e) {
            return false;
        }
    }
}
