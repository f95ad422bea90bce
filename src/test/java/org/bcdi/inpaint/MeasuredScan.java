package org.bcdi.inpaint;

import io.jhdf.HdfFile;
import org.bcdi.testing.RealScan;
import org.bcdi.volume.Region3;
import org.bcdi.volume.Volume;

/** A part of the measured rocking curve, whose peak is at (99, 126, 127); skips the test where the scan is not at hand. */
final class MeasuredScan {
    private MeasuredScan() {}

    static Volume part(Region3 region) {
        long[] first = {region.z0(), region.y0(), region.x0()};
        int[] extent = {region.shape().nz(), region.shape().ny(), region.shape().nx()};
        float[] counts = new float[region.shape().size()];
        try (HdfFile file = new HdfFile(RealScan.orSkip())) {
            long[][][] data = (long[][][])
                    file.getDatasetByPath("/entry_0000/instrument/tim2/data").getData(first, extent);
            for (int i = 0; i < counts.length; i++) {
                counts[i] = data[i / (extent[1] * extent[2])][i / extent[2] % extent[1]][i % extent[2]];
            }
        }
        return new Volume(region.shape(), counts);
    }
}
