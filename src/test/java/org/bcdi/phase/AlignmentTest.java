package org.bcdi.phase;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.offset;
import static org.assertj.core.api.Assertions.within;

import org.bcdi.fourier.FourierTransform;
import org.bcdi.mask.Mask;
import org.bcdi.volume.ComplexVolume;
import org.bcdi.volume.Shape3;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AlignmentTest {
    private static final Shape3 SHAPE = new Shape3(7, 6, 8);
    private static final ComplexVolume OBJECT = new ComplexVolume(SHAPE, ProjectionsTest.random(SHAPE, 1));

    @ParameterizedTest
    @CsvSource({"false,0,0,0,0", "true,0,0,0,0", "false,2,-1,3,0.7", "true,-3,2,-2,-2.5", "true,1,3,4,3.1"})
    void undoesTwinShiftAndOffset(boolean twin, int dz, int dy, int dx, double angle) {
        ComplexVolume moved = new Alignment(twin, dz, dy, dx, angle).apply(OBJECT);

        ComplexVolume back = Alignment.of(OBJECT, moved).apply(moved);

        assertThat(back.data()).containsExactly(OBJECT.data(), offset(1e-5f));
        assertThat(Alignment.of(OBJECT, moved).twin()).isEqualTo(twin);
    }

    @ParameterizedTest
    @CsvSource({"false,0.5,0,0,0", "false,2.25,-1.5,3.375,0.7", "true,-0.125,2,-2.5,-2.5"})
    void undoesShiftsByPartsOfAVoxel(boolean twin, double dz, double dy, double dx, double angle) {
        ComplexVolume smooth = smooth();
        ComplexVolume moved = new Alignment(twin, dz, dy, dx, angle).apply(smooth);

        Alignment found = Alignment.of(smooth, moved);

        assertThat(found.twin()).isEqualTo(twin);
        assertThat(found.apply(moved).data()).containsExactly(smooth.data(), offset(1e-4f));
    }

    @Test
    void shiftsByPartsOfAVoxelFollowTheTransform() {
        // a wave of two turns along x, moved by a quarter of a voxel, has turned back by a quarter of its phase step
        Shape3 shape = new Shape3(1, 1, 8);
        float[] wave = new float[16];
        for (int x = 0; x < 8; x++) {
            wave[2 * x] = (float) Math.cos(Math.PI * x / 2);
            wave[2 * x + 1] = (float) Math.sin(Math.PI * x / 2);
        }

        ComplexVolume moved = new Alignment(false, 0, 0, 0.25, 0).apply(new ComplexVolume(shape, wave));

        for (int x = 0; x < 8; x++) {
            assertThat(moved.data()[2 * x]).isCloseTo((float) Math.cos(Math.PI * (x - 0.25) / 2), offset(1e-6f));
            assertThat(moved.data()[2 * x + 1]).isCloseTo((float) Math.sin(Math.PI * (x - 0.25) / 2), offset(1e-6f));
        }
    }

    /** A curved phase on a bell, not its own twin, without the highest frequencies. */
    private static ComplexVolume smooth() {
        Shape3 shape = new Shape3(15, 16, 18);
        float[] data = new float[2 * shape.size()];
        for (int i = 0; i < shape.size(); i++) {
            double z = i / shape.frameSize() - 7;
            double y = i / shape.nx() % shape.ny() - 8;
            double x = i % shape.nx() - 9;
            double bell = Math.exp(-(z * z + 0.8 * y * y + 0.7 * x * x) / 6) * (1 + 0.2 * x + 0.1 * y);
            double phase = 0.1 * x * x - 0.1 * y * z + 0.03 * x * x * x;
            data[2 * i] = (float) (bell * Math.cos(phase));
            data[2 * i + 1] = (float) (bell * Math.sin(phase));
        }
        return new ComplexVolume(shape, data);
    }

    @Test
    void theTwinHasTheSameIntensity() {
        float[] wave = FourierTransform.toDetector(OBJECT).data();
        float[] twin = FourierTransform.toDetector(Alignment.twin(OBJECT)).data();
        for (int i = 0; i < SHAPE.size(); i++) {
            assertThat(Math.hypot(twin[2 * i], twin[2 * i + 1]))
                    .isCloseTo(Math.hypot(wave[2 * i], wave[2 * i + 1]), within(1e-5));
        }
        assertThat(Alignment.twin(Alignment.twin(OBJECT)).data()).isEqualTo(OBJECT.data());
    }

    @Test
    void masksMoveWithTheirObjects() {
        float[] data = new float[2 * SHAPE.size()];
        byte[] mask = new byte[SHAPE.size()];
        int at = SHAPE.index(1, 2, 3);
        data[2 * at] = 1;
        mask[at] = 1;
        Alignment alignment = new Alignment(true, 2, -1, 3, 0);

        ComplexVolume object = alignment.apply(new ComplexVolume(SHAPE, data));
        Mask support = alignment.apply(new Mask(SHAPE, mask));

        for (int i = 0; i < SHAPE.size(); i++) {
            assertThat(support.masked(i)).isEqualTo(object.data()[2 * i] == 1);
        }
        assertThat(support.count()).isEqualTo(1);
    }

    @Test
    void refusesObjectsOfDifferentShapes() {
        ComplexVolume other = new ComplexVolume(new Shape3(1, 1, 1), new float[2]);
        assertThatThrownBy(() -> Alignment.of(OBJECT, other)).isInstanceOf(IllegalArgumentException.class);
    }
}
