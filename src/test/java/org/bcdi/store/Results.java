package org.bcdi.store;

import java.util.List;
import java.util.Map;
import java.util.Random;
import org.bcdi.mask.Mask;
import org.bcdi.phase.Reconstruction;
import org.bcdi.stack.RockingCurve;
import org.bcdi.volume.ComplexVolume;
import org.bcdi.volume.Region3;
import org.bcdi.volume.Roi;
import org.bcdi.volume.Shape3;
import org.bcdi.volume.Volume;

/** Small seeded results to write and read. */
final class Results {
    static final Shape3 SHAPE = new Shape3(7, 12, 11);
    private static final int MISSING = 3;

    static final Region3 PHASED = new Region3(1, 2, 3, new Shape3(5, 8, 6));

    private Results() {}

    static ScanResult phased() {
        Random random = new Random(11);
        float[] object = new float[2 * PHASED.shape().size()];
        byte[] support = new byte[PHASED.shape().size()];
        for (int i = 0; i < object.length; i++) {
            object[i] = (float) random.nextGaussian();
            support[i / 2] = (byte) (random.nextInt(2));
        }
        Reconstruction reconstruction = new Reconstruction(
                new ComplexVolume(PHASED.shape(), object),
                new Mask(PHASED.shape(), support),
                PHASED,
                "HIO300/ER50",
                42,
                new Reconstruction.Metrics(0.125, 1.5, 77, List.of(1.0, 0.75, 0.5), 20, 3));
        ScanResult plain = filled();
        return new ScanResult(plain.curve(), plain.intensity(), plain.deviation(), reconstruction, plain.provenance());
    }

    /** Not phased. */
    static ScanResult filled() {
        return filled(0);
    }

    /** @param fraction added to every count, so that they are not whole */
    static ScanResult filled(float fraction) {
        Random random = new Random(7);
        float[] counts = new float[SHAPE.size()];
        float[] intensity = new float[SHAPE.size()];
        float[] deviation = new float[SHAPE.size()];
        byte[] mask = new byte[SHAPE.size()];
        for (int i = 0; i < counts.length; i++) {
            mask[i] = (byte) (i % 11 == 4 || i / SHAPE.frameSize() == MISSING ? 1 : 0);
            counts[i] = mask[i] != 0 ? 0 : random.nextInt(1 << 20) + fraction;
            intensity[i] = mask[i] != 0 ? random.nextFloat() : counts[i];
            deviation[i] = mask[i] != 0 ? random.nextFloat() : 0;
        }
        RockingCurve curve = new RockingCurve(
                "scan_0007.h5",
                new Volume(SHAPE, counts),
                new Mask(SHAPE, mask),
                new Roi(100, 112, 200, 211),
                List.of(0.0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6),
                List.of(MISSING));
        Provenance provenance = new Provenance(
                "bcdi process scan_0007.h5 -o \u00e9.cxi",
                "{\"fill\": \"auto\"}",
                Map.of("inpaint-patch32", "abc123"),
                Map.of("gapFraction", 0.09),
                42);
        return new ScanResult(curve, new Volume(SHAPE, intensity), new Volume(SHAPE, deviation), null, provenance);
    }
}
