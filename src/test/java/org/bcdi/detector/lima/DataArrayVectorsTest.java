package org.bcdi.detector.lima;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import org.bcdi.detector.FrameBlock;
import org.bcdi.detector.PixelType;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The blobs of {@code test-data/data_array}, which Python packed without this program. */
class DataArrayVectorsTest {
    record Vector(
            String name,
            PixelType type,
            int frames,
            int height,
            int width,
            long firstFrame,
            long tag,
            double[] values,
            String hex) {
        @Override
        public String toString() {
            return name;
        }
    }

    static List<Vector> vectors() throws IOException {
        Path file = Path.of("test-data/data_array/vectors.json");
        return List.of(new ObjectMapper().readValue(file.toFile(), Vector[].class));
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void every_blob_reads_as_python_packed_it(Vector vector) {
        DataArray read = DataArray.decode(HexFormat.of().parseHex(vector.hex()));

        assertThat(read.layout()).isEqualTo(new DataArray.Layout(vector.type(), vector.height(), vector.width()));
        assertThat(read.frames()).isEqualTo(vector.frames());
        assertThat(read.firstFrame()).isEqualTo(vector.firstFrame());
        assertThat(read.tag()).isEqualTo(vector.tag());
        FrameBlock block = read.block(0);
        for (int i = 0; i < vector.values().length; i++) {
            assertThat(block.value(i)).as("pixel %d", i).isEqualTo(vector.values()[i]);
        }
    }
}
