package org.bcdi.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.bcdi.stack.RockingCurve;
import org.bcdi.task.BcdiException;
import org.bcdi.task.InputException;
import org.bcdi.volume.Volume;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The files of {@code test-data/lima}, which h5py wrote as Lima and BLISS lay them out. */
class LimaFilesTest {
    private static final Path FOLDER = Path.of("test-data/lima");

    @ParameterizedTest
    @ValueSource(strings = {"lima_0000.h5", "old_0000.h5", "bliss.h5"})
    void every_layout_gives_the_same_counts(String file) throws IOException {
        JsonNode expected = expected();

        Volume counts =
                ScanReader.read(FOLDER.resolve(file), ReadSettings.plain()).counts();

        assertThat(counts.shape().nz()).isEqualTo(expected.at("/shape/0").asInt());
        assertThat(counts.shape().ny()).isEqualTo(expected.at("/shape/1").asInt());
        assertThat(counts.shape().nx()).isEqualTo(expected.at("/shape/2").asInt());
        assertThat(sum(counts)).isEqualTo(expected.at("/sum").asDouble());
        float peak = counts.at(
                expected.at("/peak/0").asInt(),
                expected.at("/peak/1").asInt(),
                expected.at("/peak/2").asInt());
        assertThat(peak).isEqualTo((float) expected.at("/maximum").asDouble());
    }

    @Test
    void an_aborted_acquisition_ends_with_its_last_written_frame() throws IOException {
        RockingCurve curve = ScanReader.read(FOLDER.resolve("aborted_0000.h5"), ReadSettings.plain());

        assertThat(curve.counts().shape().nz())
                .isEqualTo(expected().at("/framesWrittenBeforeTheAbort").asInt());
        assertThat(sum(curve.counts()))
                .isEqualTo(expected().at("/sumBeforeTheAbort").asDouble());
    }

    @Test
    void the_scanned_motor_of_a_master_file_gives_the_positions() throws IOException {
        RockingCurve curve = ScanReader.read(FOLDER.resolve("bliss.h5"), ReadSettings.plain());

        assertThat(curve.positions())
                .hasSize(12)
                .startsWith(expected().at("/eta/0").asDouble())
                .endsWith(expected().at("/eta/1").asDouble());
    }

    /** In such a file the library looks for a writer that might still mend it, for ever if it is let. */
    @Test
    @Timeout(20)
    void a_damaged_superblock_is_told_at_once(@TempDir Path folder) throws IOException {
        byte[] bytes = Files.readAllBytes(FOLDER.resolve("bliss.h5"));
        bytes[11] = 5;
        bytes[47] = 90;
        Path file = Files.write(folder.resolve("damaged.h5"), bytes);

        assertThatThrownBy(() -> ScanReader.read(file, ReadSettings.plain()))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("damaged.h5 is not an HDF5 file that can be read");
    }

    @ParameterizedTest
    @ValueSource(strings = {"lima_0000.h5", "old_0000.h5", "aborted_0000.h5"})
    void damage_is_told_in_a_sentence_or_does_not_matter(String name, @TempDir Path folder) throws IOException {
        byte[] whole = Files.readAllBytes(FOLDER.resolve(name));
        int told = 0;
        for (int seed = 0; seed < 200; seed++) {
            Random random = new Random(seed);
            byte[] bytes = seed % 5 == 0 ? Arrays.copyOf(whole, random.nextInt(whole.length)) : whole.clone();
            for (int i = 0; i < 4 && bytes.length > 0; i++) {
                bytes[random.nextInt(bytes.length)] = (byte) (random.nextBoolean() ? random.nextInt() : -1);
            }
            Path file = Files.write(folder.resolve("damaged.h5"), bytes);
            try {
                ScanReader.read(file, ReadSettings.plain());
            } catch (BcdiException e) {
                assertThat(e).as("seed %d", seed).hasMessageContaining(file.toString());
                told++;
            }
        }
        assertThat(told).isBetween(40, 199);
    }

    private static double sum(Volume volume) {
        double sum = 0;
        for (float value : volume.data()) {
            sum += value;
        }
        return sum;
    }

    private static JsonNode expected() throws IOException {
        return new ObjectMapper().readTree(FOLDER.resolve("expected.json").toFile());
    }
}
