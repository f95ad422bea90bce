package org.bcdi.phase;

import java.util.ArrayList;
import java.util.List;

/**
 * What the last few steps of a descent tell of the curvature: limited-memory BFGS (Nocedal 1980). One thread.
 */
final class LimitedMemory {
    private static final int MEMORY = 6;

    /** Steps, changes of the gradient over them, and the products of the two, oldest first. */
    private final List<float[]> steps = new ArrayList<>();

    private final List<float[]> changes = new ArrayList<>();
    private final List<Double> products = new ArrayList<>();

    boolean empty() {
        return steps.isEmpty();
    }

    void forget() {
        steps.clear();
        changes.clear();
        products.clear();
    }

    /** Takes in a step and the change of the gradient over it, and owns both; ignored where the curvature is not positive. */
    void remember(float[] step, float[] change) {
        double product = dot(step, change);
        if (!(product > 0)) {
            return;
        }
        if (steps.size() == MEMORY) {
            steps.remove(0);
            changes.remove(0);
            products.remove(0);
        }
        steps.add(step);
        changes.add(change);
        products.add(product);
    }

    /** Where to go from a point with this gradient: minus the gradient over the curvature, by the two-loop recursion. */
    float[] direction(float[] gradient) {
        float[] direction = new float[gradient.length];
        add(direction, gradient, -1);
        double[] factors = new double[steps.size()];
        for (int k = factors.length - 1; k >= 0; k--) {
            factors[k] = dot(steps.get(k), direction) / products.get(k);
            add(direction, changes.get(k), -factors[k]);
        }
        if (!empty()) {
            float[] newest = changes.get(factors.length - 1);
            float scale = (float) (products.get(factors.length - 1) / dot(newest, newest));
            for (int i = 0; i < direction.length; i++) {
                direction[i] *= scale;
            }
        }
        for (int k = 0; k < factors.length; k++) {
            add(direction, steps.get(k), factors[k] - dot(changes.get(k), direction) / products.get(k));
        }
        return direction;
    }

    static double dot(float[] a, float[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += (double) a[i] * b[i];
        }
        return sum;
    }

    /** Adds {@code times} what to {@code to}. */
    static void add(float[] to, float[] what, double times) {
        float factor = (float) times;
        for (int i = 0; i < to.length; i++) {
            to[i] += factor * what[i];
        }
    }
}
