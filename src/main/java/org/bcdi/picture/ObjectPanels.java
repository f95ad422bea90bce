package org.bcdi.picture;

import java.util.Arrays;
import org.bcdi.mask.Mask;
import org.bcdi.volume.Shape3;
import org.bcdi.volume.Volume;

/** Panels of a reconstructed object, cut through the middle of its support and cropped to it. */
final class ObjectPanels {
    private static final int BACKGROUND = 0xffffff;

    private final Volume amplitude;
    private final Volume phase;
    private final Mask support;
    private final int[] centre = new int[3];
    private final int[] reach = new int[3];
    private final ColourScale amplitudes;

    ObjectPanels(ObjectView view) {
        amplitude = view.object().amplitude();
        phase = view.object().phase();
        support = view.support();
        frameSupport();
        float most = 0;
        for (float value : amplitude.data()) {
            most = Math.max(most, value);
        }
        amplitudes = ColourScale.linear(ColourMap.VIRIDIS, most);
    }

    /** The plane through the middle of the support, with a margin around it. */
    Cut cut(int axis) {
        return Cut.around(support.shape(), axis, centre, reach);
    }

    Panel amplitude(Cut cut) {
        return new Panel("amplitude (\u221aphotons)", cut.caption(), cut.of(amplitude), BACKGROUND, amplitudes);
    }

    Panel phase(Cut cut) {
        float[][] values = cut.of(phase, support, true);
        return new Panel("phase (radians)", cut.caption(), values, BACKGROUND, ColourScale.phase());
    }

    Panel support(Cut cut) {
        float[] inside = new float[support.shape().size()];
        Arrays.fill(inside, 1);
        float[][] values = cut.of(new Volume(support.shape(), inside), support, true);
        ColourScale scale = ColourScale.linear(ColourMap.GREY, 1);
        return new Panel("support", cut.caption(), values, scale.rgb(0), scale);
    }

    private void frameSupport() {
        Shape3 shape = support.shape();
        int[] low = {shape.nz(), shape.ny(), shape.nx()};
        int[] high = {-1, -1, -1};
        for (int i = 0; i < shape.size(); i++) {
            if (support.masked(i)) {
                int[] at = {i / shape.frameSize(), i / shape.nx() % shape.ny(), i % shape.nx()};
                for (int axis = 0; axis < 3; axis++) {
                    low[axis] = Math.min(low[axis], at[axis]);
                    high[axis] = Math.max(high[axis], at[axis]);
                }
            }
        }
        for (int axis = 0; axis < 3; axis++) {
            boolean empty = high[axis] < 0;
            int length = shape.length(axis);
            centre[axis] = empty ? length / 2 : (low[axis] + high[axis]) / 2;
            reach[axis] = empty ? length : Math.max(4, (high[axis] - low[axis] + 1) * 3 / 4);
        }
    }
}
