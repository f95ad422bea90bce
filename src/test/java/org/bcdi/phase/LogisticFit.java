package org.bcdi.phase;

import java.util.List;

/** Logistic regression by Newton steps, with a little ridge so that separable data end too. */
final class LogisticFit {
    private static final double RIDGE = 0.002;
    private static final int STEPS = 50;

    private LogisticFit() {}

    /**
     * @param terms of each case
     * @param right whether it was
     * @return constant, then a factor for each term
     */
    static double[] fit(List<double[]> terms, List<Boolean> right) {
        int n = terms.get(0).length + 1;
        double[] factors = new double[n];
        for (int step = 0; step < STEPS; step++) {
            double[][] curvature = new double[n][n + 1];
            for (int i = 0; i < terms.size(); i++) {
                double chance = Confidence.logistic(factors, terms.get(i));
                double[] x = new double[n];
                x[0] = 1;
                System.arraycopy(terms.get(i), 0, x, 1, n - 1);
                for (int row = 0; row < n; row++) {
                    curvature[row][n] += x[row] * ((right.get(i) ? 1 : 0) - chance);
                    for (int column = 0; column < n; column++) {
                        curvature[row][column] += x[row] * x[column] * chance * (1 - chance);
                    }
                }
            }
            for (int row = 1; row < n; row++) {
                curvature[row][row] += RIDGE * terms.size();
                curvature[row][n] -= RIDGE * terms.size() * factors[row];
            }
            double[] change = solve(curvature);
            for (int row = 0; row < n; row++) {
                factors[row] += change[row];
            }
        }
        return factors;
    }

    /** Gauss elimination of a symmetric positive definite system with its right side as the last column. */
    private static double[] solve(double[][] system) {
        int n = system.length;
        for (int pivot = 0; pivot < n; pivot++) {
            system[pivot][pivot] += 1e-9;
            for (int row = 0; row < n; row++) {
                double factor = row == pivot ? 0 : system[row][pivot] / system[pivot][pivot];
                for (int column = pivot; column <= n && factor != 0; column++) {
                    system[row][column] -= factor * system[pivot][column];
                }
            }
        }
        double[] solution = new double[n];
        for (int row = 0; row < n; row++) {
            solution[row] = system[row][n] / system[row][row];
        }
        return solution;
    }

    /** Area under the curve: the chance that a right case scores above a wrong one; ties count half. */
    static double area(List<Double> scores, List<Boolean> right) {
        double wins = 0;
        double pairs = 0;
        for (int i = 0; i < scores.size(); i++) {
            for (int j = 0; j < scores.size(); j++) {
                if (right.get(i) && !right.get(j)) {
                    pairs++;
                    int order = Double.compare(scores.get(i), scores.get(j));
                    wins += order > 0 ? 1 : order == 0 ? 0.5 : 0;
                }
            }
        }
        return wins / pairs;
    }
}
