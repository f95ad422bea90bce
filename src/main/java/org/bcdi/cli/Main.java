package org.bcdi.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Entry point: runs one command and ends with its exit code, 0 done, 1 failed, 2 wrong usage. */
public final class Main {
    private Main() {}

    public static void main(String[] args) {
        PrintStream out = utf8(FileDescriptor.out);
        PrintStream err = utf8(FileDescriptor.err);
        // Libraries that print to stdout must not spoil what a script reads there.
        System.setOut(err);
        int code = new CommandRunner(out, err).run(args);
        if (out.checkError() && code == 0) {
            if (!goesIntoPipe()) {
                err.println(
                        "bcdi: the output could not be written to the end; mend where it goes and run the command again.");
            }
            code = 1;
        }
        System.exit(code);
    }

    /** A pipe fails only when its reader, such as {@code head}, has read enough, which is no error to tell of. */
    private static boolean goesIntoPipe() {
        try {
            return Files.readSymbolicLink(Path.of("/proc/self/fd/1")).toString().startsWith("pipe:");
        } catch (IOException e) {
            return false;
        }
    }

    private static PrintStream utf8(FileDescriptor descriptor) {
        return new PrintStream(new FileOutputStream(descriptor), true, StandardCharsets.UTF_8);
    }
}
