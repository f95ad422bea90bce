package org.bcdi.pipeline;

import java.util.List;
import org.bcdi.mask.Mask;
import org.bcdi.stack.RockingCurve;
import org.bcdi.volume.Roi;
import org.bcdi.volume.Shape3;
import org.bcdi.volume.Volume;

final class TestCurves {
    private TestCurves() {}

    /** 1x2x3 voxels that count 1 to 6; the third is masked. */
    static RockingCurve small(String name) {
        Shape3 shape = new Shape3(1, 2, 3);
        return new RockingCurve(
                name,
                new Volume(shape, new float[] {1, 2, 0, 4, 5, 6}),
                new Mask(shape, new byte[] {0, 0, 1, 0, 0, 0}),
                new Roi(0, 2, 0, 3),
                List.of(),
                List.of());
    }
}
