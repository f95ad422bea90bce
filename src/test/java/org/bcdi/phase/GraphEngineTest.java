package org.bcdi.phase;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.bcdi.fourier.Shift;
import org.bcdi.mask.Mask;
import org.bcdi.model.ExecutionProvider;
import org.bcdi.phase.Recipe.Plan;
import org.bcdi.sim.CrystalSimulator;
import org.bcdi.sim.SimulatedScan;
import org.bcdi.sim.SimulationSettings;
import org.bcdi.task.Monitor;
import org.bcdi.volume.ComplexVolume;
import org.bcdi.volume.Region3;
import org.bcdi.volume.Shape3;
import org.bcdi.volume.Volume;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Two engines, one result. */
class GraphEngineTest {
    /** HIO and RAAR multiply any difference by about 1.2 an iteration, rounding too: there fewer iterations can be compared. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "ER50 | 24 | 20 | 30",
                "SW[every=10,threshold=0.2]/ER50 | 16 | 27 | 25",
                "PSF[sigma=0.6:0:0.4,eta=0.2]/BG[photons=0.2]/ER50 | 20 | 24 | 18",
                "PSF[fit=20]/BG[fit=20]/SW[every=20]/ER50 | 24 | 24 | 24",
                "PSF[fit=15]/SW[every=0]/ER50 | 24 | 24 | 24",
                "NOISE[trust=0.2]/ER50 | 18 | 20 | 24",
                "BG[photons=0.2]/NOISE[trust=0.2]/ER50 | 20 | 24 | 18",
                "ER40/ML10 | 24 | 24 | 24",
                "HIO15 | 24 | 20 | 30",
                "RAAR15[beta=0.8]/ER5 | 16 | 27 | 25",
                "ER20/ER30[density=1.2] | 24 | 20 | 30",
                "HIO10/HIO5[density=1.1]/RAAR2[density=1.3] | 16 | 27 | 25",
            })
    void theEnginesGiveEqualResults(String recipe, int nz, int ny, int nx) {
        Shape3 shape = new Shape3(nz, ny, nx);
        SimulatedScan scan = CrystalSimulator.simulate(new SimulationSettings(shape, 4, 1, 1e6));
        byte[] gap = new byte[shape.size()];
        for (int i = 0; i < gap.length; i++) {
            gap[i] = (byte) (i % nx == 3 ? 1 : 0);
        }
        PhasingProblem problem = new PhasingProblem(scan.counts(), new Mask(shape, gap), null);

        Reconstruction cpu = retrieve(PhasingEngine.onCpu(), problem, recipe);
        Reconstruction graph = retrieve(new GraphEngine(ExecutionProvider.CPU, 0), problem, recipe);

        assertThat(distance(graph.object().data(), cpu.object().data())).isLessThan(1e-3);
        assertThat(graph.metrics().supportVoxels()).isEqualTo(cpu.metrics().supportVoxels());
        assertThat(graph.metrics().rFactor()).isCloseTo(cpu.metrics().rFactor(), within(1e-4));
    }

    @Test
    void filledVoxelsAreGuidedAndReleasedAlike() {
        Shape3 shape = new Shape3(24, 20, 30);
        SimulatedScan scan = CrystalSimulator.simulate(new SimulationSettings(shape, 4, 1, 1e6));
        byte[] gap = new byte[shape.size()];
        float[] deviation = new float[shape.size()];
        for (int i = 0; i < gap.length; i++) {
            gap[i] = (byte) (i % shape.nx() == 3 || i % shape.nx() == 4 ? 1 : 0);
            deviation[i] = i % shape.nx() == 3 ? 0.3f * scan.counts().data()[i] + 0.2f : Float.POSITIVE_INFINITY;
        }
        PhasingProblem problem = new PhasingProblem(scan.counts(), new Mask(shape, gap), new Volume(shape, deviation));

        Reconstruction cpu = retrieve(PhasingEngine.onCpu(), problem, "HIO10/RAAR3/HIO2/ER3/ML3");
        Reconstruction graph = retrieve(new GraphEngine(ExecutionProvider.CPU, 0), problem, "HIO10/RAAR3/HIO2/ER3/ML3");

        assertThat(distance(graph.object().data(), cpu.object().data())).isLessThan(1e-3);
    }

    @Test
    void iterationsGoOnWhereTheFitFindsTheBeamCoherent() {
        Shape3 shape = new Shape3(24, 20, 24);
        SimulatedScan scan = CrystalSimulator.simulate(new SimulationSettings(shape, 3, 1, 3e6, 3, 0));
        Measurement measurement = Measurement.of(Crystals.problem(scan), Mask.none(shape));
        Plan plan = (Plan) Recipe.parse("PSF[sigma=0.1,fit=20]/ER30");

        Solution cpu = fromTruth(PhasingEngine.onCpu(), scan, measurement, plan);
        Solution graph = fromTruth(new GraphEngine(ExecutionProvider.CPU, 0), scan, measurement, plan);

        assertThat(graph.response().sharp()).isTrue();
        assertThat(distance(graph.object().data(), cpu.object().data())).isLessThan(1e-3);
    }

    @Test
    void aWholeRecipeEndsAtTheSameObject() {
        SimulatedScan scan = Crystals.cube(32, 2, 1, 1e6);
        String recipe = "HIO60/RAAR60/ER20/ML10";

        Reconstruction cpu = retrieve(PhasingEngine.onCpu(), Crystals.problem(scan), recipe);
        Reconstruction graph = retrieve(new GraphEngine(ExecutionProvider.CPU, 0), Crystals.problem(scan), recipe);

        assertThat(Agreement.aligned(cpu.object(), cpu.support(), graph.object(), graph.support())
                        .correlation())
                .isGreaterThan(0.97);
    }

    private static Reconstruction retrieve(PhasingEngine engine, PhasingProblem problem, String recipe) {
        Region3 whole = Region3.whole(problem.intensity().shape());
        try (StartsRetriever retriever = new StartsRetriever(StartsRetriever.MOST_VOXELS, engine, null)) {
            return retriever.retrieve(problem, whole, (Plan) Recipe.parse(recipe), 3, Monitor.NONE);
        }
    }

    private static Solution fromTruth(PhasingEngine engine, SimulatedScan scan, Measurement measurement, Plan plan) {
        Shape3 shape = measurement.shape();
        ComplexVolume truth =
                new ComplexVolume(shape, Shift.fromCentre(shape, scan.object().data()));
        Guess guess = new Guess(truth, Autocorrelation.support(measurement, plan.first()));
        try (engine) {
            return Solver.solve(engine, measurement, plan, guess, done -> {});
        }
    }

    private static double distance(float[] a, float[] b) {
        double difference = 0;
        double power = 0;
        for (int i = 0; i < a.length; i++) {
            difference += (double) (a[i] - b[i]) * (a[i] - b[i]);
            power += (double) b[i] * b[i];
        }
        return Math.sqrt(difference / power);
    }
}
