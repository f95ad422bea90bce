package org.bcdi.phase;

import static org.assertj.core.api.Assertions.assertThat;

import org.bcdi.phase.Recipe.Plan;
import org.bcdi.volume.ComplexVolume;
import org.bcdi.volume.Shape3;
import org.junit.jupiter.api.Test;

class SolverTest {
    private static final Shape3 SHAPE = new Shape3(4, 4, 4);

    /** What HIO gathers outside a support that is too small makes it grow; the projection alone would not show it. */
    @Test
    void theSupportIsDrawnFromTheIterate() {
        byte[] inside = new byte[SHAPE.size()];
        inside[5] = 1;
        float[] iterate = new float[2 * SHAPE.size()];
        iterate[2 * 5] = 1;
        iterate[2 * 6 + 1] = -0.8f;
        iterate[2 * 7] = 0.3f;
        Guess guess = new Guess(new ComplexVolume(SHAPE, iterate), new Support(SHAPE, inside));

        Plan plan = (Plan) Recipe.parse("SW[every=1,threshold=0.5,sigma=0]/HIO2");
        Solution solution =
                Solver.solve(still(), ProjectionsTest.measurement(SHAPE, null), plan, guess, iterations -> {});

        assertThat(solution.support().voxels()).containsExactly(5, 6);
        assertThat(solution.object().data()[2 * 6 + 1]).isEqualTo(-0.8f);
        assertThat(solution.object().data()[2 * 7]).isZero();
    }

    /** An engine that leaves the iterate as it is. */
    private static PhasingEngine still() {
        return new PhasingEngine() {
            @Override
            public Projections start(Measurement measurement, CountModel model, float[] object) {
                return new Projections() {
                    @Override
                    public int block() {
                        return 1;
                    }

                    @Override
                    public void iterate(Mixing mixing, Support support, int count) {}

                    @Override
                    public float[] object() {
                        return object;
                    }
                };
            }

            @Override
            public void close() {}
        };
    }
}
