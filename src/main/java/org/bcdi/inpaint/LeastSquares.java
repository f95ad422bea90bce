package org.bcdi.inpaint;

/**
 * Linear regression of several targets on the same inputs, with a penalty on large coefficients (ridge): normal equations
 * in double precision, solved by Cholesky's decomposition.
 */
final class LeastSquares {
    private final int inputs;
    private final int targets;
    private final double[] products;
    private final double[] cross;

    LeastSquares(int inputs, int targets) {
        this.inputs = inputs;
        this.targets = targets;
        this.products = new double[inputs * inputs];
        this.cross = new double[inputs * targets];
    }

    /** @param sample the inputs, then the targets */
    void add(float[] sample) {
        for (int i = 0; i < inputs; i++) {
            float value = sample[i];
            int row = i * inputs;
            for (int j = i; j < inputs; j++) {
                products[row + j] += value * sample[j];
            }
            for (int target = 0; target < targets; target++) {
                cross[i * targets + target] += value * sample[inputs + target];
            }
        }
    }

    /** Adds the samples of another. */
    void add(LeastSquares other) {
        addTo(products, other.products);
        addTo(cross, other.cross);
    }

    /**
     * @param penalty as a fraction of the mean square of an input
     * @return coefficient of input i for target t at {@code i * targets + t}
     */
    double[] solve(double penalty) {
        double[] lower = new double[inputs * inputs];
        double trace = 0;
        for (int i = 0; i < inputs; i++) {
            trace += products[i * inputs + i];
        }
        double ridge = penalty * trace / inputs + Double.MIN_NORMAL;
        for (int i = 0; i < inputs; i++) {
            for (int j = 0; j <= i; j++) {
                double sum = products[j * inputs + i] + (i == j ? ridge : 0);
                for (int k = 0; k < j; k++) {
                    sum -= lower[i * inputs + k] * lower[j * inputs + k];
                }
                lower[i * inputs + j] = i == j ? Math.sqrt(Math.max(sum, ridge)) : sum / lower[j * inputs + j];
            }
        }
        double[] solution = cross.clone();
        for (int target = 0; target < targets; target++) {
            substitute(lower, solution, target);
        }
        return solution;
    }

    private void substitute(double[] lower, double[] solution, int target) {
        for (int i = 0; i < inputs; i++) {
            double sum = solution[i * targets + target];
            for (int k = 0; k < i; k++) {
                sum -= lower[i * inputs + k] * solution[k * targets + target];
            }
            solution[i * targets + target] = sum / lower[i * inputs + i];
        }
        for (int i = inputs - 1; i >= 0; i--) {
            double sum = solution[i * targets + target];
            for (int k = i + 1; k < inputs; k++) {
                sum -= lower[k * inputs + i] * solution[k * targets + target];
            }
            solution[i * targets + target] = sum / lower[i * inputs + i];
        }
    }

    private static void addTo(double[] sum, double[] part) {
        for (int i = 0; i < sum.length; i++) {
            sum[i] += part[i];
        }
    }
}
