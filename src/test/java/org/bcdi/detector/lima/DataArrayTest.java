package org.bcdi.detector.lima;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.bcdi.detector.FrameBlock;
import org.bcdi.detector.PixelType;
import org.bcdi.detector.lima.DataArray.Layout;
import org.bcdi.task.BcdiException;
import org.bcdi.testing.EnabledIfPython;
import org.bcdi.testing.Python;
import org.bcdi.volume.Shape3;
import org.bcdi.volume.Volume;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class DataArrayTest {
    /** A 2x2 uint32 image as Lima up to 1.9.10 sends it. */
    private static final String VERSION_2 = "59415444 0200 4000 02000000 02000000 0000 0200 0200 0200 00000000 00000000"
            + "04000000 08000000 00000000 00000000 00000000 00000000 00000000 00000000"
            + "6f270000 ba1d0000 dc240000 891c0000";

    /** The header that Lima 1.10.4 sends for the first frame of 516x516 Bpp32. */
    private static final String VERSION_4 = "59415444 0400 5000 02000000 02000000 0000 0200 0402 0402 00000000 00000000"
            + "04000000 10080000 00000000 00000000 00000000 00000000"
            + "0000000000000000 ffffffff00000000 0000000000000000";

    @Test
    void reads_an_image_of_version_2() {
        DataArray array = DataArray.decode(bytes(VERSION_2));

        assertThat(array.layout()).isEqualTo(new Layout(PixelType.UINT32, 2, 2));
        assertThat(array.firstFrame()).isEqualTo(DataArray.NONE);
        assertThat(array.tag()).isEqualTo(DataArray.NONE);
        assertThat(values(array.block(0))).containsExactly(10095, 7610, 9436, 7305);
    }

    @Test
    void reads_the_frame_number_of_version_3() {
        byte[] image = bytes(VERSION_2);
        image[4] = 3;
        image[56] = 42;

        DataArray array = DataArray.decode(image);

        assertThat(array.firstFrame()).isEqualTo(42);
        assertThat(array.tag()).isEqualTo(DataArray.NONE);
    }

    @Test
    void writes_the_header_that_lima_writes() {
        byte[] image = DataArray.encodeImage(
                new Layout(PixelType.UINT32, 516, 516), 0, DataArray.NONE, new byte[516 * 516 * 4]);

        assertThat(image).hasSize(80 + 1065024);
        assertThat(Arrays.copyOf(image, 80)).isEqualTo(bytes(VERSION_4));
    }

    @Test
    void reads_the_tag_and_the_number_of_a_stack() {
        Layout layout = new Layout(PixelType.UINT8, 2, 3);
        byte[] stack = DataArray.encodeStack(
                layout, 5_000_000_000L, 8, List.of(new byte[] {1, 2, 3, 4, 5, 6}, new byte[] {7, 8, 9, 10, 11, 12}));

        DataArray array = DataArray.decode(stack);

        assertThat(array.frames()).isEqualTo(2);
        assertThat(array.firstFrame()).isEqualTo(5_000_000_000L);
        assertThat(array.tag()).isEqualTo(8);
        assertThat(array.layout()).isEqualTo(layout);
        assertThat(values(array.block(0))).containsExactly(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12);
    }

    @Test
    void skips_the_header_by_its_own_length() {
        byte[] longer = Arrays.copyOf(bytes(VERSION_2), 64 + 36 + 16);
        longer[6] = 100;
        System.arraycopy(bytes(VERSION_2), 64, longer, 100, 16);

        assertThat(values(DataArray.decode(longer).block(0))).containsExactly(10095, 7610, 9436, 7305);
    }

    @ParameterizedTest
    @EnumSource(PixelType.class)
    void gives_back_every_pixel_type_in_both_byte_orders(PixelType type) {
        Layout layout = new Layout(type, 3, 5);
        byte[] little = new byte[(int) layout.frameBytes()];
        new Random(7).nextBytes(little);
        byte[] image = DataArray.encodeImage(layout, 3, 9, little);
        byte[] swapped = image.clone();
        swapped[16] = 1;
        for (int i = 0; i < little.length; i++) {
            int inPixel = i % type.bytes();
            swapped[80 + i] = little[i - inPixel + type.bytes() - 1 - inPixel];
        }

        FrameBlock fromLittle = DataArray.decode(image).block(0);
        FrameBlock fromBig = DataArray.decode(swapped).block(0);

        assertThat(fromLittle.first()).isEqualTo(3);
        assertThat(fromLittle.type()).isEqualTo(type);
        assertThat(values(fromBig)).containsExactly(values(fromLittle));
        assertThat(fromLittle.value(1)).isEqualTo(plainValue(type, little));
    }

    /** The second pixel, taken from the bytes by other means. */
    private static double plainValue(PixelType type, byte[] little) {
        ByteBuffer buffer = ByteBuffer.wrap(little).order(ByteOrder.LITTLE_ENDIAN);
        return switch (type) {
            case UINT8 -> Byte.toUnsignedInt(little[1]);
            case UINT16 -> Short.toUnsignedInt(buffer.getShort(2));
            case UINT32 -> Integer.toUnsignedLong(buffer.getInt(4));
            case UINT64 -> Double.parseDouble(Long.toUnsignedString(buffer.getLong(8)));
            case INT8 -> little[1];
            case INT16 -> buffer.getShort(2);
            case INT32 -> buffer.getInt(4);
            case INT64 -> buffer.getLong(8);
            case FLOAT32 -> buffer.getFloat(4);
            case FLOAT64 -> buffer.getDouble(8);
        };
    }

    @Test
    void writes_a_volume_as_a_stack_of_float_images() {
        Volume volume = new Volume(new Shape3(2, 1, 3), new float[] {0, 1.5f, -2, 3, Float.NaN, 5});

        DataArray array = DataArray.decode(DataArray.encodeStack(volume));

        assertThat(array.layout()).isEqualTo(new Layout(PixelType.FLOAT32, 1, 3));
        assertThat(array.frames()).isEqualTo(2);
        assertThat(values(array.block(0))).containsExactly(0, 1.5, -2, 3, Double.NaN, 5);
    }

    @Test
    void the_pixels_cannot_be_written_to() {
        assertThat(DataArray.decode(bytes(VERSION_2)).pixels().isReadOnly()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 31, 63, 64, 79})
    void a_cut_image_is_refused(int length) {
        byte[] cut = Arrays.copyOf(bytes(VERSION_2), length);

        assertThatThrownBy(() -> DataArray.decode(cut))
                .isInstanceOf(BcdiException.class)
                .hasMessageMatching("The DATA_ARRAY from the detector [^.]*\\.");
    }

    /** As when the image type is set for the next scan before all frames of this one were read. */
    @Test
    void an_image_that_tells_of_smaller_pixels_than_it_has_is_refused() {
        assertThatThrownBy(() -> DataArray.decode(changed(12, 1)))
                .isInstanceOf(BcdiException.class)
                .hasMessageContaining("holds more than it tells: 1 frames of 2x2 UINT16 need 8 bytes")
                .hasMessageContaining("got 16");
    }

    @Test
    void what_is_wrong_in_a_header_is_named() {
        assertThatThrownBy(() -> DataArray.decode(changed(0, 0))).hasMessageContaining("not with YATD");
        assertThatThrownBy(() -> DataArray.decode(changed(4, 5))).hasMessageContaining("has version 5");
        assertThatThrownBy(() -> DataArray.decode(changed(6, 8))).hasMessageContaining("header length of 8");
        assertThatThrownBy(() -> DataArray.decode(changed(8, 1))).hasMessageContaining("category 1");
        assertThatThrownBy(() -> DataArray.decode(changed(12, 10))).hasMessageContaining("pixel type 10");
        assertThatThrownBy(() -> DataArray.decode(changed(16, 2))).hasMessageContaining("byte order 2");
        assertThatThrownBy(() -> DataArray.decode(changed(20, 0))).hasMessageContaining("empty axis 0");
        assertThatThrownBy(() -> DataArray.decode(changed(22, 200))).hasMessageContaining("cut short");
    }

    @Test
    void random_bytes_are_refused_and_nothing_worse_happens() {
        Random random = new Random(11);
        for (int i = 0; i < 2000; i++) {
            byte[] noise = bytes(VERSION_2);
            for (int change = 0; change < 3; change++) {
                noise[4 + random.nextInt(60)] = (byte) random.nextInt(256);
            }
            try {
                assertThat(DataArray.decode(noise).pixels().limit()).isPositive();
            } catch (BcdiException e) {
                assertThat(e).hasMessageStartingWith("The DATA_ARRAY from the detector ");
            }
        }
    }

    @Test
    void a_frame_of_the_wrong_size_is_not_written() {
        assertThatThrownBy(
                        () -> DataArray.encodeImage(new Layout(PixelType.UINT16, 2, 2), 0, DataArray.NONE, new byte[7]))
                .hasMessageContaining("has 8 bytes, got 7");
    }

    @Test
    void an_axis_or_a_stack_too_long_for_the_format_is_not_written() {
        assertThatThrownBy(() -> new Layout(PixelType.UINT8, 65536, 1)).hasMessageContaining("65536x1");
        Layout large = new Layout(PixelType.FLOAT64, 65535, 65535);
        assertThatThrownBy(() -> DataArray.encodeImage(large, 0, DataArray.NONE, new byte[0]))
                .hasMessageContaining("2 GiB");
    }

    @Test
    @EnabledIfPython({"struct"})
    void python_reads_a_stack_by_the_header_alone() {
        byte[] stack =
                DataArray.encodeStack(new Layout(PixelType.UINT16, 2, 3), 17, 8, List.of(new byte[12], new byte[] {
                    1, 0, 2, 0, 3, 0, 4, 0, 5, 0, (byte) 0xff, (byte) 0xff
                }));
        String script = """
                import struct, sys
                data = bytes.fromhex(sys.argv[1])
                h = struct.unpack_from('<IHHIIHHHHHHHHIIIIIIQQII', data)
                w, rows, n = h[7:10]
                pixels = struct.unpack_from('<%dH' % (w * rows * n), data, h[2])
                print(hex(h[0]), h[1], h[3], h[4], h[6], (n, rows, w), h[13:16], h[19], h[20], pixels[-6:])
                """;

        assertThat(Python.run(script, HexFormat.of().formatHex(stack)).strip())
                .isEqualTo("0x44544159 4 4 1 3 (2, 2, 3) (2, 6, 12) 17 8 (1, 2, 3, 4, 5, 65535)");
    }

    private static byte[] changed(int position, int value) {
        byte[] image = bytes(VERSION_2);
        image[position] = (byte) value;
        return image;
    }

    private static byte[] bytes(String hex) {
        return HexFormat.of().parseHex(hex.replace(" ", ""));
    }

    private static double[] values(FrameBlock block) {
        double[] values = new double[block.count() * block.height() * block.width()];
        for (int i = 0; i < values.length; i++) {
            values[i] = block.value(i);
        }
        return values;
    }
}
