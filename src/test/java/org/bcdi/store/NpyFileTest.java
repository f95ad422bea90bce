package org.bcdi.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.bcdi.stack.RockingCurve;
import org.bcdi.task.InputException;
import org.bcdi.testing.EnabledIfPython;
import org.bcdi.testing.Python;
import org.bcdi.volume.Shape3;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NpyFileTest {
    @TempDir
    private Path directory;

    @Test
    @EnabledIfPython("numpy")
    void everyTypeOrderAndVersionThatNumpyWritesIsRead() throws IOException {
        String names = Python.run("""
                import sys, numpy as np
                z, y, x = np.indices((3, 4, 5))
                for dtype in ('u1', '<u2', '>u2', '<u4', '>u4', '<u8', 'i1', '<i2', '>i4', '<i8', '<f4', '>f4', '<f8'):
                    for order in 'CF':
                        for version in ((1, 0), (2, 0), (3, 0)):
                            name = '%s_%s_%d.npy' % (dtype.replace('<', 'little').replace('>', 'big'), order, version[0])
                            with open(sys.argv[1] + '/' + name, 'wb') as f:
                                np.lib.format.write_array(
                                    f, np.asarray(20 * z + 5 * y + x, dtype=dtype, order=order), version=version)
                            print(name)
                """, directory);

        assertThat(names.lines()).hasSize(78).allSatisfy(name -> {
            RockingCurve curve = ScanReader.read(directory.resolve(name), ReadSettings.plain());
            assertThat(curve.counts().shape()).isEqualTo(new Shape3(3, 4, 5));
            for (int i = 0; i < 60; i++) {
                assertThat(curve.counts().data()[i]).isEqualTo(i);
            }
        });
    }

    @Test
    void aFileWrittenByHandIsRead() throws IOException {
        Path file = write("{'descr': '<u2', 'fortran_order': False, 'shape': (2, 1, 3), }", 1, 2, 3, 4, 5, 65535);

        RockingCurve curve = ScanReader.read(file, ReadSettings.plain());

        assertThat(curve.counts().data()).containsExactly(1, 2, 3, 4, 5, 0);
        assertThat(curve.mask().data()).containsExactly(0, 0, 0, 0, 0, 1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'descr': '<c8', 'fortran_order': False, 'shape': (1, 1, 1), } | elements of type '<c8'",
                "{'descr': '<u2', 'fortran_order': False, 'shape': (6,), } | three axes",
                "{'descr': '<u2', 'fortran_order': False, 'shape': (2, 3), } | three axes",
                "{'descr': '<u2', 'fortran_order': False, 'shape': (), } | three axes",
                "{'descr': '<u2', 'fortran_order': False, 'shape': (0, 2, 3), } | three axes",
                "{'descr': '<u2', 'fortran_order': False, 'shape': (2, 2, 3), } | cut off",
                "{'descr': [('a', '<u2')], 'fortran_order': False, 'shape': (2, 1, 3), } | one plain array",
                "nonsense | one plain array",
            })
    void whatIsNoVolumeIsRefused(String header, String words) throws IOException {
        Path file = write(header, 1, 2, 3, 4, 5, 6);

        assertThatThrownBy(() -> ScanReader.read(file, ReadSettings.plain()))
                .isInstanceOf(InputException.class)
                .hasMessageContaining(words);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "short", "no NumPy array at all"})
    void whatIsNotANumpyArrayIsRefused(String content) throws IOException {
        Path file = Files.writeString(directory.resolve("text.npy"), content);

        assertThatThrownBy(() -> ScanReader.read(file, ReadSettings.plain()))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("is not a NumPy array");
    }

    @Test
    void aHeaderLongerThanTheFileIsRefused() throws IOException {
        byte[] bytes = new byte[20];
        System.arraycopy(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0, 118, 0}, 0, bytes, 0, 10);
        Path file = Files.write(directory.resolve("cut.npy"), bytes);

        assertThatThrownBy(() -> ScanReader.read(file, ReadSettings.plain()))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("cut off in its header");
    }

    private Path write(String header, int... values) throws IOException {
        byte[] text = header.getBytes(StandardCharsets.US_ASCII);
        ByteBuffer bytes =
                ByteBuffer.allocate(10 + text.length + 2 * values.length).order(ByteOrder.LITTLE_ENDIAN);
        bytes.put(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0}).putShort((short) text.length);
        bytes.put(text);
        for (int value : values) {
            bytes.putShort((short) value);
        }
        return Files.write(directory.resolve("array.npy"), bytes.array());
    }
}
