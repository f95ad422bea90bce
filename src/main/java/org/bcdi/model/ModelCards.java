package org.bcdi.model;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import org.bcdi.task.InputException;
import org.jspecify.annotations.Nullable;

/** Reads model cards, and the models they vouch for. */
public final class ModelCards {
    private static final ObjectMapper JSON = new ObjectMapper();

    private ModelCards() {}

    /**
     * Reads and validates a card.
     *
     * @throws InputException when it is not JSON or something that the program relies on is missing
     */
    public static ModelCard read(Path file) {
        // Null for a file that says null
        @Nullable ModelCard card;
        try {
            card = JSON.readValue(file.toFile(), ModelCard.class);
        } catch (IOException e) {
            throw new InputException(
                    "Model card " + file + " cannot be read (" + firstLine(e) + "); restore it from the release.", e);
        }
        if (card == null) {
            throw new InputException("Model card " + file + " holds nothing; restore it from the release.");
        }
        require(file, "name", card.name());
        require(file, "version", card.version());
        require(file, "task", card.task());
        require(file, "file", card.file());
        require(file, "sha256", card.sha256());
        require(file, "input", card.input());
        require(file, "output", card.output());
        require(file, "normalisation", card.normalisation());
        checkTensor(file, "input", card.input());
        checkTensor(file, "output", card.output());
        if (free(card.output()) > free(card.input())) {
            throw new InputException("Model card " + file + " leaves more axes of the output "
                    + card.output().shape() + " free than of the input "
                    + card.input().shape() + "; state them.");
        }
        return card;
    }

    /**
     * The bytes of the ONNX file of a card.
     *
     * @param cardFile the card's own place: its model lies beside it
     * @throws InputException when the file is absent, or not the one that the card describes
     */
    static byte[] modelBytes(Path cardFile, ModelCard card) {
        Path file = cardFile.resolveSibling(card.file());
        byte[] bytes;
        try {
            bytes = Files.readAllBytes(file);
        } catch (IOException e) {
            throw new InputException(
                    "Model file " + file + ", named by the card " + cardFile
                            + ", cannot be read; restore it from the release.",
                    e);
        }
        String sha256 = sha256(bytes);
        if (!sha256.equalsIgnoreCase(card.sha256())) {
            throw new InputException("Model file " + file + " is damaged or not the one of its card: its sha256 is "
                    + sha256 + ", the card says " + card.sha256() + "; restore both from the release.");
        }
        return bytes;
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    private static void require(Path file, String field, @Nullable Object value) {
        if (value == null || value.toString().isBlank()) {
            throw new InputException("Model card " + file + " does not state '" + field + "'; complete the card.");
        }
    }

    /** A batch of any size first, then extents of which some may be free. */
    private static void checkTensor(Path file, String field, ModelCard.Tensor tensor) {
        require(file, field + ".name", tensor.name());
        require(file, field + ".shape", tensor.shape());
        List<Long> shape = tensor.shape();
        boolean sound = shape.size() > 1
                && !shape.contains(null)
                && shape.get(0) == -1
                && shape.subList(1, shape.size()).stream().allMatch(extent -> extent > 0 || extent == -1);
        if (!sound) {
            throw new InputException("Model card " + file + " states the " + field + " shape " + shape
                    + "; it has to begin with -1 for the batch, all else being above 0, or -1 where it is free.");
        }
    }

    private static long free(ModelCard.Tensor tensor) {
        return tensor.shape().stream().filter(extent -> extent == -1).count();
    }

    private static String firstLine(Exception e) {
        return String.valueOf(e.getMessage()).lines().findFirst().orElse("");
    }
}
