package org.bcdi.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.bcdi.phase.Reconstruction;
import org.bcdi.picture.ObjectView;
import org.bcdi.picture.Pictures;
import org.bcdi.picture.ScanView;
import org.bcdi.store.ResultReader;
import org.bcdi.store.ScanReader;
import org.bcdi.store.ScanResult;
import org.bcdi.store.TreeEntry;
import org.bcdi.volume.Volume;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code bcdi inspect}: what is in a file, and of a result the figures and pictures. */
@Command(
        name = "inspect",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Shows what is in a result: tree, numbers and pictures.")
final class InspectCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    CommandSpec spec;

    @Parameters(paramLabel = "FILE", description = "result of this program, or any HDF5 file for its tree alone")
    @SuppressWarnings("NullAway.Init") // set by picocli
    Path file;

    @Option(names = "--png", paramLabel = "DIR", description = "write pictures into this directory")
    Optional<Path> pictures = Optional.empty();

    @Override
    public Integer call() {
        OutputPlan.requireFiles(List.of(file));
        PrintWriter out = spec.commandLine().getOut();
        List<TreeEntry> tree = ResultReader.tree(file);
        boolean isResult = ScanReader.settings(file).isPresent();
        if (isResult || pictures.isPresent()) {
            ScanResult result = ResultReader.read(file);
            Optional<Path> directory = pictures.map(OutputPlan::directory);
            printTree(tree, out);
            printFigures(result, out);
            directory.ifPresent(
                    place -> draw(result.curve().name(), result, null, place).forEach(out::println));
        } else {
            printTree(tree, out);
        }
        return CommandRunner.DONE;
    }

    /** Writes the pictures of a result. */
    static List<Path> draw(String name, ScanResult result, @Nullable Volume truth, Path directory) {
        ScanView scan = new ScanView(
                name, result.curve().counts(), result.curve().mask(), result.intensity(), result.deviation(), truth);
        Reconstruction found = result.reconstruction();
        ObjectView object = found == null ? null : new ObjectView(found.recipe(), found.object(), found.support());
        return Pictures.write(directory, scan, object);
    }

    private static void printTree(List<TreeEntry> tree, PrintWriter out) {
        for (TreeEntry entry : tree) {
            int depth = (int) entry.path().chars().filter(c -> c == '/').count() - 1;
            String name =
                    "  ".repeat(depth) + entry.path().substring(entry.path().lastIndexOf('/') + 1);
            String link = entry.link().map(target -> "-> " + target).orElse(entry.content());
            out.println(String.format(Locale.ROOT, "%-32s %s", name + (entry.group() ? "/" : ""), link)
                    .stripTrailing());
        }
    }

    private static void printFigures(ScanResult result, PrintWriter out) {
        out.println();
        out.println("command    " + result.provenance().command());
        out.println("settings   " + result.provenance().settings());
        result.provenance().models().forEach((name, sha256) -> out.println("model      " + name + " " + sha256));
        new TreeMap<>(result.provenance().metrics())
                .forEach((name, value) -> out.println(String.format(Locale.ROOT, "%-20s %.6g", name, value)));
    }
}
