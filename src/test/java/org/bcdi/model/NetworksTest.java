package org.bcdi.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtProvider;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.bcdi.task.BcdiException;
import org.bcdi.task.InputException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NetworksTest {
    private static final Path MADE = Path.of("src/test/resources/models");

    @TempDir
    Path folder;

    @BeforeEach
    void copyModels() throws IOException {
        for (String name : new String[] {"half.onnx", "half.json", "large.onnx", "large.json"}) {
            Files.copy(MADE.resolve(name), folder.resolve(name));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"half.onnx", "half.json"})
    void aBatchGoesInAndABatchComesOut(String file) {
        float[] batch = new float[3 * 128];
        for (int i = 0; i < batch.length; i++) {
            batch[i] = i;
        }
        try (Network network = Networks.open(folder.resolve(file), ExecutionProvider.CPU, 0)) {
            for (int samples = 3; samples > 0; samples--) {
                float[] result = network.run(batch, samples);
                assertThat(result).hasSize(samples * 128);
                for (int i = 0; i < result.length; i++) {
                    assertThat(result[i]).isEqualTo(i / 2f);
                }
            }
            assertThat(network.provider()).isEqualTo(ExecutionProvider.CPU);
            assertThat(network.card().name()).isEqualTo("half");
        }
    }

    @Test
    void aShippedModelIsFoundByItsName() {
        String before = System.setProperty("bcdi.models", folder.toString());
        try (Network network = Networks.open(Path.of("half"), ExecutionProvider.CPU, 0)) {
            assertThat(network.card().name()).isEqualTo("half");
        } finally {
            if (before == null) {
                System.clearProperty("bcdi.models");
            } else {
                System.setProperty("bcdi.models", before);
            }
        }
    }

    @Test
    void autoFallsToTheCpuAndSaysSoWhereThereIsNoGpu() {
        assumeNoCuda();
        try (Network network = Networks.open(folder.resolve("half.onnx"), ExecutionProvider.AUTO, 0)) {
            assertThat(network.provider()).isEqualTo(ExecutionProvider.CPU);
        }
    }

    @Test
    void cudaIsInsistedOnWhereItIsAskedFor() {
        assumeNoCuda();
        assertThatThrownBy(() -> Networks.open(folder.resolve("half.onnx"), ExecutionProvider.CUDA, 0))
                .isInstanceOf(BcdiException.class)
                .isNotInstanceOf(InputException.class)
                .hasMessageStartingWith("CUDA was asked for but GPU 0 cannot be used (")
                .hasMessageContaining("choose provider auto or cpu");
    }

    @Test
    void aDamagedModelIsRefusedByItsChecksum() throws IOException {
        byte[] bytes = Files.readAllBytes(folder.resolve("half.onnx"));
        bytes[bytes.length / 2] ^= 1;
        Files.write(folder.resolve("half.onnx"), bytes);

        assertRefused("half.onnx", "sha256");
    }

    @ParameterizedTest
    @ValueSource(strings = {"CPU", "AUTO", "CUDA"})
    void aFileThatIsNoModelIsRefusedEvenWithItsChecksumRight(ExecutionProvider provider) throws IOException {
        Files.writeString(folder.resolve("half.onnx"), "no model");
        edit(
                "half.json",
                "\"sha256\": \"[0-9a-f]+\"",
                "\"sha256\": \"f62c7d17e241fe5c5c0c64d2e32ab6e3bd10547a9c02977cc126acc0fe6e6554\"");

        assertThatThrownBy(() -> Networks.open(folder.resolve("half.onnx"), provider, 0))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("not an ONNX model");
    }

    @Test
    void aModelOfAnotherShapeThanItsCardIsRefused() throws IOException {
        edit("large.json", "8,\\s+8,\\s+8", "4, 4, 4");

        assertRefused("large.onnx", "does not take the input patches [-1, 2, 4, 4, 4]");
    }

    @Test
    void aModelOfAnotherOutputThanItsCardIsRefused() throws IOException {
        edit("half.json", "(?s)(\"output\".*?)4,\\s+4,\\s+4", "$14, 4, 2");

        assertRefused("half.onnx", "its card states [-1, 2, 4, 4, 2]");
    }

    @Test
    void aModelWithAnotherInputNameThanItsCardIsRefused() throws IOException {
        edit("half.json", "\"patches\"", "\"pixels\"");

        assertRefused("half.onnx", "does not take the input pixels");
    }

    @Test
    void aModelWithoutACardIsRefused() throws IOException {
        Files.delete(folder.resolve("half.json"));

        assertRefused("half.onnx", "has no card");
    }

    @Test
    void aCardWithoutItsModelIsRefused() throws IOException {
        Files.delete(folder.resolve("half.onnx"));

        assertRefused("half.json", "half.onnx");
    }

    @Test
    void anAbsentModelIsRefused() {
        assertRefused("third.onnx", "There is no model");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"name\": \"half\"|\"name\": \"\"|does not state 'name'",
                "\"sha256\": \"[0-9a-f]+\",||does not state 'sha256'",
                "\"shape\": \\[\\s+-1|\"shape\": [1|begin with -1",
                "\"output\": \\{([^\\[]+)\\[[^\\]]+\\]|\"output\": {$1[-1, -1]|more axes of the output [-1, -1]",
                "\"shape\": \\[\\s+-1,|\"shape\": [-1, null,|begin with -1",
                "(?s)^.*$|null|holds nothing",
                "\"version\"|version|cannot be read"
            })
    void anUnsoundCardIsRefused(String from, String to, String words) throws IOException {
        edit("half.json", from, to == null ? "" : to);

        assertRefused("half.json", words);
    }

    @Test
    void aBatchThatIsTooShortIsAMistakeOfTheProgram() {
        try (Network network = Networks.open(folder.resolve("half.onnx"), ExecutionProvider.CPU, 0)) {
            assertThatThrownBy(() -> network.run(new float[200], 2))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("got 200");
        }
    }

    private void assertRefused(String file, String words) {
        assertThatThrownBy(() -> Networks.open(folder.resolve(file), ExecutionProvider.CPU, 0))
                .isInstanceOf(InputException.class)
                .hasMessageContaining(words);
    }

    private void edit(String file, String from, String to) throws IOException {
        String text = Files.readString(folder.resolve(file));
        String edited = text.replaceAll(from, to);
        assertThat(edited).isNotEqualTo(text);
        Files.writeString(folder.resolve(file), edited);
    }

    private static void assumeNoCuda() {
        boolean gpuBuild = OrtEnvironment.getAvailableProviders().contains(OrtProvider.CUDA);
        assumeFalse(gpuBuild && Files.exists(Path.of("/dev/nvidia0")), "a GPU is here");
    }
}
