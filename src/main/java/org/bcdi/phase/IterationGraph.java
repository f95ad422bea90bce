package org.bcdi.phase;

import java.util.Map;
import java.util.function.DoubleUnaryOperator;
import org.bcdi.model.OnnxGraph;
import org.bcdi.volume.Shape3;

/**
 * Iterations of ER, HIO and RAAR as an ONNX graph. The transform of a volume is a product of three matrices, one for each axis;
 * with real parts above imaginary ones each is one real matrix product, which GPUs do at full speed. Between the products the
 * two parts of a number move next to the axis in hand.
 *
 * <p>Inputs: {@code object} (2, z, y, x), real then imaginary parts; {@code low} and {@code high} (z, y, 1, x), the bounds of the
 * orthonormal modulus; {@code trust} (1) in the iterate's own; {@code take} and {@code keep} (z, y, x), by which the projection and the iterate are multiplied to give the next
 * iterate; where the density has a limit {@code outside} (z, y, x), 0 inside the support and 1 outside, and {@code density} (1), the limit over the mean; where the response is not ideal also {@code blurZ}, {@code blurY}, {@code blurX} and {@code background}. Outputs: {@code next}
 * and {@code projected}, like the object.
 */
final class IterationGraph {
    private final OnnxGraph graph = new OnnxGraph("iterations");
    private final long nz;
    private final long ny;
    private final long nx;
    private final boolean ideal;
    private final boolean limited;
    private final String low;
    private final String high;
    private final String[] forward;
    private final String[] backward;

    private IterationGraph(Shape3 shape, boolean ideal, boolean limited) {
        this.nz = shape.nz();
        this.ny = shape.ny();
        this.nx = shape.nx();
        this.ideal = ideal;
        this.limited = limited;
        this.low = graph.input("low", nz, ny, 1, nx);
        this.high = graph.input("high", nz, ny, 1, nx);
        this.forward = matrices(-1);
        this.backward = matrices(1);
    }

    /**
     * @param ideal whether counts are the squared modulus itself
     * @param limited whether the density inside the support has a limit
     * @param iterations that one run does
     */
    static OnnxGraph of(Shape3 shape, boolean ideal, boolean limited, int iterations) {
        return new IterationGraph(shape, ideal, limited).unrolled(iterations);
    }

    private OnnxGraph unrolled(int iterations) {
        String object = graph.input("object", 2, nz, ny, nx);
        graph.input("trust", 1);
        String take = graph.input("take", nz, ny, nx);
        String keep = graph.input("keep", nz, ny, nx);
        if (limited) {
            graph.input("outside", nz, ny, nx);
            graph.input("density", 1);
        }
        if (!ideal) {
            graph.input("blurZ", nz, nz);
            graph.input("blurY", ny, ny);
            graph.input("blurX", nx, nx);
            graph.input("background", 1);
        }
        String projected = object;
        for (int iteration = 0; iteration < iterations; iteration++) {
            projected = back(bound(wave(object)));
            String taken = graph.node("Mul", limited ? even(projected) : projected, take);
            object = graph.node("Add", taken, graph.node("Mul", object, keep));
        }
        graph.output("next", object, 2, nz, ny, nx);
        graph.output("projected", projected, 2, nz, ny, nx);
        return graph;
    }

    /** The amplitude inside cut where it exceeds its limit; what is outside stays. */
    private String even(String projected) {
        String amplitude =
                graph.node("ReduceL2", Map.of("axes", new long[] {0}, "keepdims", new long[] {1}), projected);
        String least = graph.constant(new float[] {1e-30f}, 1);
        String inside = graph.node("Mul", amplitude, graph.node("Sub", graph.constant(new float[] {1}, 1), "outside"));
        String power = graph.node("ReduceSum", graph.node("Mul", inside, inside));
        String mean = graph.node("Div", power, graph.node("Max", graph.node("ReduceSum", inside), least));
        String most = graph.node("Mul", mean, "density");
        String factor = graph.node("Div", most, graph.node("Max", amplitude, least));
        String cut = graph.node("Min", factor, graph.constant(new float[] {1}, 1));
        return graph.node("Mul", projected, graph.node("Max", cut, "outside"));
    }

    /** (2, z, y, x) to the wave (z, y, 2, x). */
    private String wave(String object) {
        String alongZ = graph.node("MatMul", forward[0], reshaped(object, 2 * nz, ny * nx));
        String byFrame = moved(reshaped(alongZ, 2, nz, ny, nx), 1, 0, 2, 3);
        String alongY = graph.node("MatMul", forward[1], reshaped(byFrame, nz, 2 * ny, nx));
        String byRow = moved(reshaped(alongY, nz, 2, ny, nx), 0, 2, 1, 3);
        String alongX = graph.node("MatMul", reshaped(byRow, nz * ny, 2 * nx), forward[2]);
        return reshaped(alongX, nz, ny, 2, nx);
    }

