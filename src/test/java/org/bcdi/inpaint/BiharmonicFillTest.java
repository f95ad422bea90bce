package org.bcdi.inpaint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.offset;

import java.nio.file.Files;
import java.nio.file.Path;
import org.bcdi.mask.Mask;
import org.bcdi.model.ExecutionProvider;
import org.bcdi.task.Monitor;
import org.bcdi.testing.EnabledIfPython;
import org.bcdi.testing.Python;
import org.bcdi.volume.Shape3;
import org.bcdi.volume.Volume;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BiharmonicFillTest {
    @Test
    void aTiltedPlaneIsContinuedAcrossAGap() {
        byte[] mask = new byte[49];
        float[] plane = new float[49];
        for (int i = 0; i < 49; i++) {
            mask[i] = (byte) (i % 7 == 3 ? 1 : 0);
            plane[i] = mask[i] != 0 ? 0 : 2 + i % 7 + 0.5f * (i / 7);
        }

        double[] filled = new BiharmonicSheet(mask, 7, 7).solve(plane);

        for (int row = 2; row < 5; row++) {
            assertThat(filled[row]).isCloseTo(2 + 3 + 0.5 * row, offset(0.1));
        }
        assertThat(filled[3]).isCloseTo(6.5, offset(1e-6));
    }

    @ParameterizedTest
    @EnabledIfPython({"numpy", "skimage"})
    @CsvSource({"2,40,50,6", "2,23,9,3", "1,30,30,1", "3,12,5,2"})
    void agreesWithScikitImageFrameByFrame(int nz, int ny, int nx, int width, @TempDir Path folder) throws Exception {
        Shape3 shape = new Shape3(nz, ny, nx);
        Volume counts = Scenes.peak(shape);
        Mask mask = Scenes.cross(shape, ny / 2 + 2, nx / 2 - 1, width).or(Scenes.random(shape, 0.02, 4));
        Arrays32.write(folder.resolve("log"), Gaps.of(mask).logOf(counts));
        Files.write(folder.resolve("mask"), mask.data());

        Python.run("""
                import sys
                import numpy as np
                from skimage.restoration import inpaint_biharmonic
                folder, shape = sys.argv[1], tuple(int(a) for a in sys.argv[2:5])
                log = np.fromfile(folder + "/log", "<f4").reshape(shape).astype(float)
                mask = np.fromfile(folder + "/mask", "u1").reshape(shape) != 0
                filled = np.stack([inpaint_biharmonic(frame, hidden) for frame, hidden in zip(log, mask)])
                filled.astype("<f4").tofile(folder + "/filled")
                """, folder, nz, ny, nx);
        float[] filled = Fills.open("biharmonic", ExecutionProvider.CPU, 0)
                .fill(counts, mask, Monitor.NONE)
                .intensity()
                .data();

        float[] expected = Arrays32.read(folder.resolve("filled"));
        for (int i = 0; i < filled.length; i++) {
            assertThat((float) Math.log1p(filled[i])).isCloseTo(Math.max(0, expected[i]), offset(1e-4f));
        }
    }

    @Test
    void aFrameWithoutDataIsJoinedAlongTheScan() {
        Shape3 shape = new Shape3(3, 2, 2);
        byte[] mask = {0, 0, 0, 0, 1, 1, 1, 1, 0, 0, 0, 0};
        Volume counts = new Volume(shape, new float[] {3, 3, 3, 3, 0, 0, 0, 0, 15, 15, 15, 15});

        Inpainted filled =
                Fills.open("biharmonic", ExecutionProvider.CPU, 0).fill(counts, new Mask(shape, mask), Monitor.NONE);

        assertThat(filled.intensity().data()).containsExactly(3, 3, 3, 3, 7, 7, 7, 7, 15, 15, 15, 15);
    }
}
