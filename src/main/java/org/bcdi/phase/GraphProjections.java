package org.bcdi.phase;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.bcdi.model.GraphSession;
import org.bcdi.model.GraphSession.Tensor;
import org.bcdi.task.BcdiException;
import org.bcdi.volume.Shape3;
import org.jspecify.annotations.Nullable;

/** The iterate of a {@link GraphEngine}: handed to the graph and taken back once a block of iterations. */
final class GraphProjections implements Projections {
    private static final List<String> BLURS = List.of("blurZ", "blurY", "blurX");
    private static final String BACKGROUND = "background";

    private final GraphEngine engine;
    private final Measurement measurement;
    private final CountModel model;
    private final float[] object;
    private final float[] projected;
    /** The object as the graph takes it, all real parts before all imaginary ones: given anew to every run, outside of the heap. */
    private final FloatBuffer parts;
    /** Those which the graph is given. */
    private @Nullable Bounds bounds;
    /** What every run is given; the object's own changes. */
    private final Map<String, Tensor> inputs = new HashMap<>();

    GraphProjections(GraphEngine engine, Measurement measurement, CountModel model, float[] object) {
        this.engine = engine;
        this.measurement = measurement;
        this.model = model;
        this.object = object;
        this.projected = object.clone();
        this.parts = direct(object.length);
        inputs.put("trust", Tensor.of(direct(new float[] {(float) model.trust()}), 1));
    }

    @Override
    public int block() {
        return GraphEngine.UNROLLED;
    }

    @Override
    public float[] object() {
        return object;
    }

    @Override
    public float[] projected() {
        return projected;
    }

    @Override
    public void iterate(Mixing mixing, Support support, int count) {
        boolean ideal = model.sharp() && model.response().background() == 0;
        putMixing(mixing, support);
        if (ideal) {
            removeResponse();
        } else {
            putResponse();
        }
        for (int left = count; left > 0; ) {
            int now = left >= GraphEngine.UNROLLED ? GraphEngine.UNROLLED : 1;
            try {
                run(engine.session(measurement.shape(), ideal, mixing.limits(), now));
            } catch (BcdiException e) {
                throw new IterationsFailedException(count - left, e);
            }
            left -= now;
        }
    }

    private void run(GraphSession session) {
        Shape3 shape = measurement.shape();
        for (int i = 0; i < shape.size(); i++) {
            parts.put(i, object[2 * i]);
            parts.put(shape.size() + i, object[2 * i + 1]);
        }
        inputs.put("object", Tensor.of(parts, 2, shape.nz(), shape.ny(), shape.nx()));
        Map<String, float[]> outputs = session.run(inputs, List.of("next", "projected"));
        interleave(Objects.requireNonNull(outputs.get("next")), object);
        interleave(Objects.requireNonNull(outputs.get("projected")), projected);
    }

    private void putMixing(Mixing mixing, Support support) {
        putBounds(measurement.bounds(mixing));
        byte[] inside = support.inside();
        float[] take = new float[inside.length];
        float[] keep = new float[inside.length];
        for (int i = 0; i < inside.length; i++) {
            take[i] = inside[i] != 0 ? 1 : (float) mixing.fresh();
            keep[i] = inside[i] != 0 ? 0 : (float) mixing.old();
        }
        Shape3 shape = measurement.shape();
        inputs.put("take", Tensor.of(direct(take), shape.nz(), shape.ny(), shape.nx()));
        inputs.put("keep", Tensor.of(direct(keep), shape.nz(), shape.ny(), shape.nx()));
        inputs.keySet().removeAll(List.of("outside", "density"));
        if (mixing.limits()) {
            float[] outside = new float[inside.length];
            for (int i = 0; i < inside.length; i++) {
                outside[i] = 1 - inside[i];
            }
            inputs.put("outside", Tensor.of(direct(outside), shape.nz(), shape.ny(), shape.nx()));
            inputs.put("density", Tensor.of(direct(new float[] {(float) mixing.density()}), 1));
        }
    }

    private void putBounds(Bounds next) {
        if (next != bounds) {
            bounds = next;
            inputs.put("low", orthonormal(next.low));
            inputs.put("high", orthonormal(next.high));
        }
    }

    /** A fit may find the response to be ideal, and a session refuses inputs that its graph has not. */
    private void removeResponse() {
        inputs.keySet().removeAll(BLURS);
        inputs.remove(BACKGROUND);
    }

    private void putResponse() {
        Shape3 shape = measurement.shape();
        for (int axis = 0; axis < 3; axis++) {
            int n = shape.length(axis);
            float[] kernel = CountModel.kernel(
                    model.response().sigma(axis), model.response().eta());
            float[] matrix = new float[n * n];
            for (int row = 0; row < n; row++) {
                for (int k = 0; k < kernel.length; k++) {
                    matrix[row * n + Math.floorMod(row + k - kernel.length / 2, n)] += kernel[k];
                }
            }
            inputs.put(BLURS.get(axis), Tensor.of(direct(matrix), n, n));
        }
        inputs.put(
                BACKGROUND,
                Tensor.of(direct(new float[] {(float) model.response().background()}), 1));
    }

    private Tensor orthonormal(float[] modulus) {
        Shape3 shape = measurement.shape();
        float factor = (float) measurement.transform.orthonormalFactor();
        float[] scaled = new float[modulus.length];
        for (int i = 0; i < modulus.length; i++) {
            scaled[i] = factor * modulus[i];
        }
        return Tensor.of(direct(scaled), shape.nz(), shape.ny(), 1, shape.nx());
    }

    private static void interleave(float[] parts, float[] to) {
        int size = to.length / 2;
        for (int i = 0; i < size; i++) {
            to[2 * i] = parts[i];
            to[2 * i + 1] = parts[size + i];
        }
    }

    private static FloatBuffer direct(float[] values) {
        return direct(values.length).put(values).flip();
    }

    private static FloatBuffer direct(int length) {
        return ByteBuffer.allocateDirect(Float.BYTES * length)
                .order(ByteOrder.nativeOrder())
                .asFloatBuffer();
    }
}