    /** The way back. */
    private String back(String wave) {
        String alongX = graph.node("MatMul", reshaped(wave, nz * ny, 2 * nx), backward[2]);
        String byFrame = moved(reshaped(alongX, nz, ny, 2, nx), 0, 2, 1, 3);
        String alongY = graph.node("MatMul", backward[1], reshaped(byFrame, nz, 2 * ny, nx));
        String byPart = moved(reshaped(alongY, nz, 2, ny, nx), 1, 0, 2, 3);
        String alongZ = graph.node("MatMul", backward[0], reshaped(byPart, 2 * nz, ny * nx));
        return reshaped(alongZ, 2, nz, ny, nx);
    }

    /** Each modulus moved to the nearest one that is allowed, as far as noise lets one trust it: {@link CountModel#between}. */
    private String bound(String wave) {
        String modulus = graph.node("ReduceL2", Map.of("axes", new long[] {2}, "keepdims", new long[] {1}), wave);
        String expected = graph.node("Max", ideal ? modulus : seen(modulus), graph.constant(new float[] {1e-20f}, 1));
        String allowed = graph.node("Min", graph.node("Max", expected, low), high);
        return graph.node("Mul", wave, graph.node("Div", between(expected, allowed), expected));
    }

    private String between(String modulus, String allowed) {
        String more = graph.node("Add", "trust", graph.constant(new float[] {1}, 1));
        String pull = graph.node("Mul", modulus, "trust");
        String four = graph.node("Mul", more, graph.constant(new float[] {4}, 1));
        String square = graph.node("Mul", graph.node("Mul", allowed, allowed), four);
        String root = graph.node("Sqrt", graph.node("Add", graph.node("Mul", pull, pull), square));
        String twice = graph.node("Mul", more, graph.constant(new float[] {2}, 1));
        return graph.node("Div", graph.node("Add", pull, root), twice);
    }

    /** Root of the blurred squared modulus on its background, (z, y, 1, x). */
    private String seen(String modulus) {
        String intensity = graph.node("Mul", modulus, modulus);
        String alongX = graph.node("MatMul", reshaped(intensity, nz * ny, nx), "blurX");
        String alongY = graph.node("MatMul", "blurY", reshaped(alongX, nz, ny, nx));
        String alongZ = graph.node("MatMul", "blurZ", reshaped(alongY, nz, ny * nx));
        String lifted = graph.node("Add", reshaped(alongZ, nz, ny, 1, nx), "background");
        return graph.node("Sqrt", lifted);
    }

    private String reshaped(String value, long... shape) {
        return graph.node("Reshape", value, graph.integers(shape));
    }

    private String moved(String value, long... axes) {
        return graph.node("Transpose", Map.of("perm", axes), value);
    }

    /** For z, y and x the matrices of the orthonormal transform with exp(sign 2 pi i k x / N); for x transposed, to stand on the right. */
    private String[] matrices(int sign) {
        return new String[] {matrix((int) nz, sign, false), matrix((int) ny, sign, false), matrix((int) nx, sign, true)
        };
    }

    private String matrix(int n, int sign, boolean onTheRight) {
        float[] cos = turns(n, Math::cos, 1);
        float[] sin = turns(n, Math::sin, sign);
        float[] values = new float[4 * n * n];
        for (int k = 0; k < n; k++) {
            for (int x = 0; x < n; x++) {
                float c = cos[(int) ((long) k * x % n)];
                float s = sin[(int) ((long) k * x % n)];
                // real part: c re - s im, imaginary part: s re + c im
                values[2 * n * k + x] = c;
                values[2 * n * k + n + x] = onTheRight ? s : -s;
                values[2 * n * (n + k) + x] = onTheRight ? -s : s;
                values[2 * n * (n + k) + n + x] = c;
            }
        }
        return graph.constant(values, 2L * n, 2L * n);
    }

    /** A function at all parts of a turn, times a factor, over sqrt(n). */
    private static float[] turns(int n, DoubleUnaryOperator function, int factor) {
        float[] values = new float[n];
        for (int j = 0; j < n; j++) {
            values[j] = (float) (factor * function.applyAsDouble(2 * Math.PI * j / n) / Math.sqrt(n));
        }
        return values;
    }
}
