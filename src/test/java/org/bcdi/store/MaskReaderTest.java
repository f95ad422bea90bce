package org.bcdi.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.bcdi.mask.FrameMask;
import org.bcdi.mask.Mask;
import org.bcdi.task.InputException;
import org.bcdi.testing.EnabledIfPython;
import org.bcdi.testing.Python;
import org.bcdi.volume.Shape3;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MaskReaderTest {
    private static final byte[] MASK = {0, 1, 0, 1, 0, 1};

    @TempDir
    private Path directory;

    @Test
    void aMaskThatTakesOutMostOfTheFrameMayBeTheWrongWayRound() {
        byte[] most = {1, 1, 0, 1, 0, 1};

        assertThat(MaskReader.doubt("m.npy", new GivenMask.OfFrame(new FrameMask(2, 3, most))))
                .isEqualTo(
                        "Mask m.npy takes out 67 % of what it covers: not zero must mean no data, so turn it round if 1 means"
                                + " data in it.");
        assertThat(MaskReader.doubt("m.npy", new GivenMask.OfVolume(new Mask(new Shape3(1, 2, 3), most))))
                .isNotEmpty();
        assertThat(MaskReader.doubt("m.npy", new GivenMask.OfFrame(new FrameMask(2, 3, MASK))))
                .isEmpty();
    }

    @Test
    @EnabledIfPython("h5py")
    void masksOfHdf5AndNumpyAreReadInAllTheirTypes() {
        Python.run("""
                import sys, h5py, numpy as np
                d = sys.argv[1] + '/'
                m = np.array([[0, 1, 0], [3, 0, 255]], 'u1')
                with h5py.File(d + 'one.h5', 'w') as f:
                    f['group/mask'] = m
                    f['link'] = h5py.SoftLink('/group/mask')
                    f['name'] = 'text'
                with h5py.File(d + 'many.h5', 'w') as f:
                    f['bool'] = m != 0
                    f['float'] = m * 0.5
                    f['volume'] = np.stack([m, 0 * m])
                    f['flat'] = m.ravel()
                with h5py.File(d + 'loop.h5', 'w') as f:
                    f['group/mask'] = m
                    f['group/again'] = f['group']
                np.save(d + 'frame.npy', m != 0)
                np.save(d + 'fortran.npy', np.asfortranarray(m.astype('i4')))
                np.save(d + 'volume.npy', np.stack([m, 0 * m]))
                np.save(d + 'image.npy', m[None])
                np.savez(d + 'mask.npz', m)
                """, directory);

        assertFrame(directory + "/one.h5");
        assertFrame(directory + "/one.h5:/group/mask");
        assertFrame(directory + "/one.h5:link");
        assertFrame(directory + "/loop.h5");
        assertFrame(directory + "/many.h5:/bool");
        assertFrame(directory + "/many.h5:float");
        assertFrame(directory + "/frame.npy");
        assertFrame(directory + "/fortran.npy");
        assertFrame(directory + "/image.npy");
        assertVolume(directory + "/many.h5:volume");
        assertVolume(directory + "/volume.npy");
        assertRefused(directory + "/frame.npy:/bool", "frame.npy holds a single array and no path /bool");
        assertRefused(directory + "/many.h5", "holds 3 arrays of two or three axes; name one as FILE:PATH: /bool, ");
        assertRefused(directory + "/mask.npz", "is an archive of NumPy; save the array alone as .npy");
        assertRefused(directory + "/many.h5:flat", "is 6 uint8; a mask has two axes");
        assertRefused(directory + "/many.h5:nothing", "has no dataset nothing");
    }

    @ParameterizedTest
    @CsvSource({
        "UnsignedByte, 1, LowByteFirst",
        "SignedByte, 1, LowByteFirst",
        "UnsignedShort, 2, LowByteFirst",
        "UnsignedShort, 2, HighByteFirst",
        "SignedInteger, 4, HighByteFirst",
        "UnsignedLong, 4, LowByteFirst",
        "Signed64, 8, LowByteFirst",
    })
    void edfImagesOfEveryTypeAreRead(String type, int bytes, String order) throws IOException {
        ByteBuffer pixels = ByteBuffer.allocate(6 * bytes);
        boolean little = order.equals("LowByteFirst");
        for (int i = 0; i < 6; i++) {
            pixels.put(i * bytes + (little ? 0 : bytes - 1), MASK[i]);
        }
        Path file = edf("DataType = " + type + " ;\nByteOrder = " + order + " ;\n", pixels.array());

        assertFrame(file.toString());
    }

    @ParameterizedTest
    @CsvSource({"FloatValue, 4", "DoubleValue, 8"})
    void edfImagesOfFloatingPointAreRead(String type, int bytes) throws IOException {
        ByteBuffer pixels = ByteBuffer.allocate(6 * bytes).order(ByteOrder.LITTLE_ENDIAN);
        for (byte value : MASK) {
            if (bytes == 4) {
                pixels.putFloat(0.5f * value);
            } else {
                pixels.putDouble(0.5 * value);
            }
        }

        assertFrame(edf("DataType = " + type + " ;\n", pixels.array()).toString());
    }

    @Test
    void anEdfImageThatCannotBeUnderstoodIsRefused() throws IOException {
        assertRefused(edf("DataType = Colour ;\n", new byte[6]).toString(), "pixels of type 'Colour'");
        assertRefused(edf("DataType = UnsignedShort ;\n", new byte[6]).toString(), "cut off: 6 bytes of 12");
        Path text = Files.writeString(directory.resolve("text.edf"), "no header");
        assertRefused(text.toString(), "no header in braces");
        Path sizeless = Files.writeString(directory.resolve("size.edf"), "{ DataType = UnsignedByte ; }\n12");
        assertRefused(sizeless.toString(), "'' for its size dim_1");
    }

    @Test
    void anAbsentFileIsNamed() {
        assertRefused(directory + "/absent.h5:/mask", "absent.h5 does not exist");
        assertRefused(directory + "/absent.npy", "absent.npy does not exist");
    }

    @Test
    void aNameThatIsNoFileNameIsRefused() {
        assertRefused("mask\0.h5:/mask", "Mask 'mask\0.h5:/mask' is no file name; choose another.");
    }

    private Path edf(String entries, byte[] pixels) throws IOException {
        String text = "{\nHeaderID = EH:000001:000000:000000 ;\nDim_1 = 3 ;\nDim_2 = 2 ;\n" + entries;
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.write((text + " ".repeat(510 - text.length()) + "}\n").getBytes(StandardCharsets.US_ASCII));
        bytes.write(pixels);
        return Files.write(directory.resolve("mask.edf"), bytes.toByteArray());
    }

    private static void assertFrame(String file) {
        assertThat(MaskReader.read(file)).isInstanceOfSatisfying(GivenMask.OfFrame.class, given -> {
            FrameMask mask = given.mask();
            assertThat(mask.height()).isEqualTo(2);
            assertThat(mask.width()).isEqualTo(3);
            assertThat(mask.data()).containsExactly(MASK);
        });
    }

    private static void assertVolume(String file) {
        assertThat(MaskReader.read(file)).isInstanceOfSatisfying(GivenMask.OfVolume.class, given -> {
            Mask mask = given.mask();
            assertThat(mask.shape()).isEqualTo(new Shape3(2, 2, 3));
            assertThat(mask.data()).containsExactly(0, 1, 0, 1, 0, 1, 0, 0, 0, 0, 0, 0);
        });
    }

    private static void assertRefused(String file, String words) {
        assertThatThrownBy(() -> MaskReader.read(file))
                .isInstanceOf(InputException.class)
                .hasMessageContaining(words);
    }
}
