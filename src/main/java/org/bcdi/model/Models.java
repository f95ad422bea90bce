package org.bcdi.model;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.bcdi.task.FileName;
import org.bcdi.task.InputException;
import org.jspecify.annotations.Nullable;

/** Where the shipped models are. */
public final class Models {
    private Models() {}

    /**
     * The {@code models} folder: the system property {@code bcdi.models}; else the one in the program's home, property
     * {@code bcdi.home}; else the one in the working directory.
     *
     * @throws InputException when there is none
     */
    public static Path directory() {
        return candidates().stream()
                .filter(Files::isDirectory)
                .findFirst()
                .orElseThrow(() -> new InputException("There is no models folder (looked at " + candidates()
                        + "); start bcdi from its own folder or set -Dbcdi.models=FOLDER."));
    }

    private static List<Path> candidates() {
        List<Path> candidates = new ArrayList<>();
        add(candidates, System.getProperty("bcdi.models"), "");
        add(candidates, System.getProperty("bcdi.home"), "models");
        candidates.add(Path.of("models"));
        return candidates;
    }

    /**
     * The model card that a user's words stand for: a card, an ONNX file (its card lies beside it, under the same name with
     * .json), or the name of a shipped model.
     *
     * @throws InputException when there is no such file, or no card to it
     */
    static Path card(Path words) {
        Path given = Files.isRegularFile(words) || words.toString().contains(".") ? words : shipped(words);
        if (!Files.isRegularFile(given)) {
            throw new InputException("There is no model '" + words + "' (looked for " + given.toAbsolutePath()
                    + "); give an ONNX file, a model card or the name of a shipped model.");
        }
        Path card = withEnding(given, ".json");
        if (!Files.isRegularFile(card)) {
            throw new InputException("Model " + given + " has no card; put its shapes, normalisation and sha256 into "
                    + card + ", as beside the shipped models.");
        }
        return card;
    }

    /**
     * Whether words mean a model at all: the path of a file, or the name of a shipped model.
     *
     * @throws InputException when no file can be called so
     */
    public static boolean looksLikeModel(String words) {
        FileName.path("Model", words);
        boolean path = words.endsWith(".onnx") || words.endsWith(".json") || words.contains("/");
        return path || candidates().stream().anyMatch(folder -> Files.isRegularFile(folder.resolve(words + ".json")));
    }

    private static Path shipped(Path name) {
        return directory().resolve(name + ".json");
    }

    private static Path withEnding(Path file, String ending) {
        String name = file.getFileName().toString();
        int dot = name.lastIndexOf('.');
        return file.resolveSibling((dot < 0 ? name : name.substring(0, dot)) + ending);
    }

    private static void add(List<Path> candidates, @Nullable String folder, String below) {
        if (folder != null && !folder.isBlank()) {
            candidates.add(Path.of(folder).resolve(below));
        }
    }
}
