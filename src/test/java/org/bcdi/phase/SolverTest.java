package org.bcdi.phase;

import static org.assertj.core.api.Assertions.assertThat;

import org.bcdi.phase.Recipe.Plan;
import org.bcdi.volume.ComplexVolume;
import org.bcdi.volume.Shape3;
import org.junit.jupiter.api.Test;

class SolverTest {
    private static final Shape3 SHAPE = new Shape3(4, 4, 4);

    /** What HIO gathers outside a support that is too small makes it grow; error reduction has that in its projection only. */
    @Test
    void theSupportIsDrawnFromTheIterateAndInErrorReductionFromTheProjection() {
        byte[] inside = new byte[SHAPE.size()];
        inside[5] = 1;
        float[] iterate = new float[2 * SHAPE.size()];
        iterate[2 * 5] = 1;
        iterate[2 * 6 + 1] = -0.8f;
        iterate[2 * 7] = 0.3f;
        Guess guess = new Guess(new ComplexVolume(SHAPE, iterate), new Support(SHAPE, inside));

        Solution hio = solve("SW[every=1,threshold=0.5,sigma=0]/HIO2", guess);
        Solution er = solve("SW[every=1,threshold=0.5,sigma=0]/ER2", guess);

        assertThat(hio.support().voxels()).containsExactly(5, 6);
        assertThat(hio.object().data()[2 * 6 + 1]).isEqualTo(-0.8f);
        assertThat(hio.object().data()[2 * 7]).isZero();
        assertThat(er.support().voxels()).containsExactly(9);
    }

    private static Solution solve(String recipe, Guess guess) {
        Plan plan = (Plan) Recipe.parse(recipe);
        return Solver.solve(still(), ProjectionsTest.measurement(SHAPE, null), plan, guess, iterations -> {});
    }

    /** An engine that leaves the iterate as it is, and projects everything on voxel 9. */
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

                    @Override
                    public float[] projected() {
                        float[] projected = new float[object.length];
                        projected[2 * 9] = 1;
                        return projected;
                    }
                };
            }

            @Override
            public void close() {}
        };
    }
}
