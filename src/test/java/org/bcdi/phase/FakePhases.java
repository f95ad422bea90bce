package org.bcdi.phase;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import org.bcdi.model.ExecutionProvider;
import org.bcdi.model.ModelCard;
import org.bcdi.model.Network;
import org.bcdi.model.OnnxGraph;

/** Phasing networks that answer the same to every question. */
final class FakePhases implements Network {
    private static final long SIDE = NetworkWindow.SIDE;

    private final ModelCard card;
    private final float[] answer;
    /** What it was last asked. */
    float[] asked = {};

    private FakePhases(ModelCard card, float[] answer) {
        this.card = card;
        this.answer = answer;
    }

    /** @param answer phases in radians, or cosines and then sines, in a window of 64^3 */
    static FakePhases of(float[] answer) {
        long channels = answer.length / NetworkWindow.SHAPE.size();
        return new FakePhases(card("phasing", channels, SIDE), answer);
    }

    static FakePhases card(String task, long channels, long side, float... answer) {
        return new FakePhases(card(task, channels, side), answer);
    }

    private static ModelCard card(String task, long channels, long side) {
        return new ModelCard(
                "fake",
                "1",
                task,
                "fake.onnx",
                "",
                new ModelCard.Tensor("diffraction", List.of(-1L, 2L, side, side, side)),
                new ModelCard.Tensor("phases", List.of(-1L, channels, side, side, side)),
                new ModelCard.Normalisation("log1p-scaled", 0, "", 16),
                null,
                "a test",
                "MIT");
    }

    /** Writes the network with its card, as models are shipped; answers cosines and sines. */
    static Path write(Path folder, String name, float[] answer) throws IOException {
        long[] shape = {-1, 2, SIDE, SIDE, SIDE};
        OnnxGraph graph = new OnnxGraph(name);
        String input = graph.input("diffraction", shape);
        String nothing = graph.node("Mul", input, graph.constant(new float[] {0}, 1));
        graph.output("phases", graph.node("Add", nothing, graph.constant(answer, 1, 2, SIDE, SIDE, SIDE)), shape);
        byte[] bytes = graph.bytes();
        Files.write(folder.resolve(name + ".onnx"), bytes);
        String tensor = "\"shape\": [-1, 2, 64, 64, 64]}";
        return Files.writeString(
                folder.resolve(name + ".json"),
                "{\"name\": \"" + name + "\", \"version\": \"1\", \"task\": \"phasing\", \"file\": \"" + name
                        + ".onnx\", \"sha256\": \"" + sha256(bytes) + "\", \"input\": {\"name\": \"diffraction\", "
                        + tensor + ", \"output\": {\"name\": \"phases\", " + tensor
                        + ", \"normalisation\": {\"kind\": \"log1p-scaled\", \"scale\": 16}, \"limits\": \"a test\", \"licence\": \"MIT\"}");
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public ModelCard card() {
        return card;
    }

    @Override
    public ExecutionProvider provider() {
        return ExecutionProvider.CPU;
    }

    @Override
    public float[] run(float[] batch, int samples, int... free) {
        asked = batch.clone();
        return answer;
    }

    @Override
    public void close() {}
}
