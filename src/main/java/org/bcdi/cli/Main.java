package org.bcdi.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

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
            err.println(
                    "bcdi: the output could not be written to the end; mend where it goes and run the command again.");
            code = 1;
        }
        System.exit(code);
    }

    private static PrintStream utf8(FileDescriptor descriptor) {
        return new PrintStream(new FileOutputStream(descriptor), true, StandardCharsets.UTF_8);
    }
}
