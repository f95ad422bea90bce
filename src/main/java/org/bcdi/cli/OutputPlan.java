package org.bcdi.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.bcdi.store.ScanReader;
import org.bcdi.task.FileName;
import org.bcdi.task.InputException;

/** Which result goes where, settled and tried before any work begins. */
final class OutputPlan {
    private OutputPlan() {}

    /**
     * One file for each input: {@code name} itself for a single input unless it is a directory or ends as one, else files of
     * the inputs' names in that directory, which need not be there yet. Changes nothing.
     *
     * @throws InputException when an input is not there, or a result could not be written
     */
    static List<Path> plan(List<Path> inputs, String name) {
        requireFiles(inputs);
        Path out = FileName.path("Output", name);
        if (inputs.size() == 1 && !Files.isDirectory(out) && !name.endsWith("/")) {
            checkNames(inputs, List.of(out));
            requireWritable(out);
            requireOwn(out);
            return List.of(out);
        }
        if (Files.exists(out) && !Files.isDirectory(out)) {
            throw new InputException("Output " + name + " is a file and no directory for the results of "
                    + inputs.size() + " inputs; give one with --out.");
        }
        List<Path> outputs = new ArrayList<>();
        for (Path input : inputs) {
            outputs.add(out.resolve(stem(input) + ".cxi"));
        }
        checkNames(inputs, outputs);
        if (Files.isDirectory(out)) {
            outputs.forEach(OutputPlan::requireWritable);
            outputs.forEach(OutputPlan::requireOwn);
        } else {
            requireParent(out);
        }
        return List.copyOf(outputs);
    }

    /**
     * Makes the directory that the results of a plan go to, if it is not there.
     *
     * @throws InputException when it cannot
     */
    static void prepare(List<Path> outputs) {
        Path folder = outputs.get(0).toAbsolutePath().getParent();
        if (folder != null && !Files.isDirectory(folder)) {
            directory(folder);
        }
    }

    /** @throws InputException when a file could not be written there */
    static void requireWritable(Path file) {
        Path directory = file.toAbsolutePath().getParent();
        if (directory == null || !Files.isDirectory(directory)) {
            throw new InputException("Directory " + directory + " for " + file + " does not exist; make it first.");
        }
        if (Files.isDirectory(file)) {
            throw new InputException("Output " + file + " is a directory; name a file.");
        }
        if (Files.exists(file) && !Files.isRegularFile(file)) {
            throw new InputException("Output " + file + " is no ordinary file and is not replaced; name another.");
        }
        tryToWrite(directory);
    }

    /**
     * A directory that can be written to, made if it is not there.
     *
     * @throws InputException when it cannot
     */
    static Path directory(Path out) {
        if (Files.exists(out) && !Files.isDirectory(out)) {
            throw new InputException("Output " + out + " is a file; name a directory.");
        }
        tryToWrite(madeDirectory(out));
        return out;
    }

    /** @throws InputException when an input is not there */
    static void requireFiles(List<Path> inputs) {
        for (Path input : inputs) {
            if (!Files.isRegularFile(input)) {
                throw new InputException("Input " + input + " is not a file; give HDF5 or .npy files.");
            }
        }
    }

    private static void checkNames(List<Path> inputs, List<Path> outputs) {
        Set<Path> known = new HashSet<>();
        for (Path input : inputs) {
            known.add(real(input));
        }
        for (Path output : outputs) {
            if (!known.add(real(output))) {
                throw new InputException(
                        "Result " + output + " would overwrite an input or another result; choose another name.");
            }
        }
    }

    /** A result may be made again, a measurement not: {@code -o *.h5} takes the first scan for the output. */
    private static void requireOwn(Path output) {
        requireOwn(output, "result", file -> ScanReader.settings(file).isPresent());
    }

    /**
     * @param kind of file that may be replaced
     * @param own whether a file is of that kind
     * @throws InputException when a file is there that is not, or may not be for all anybody can read
     */
    static void requireOwn(Path output, String kind, Predicate<Path> own) {
        if (Files.exists(output) && !isEmpty(output) && !is(own, output)) {
            throw new InputException("Output " + output + " is there, is no " + kind
                    + " of this program and is not replaced; name another, or remove it first.");
        }
    }

    private static boolean is(Predicate<Path> own, Path file) {
        try {
            return own.test(file);
        } catch (InputException unreadable) {
            return false;
        }
    }

    private static boolean isEmpty(Path file) {
        try {
            return Files.size(file) == 0;
        } catch (IOException unknown) {
            return false;
        }
    }

    private static void requireParent(Path out) {
        Path parent = out.toAbsolutePath().getParent();
        if (parent == null || !Files.isDirectory(parent)) {
            throw new InputException("Directory " + parent + " for the results does not exist; make it first.");
        }
        tryToWrite(parent);
    }

    private static Path madeDirectory(Path out) {
        if (!Files.isDirectory(out)) {
            requireParent(out);
        }
        try {
            return Files.createDirectories(out);
        } catch (IOException e) {
            throw new InputException("Directory " + out + " cannot be made; choose another.", e);
        }
    }

    /** Permissions alone tell little: the file system may be read-only or full. */
    private static void tryToWrite(Path directory) {
        try {
            Path trial = Files.createTempFile(directory, ".bcdi", "");
            Files.delete(trial);
        } catch (IOException e) {
            throw new InputException("Directory " + directory + " cannot be written to; choose another.", e);
        }
    }

    private static Path real(Path file) {
        try {
            return file.toRealPath();
        } catch (IOException notThere) {
            return file.toAbsolutePath().normalize();
        }
    }

    private static String stem(Path input) {
        String name = String.valueOf(input.getFileName());
        int dot = name.lastIndexOf('.');
        return dot > 0 ? name.substring(0, dot) : name;
    }
}
