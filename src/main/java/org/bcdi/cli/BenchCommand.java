package org.bcdi.cli;

import java.nio.file.Path;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.concurrent.Callable;
import org.bcdi.detector.PixelType;
import org.bcdi.detector.lima.DataArray;
import org.bcdi.fourier.FourierTransform;
import org.bcdi.inpaint.Fills;
import org.bcdi.inpaint.GapFiller;
import org.bcdi.mask.Mask;
import org.bcdi.model.ExecutionProvider;
import org.bcdi.model.Network;
import org.bcdi.model.Networks;
import org.bcdi.phase.Phasing;
import org.bcdi.phase.PhasingProblem;
import org.bcdi.phase.Recipe;
import org.bcdi.sim.CrystalSimulator;
import org.bcdi.sim.SimulatedScan;
import org.bcdi.sim.SimulationSettings;
import org.bcdi.task.Monitor;
import org.bcdi.volume.Shape3;
import org.bcdi.volume.Volume;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * {@code bcdi bench}: how fast this machine does what a scan needs. Seeded; each figure is the median of several runs after
 * a warm-up. The last column divides by the time of a plain loop of 10^7 multiply-adds, so that machines can be compared.
 */
@Command(
        name = "bench",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Measures how fast this machine is at what a scan needs.")
final class BenchCommand implements Callable<Integer> {
    private static final int[] EDGES = {64, 128};
    private static final int GAP = 6;
    private static final int ITERATIONS = 300;
    private static final int FILLS = 15;

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    CommandSpec spec;

    @Option(
            names = "--provider",
            paramLabel = "NAME",
            defaultValue = "auto",
            description = "where the network runs: auto, cuda or cpu (default: ${DEFAULT-VALUE})")
    @SuppressWarnings("NullAway.Init") // set by picocli
    String provider;

    @Option(names = "--quick", description = "the smaller sizes only")
    boolean quick;

    private double unit;

    @Override
    public Integer call() {
        ExecutionProvider asked = ExecutionProvider.named(provider);
        unit = Stopwatch.median(9, BenchCommand::plainLoop);
        print("%-44s %12s %12s", "what", "time", "per loop");
        line("plain loop, 10^7 multiply-adds, one core", unit);
        for (int edge : EDGES) {
            if (edge == EDGES[0] || !quick) {
                transform(edge);
                iteration(edge);
            }
        }
        network(asked);
        fill(asked, quick ? EDGES[0] : EDGES[1]);
        decode();
        return CommandRunner.DONE;
    }

    private void transform(int edge) {
        FourierTransform transform = new FourierTransform(new Shape3(edge, edge, edge));
        float[] data = noise(2 * edge * edge * edge);
        line(
                "FFT " + edge + "^3, one way, complex float32",
                Stopwatch.median(101, () -> transform.forwardOrthonormal(data)));
    }

    /**
     * The fastest block of iterations: what else the machine does cannot make one faster. The same in NumPy follows at once.
     */
    private void iteration(int edge) {
        PhasingProblem problem =
                new PhasingProblem(crystal(edge).counts(), Mask.none(new Shape3(edge, edge, edge)), null);
        BlockTimer timer = new BlockTimer(ITERATIONS);
        Phasing.onCpu().retrieve(problem, Recipe.parse("SW[every=0]/HIO" + ITERATIONS), 1, timer);
        double seconds = timer.secondsPerIteration();
        line("HIO iteration " + edge + "^3", seconds);
        compare(
                "the same in NumPy and scipy.fft, all cores",
                seconds,
                PythonTimer.seconds(PythonTimer.ITERATION, edge));
    }

    private void compare(String what, double ours, OptionalDouble theirs) {
        if (theirs.isPresent()) {
            line("  " + what, theirs.getAsDouble());
            print("%-44s %12.2f", "  ours over theirs", ours / theirs.getAsDouble());
        } else {
            print("%s", "  no python3 that can be compared with; install python3-scipy and python3-skimage");
        }
    }

    private void network(ExecutionProvider asked) {
        int batch = 16;
        try (Network network = Networks.open(Path.of(Fills.SHIPPED), asked, 0)) {
            int side = 32;
            int channels = network.card().input().shape().get(1).intValue();
            float[] patches = noise(batch * channels * side * side * side);
            double seconds = Stopwatch.median(3, () -> network.run(patches, batch, side, side, side)) / batch;
            line("patch of 32^3 through the network, " + network.provider().word(), seconds);
            print("%-44s %10.1f/s", "  that is, patches", 1 / seconds);
        }
    }

    private void fill(ExecutionProvider asked, int edge) {
        Volume counts = crystal(edge).counts();
        Mask cross = cross(counts.shape());
        double seconds = fill("auto", asked, counts, cross);
        compare(
                "scikit-image's biharmonic, frame by frame",
                seconds,
                PythonTimer.seconds(PythonTimer.BIHARMONIC, edge, GAP));
        fill("linear", asked, counts, cross);
    }

    /** Seconds of the fastest of several fills. */
    private double fill(String name, ExecutionProvider asked, Volume counts, Mask cross) {
        try (GapFiller filler = Fills.open(name, asked, 0)) {
            double seconds = Stopwatch.fastest(FILLS, () -> filler.fill(counts, cross, Monitor.NONE));
            line("fill a " + GAP + "-px cross in " + counts.shape() + ", " + filler.name(), seconds);
            return seconds;
        }
    }

    private void decode() {
        DataArray.Layout layout = new DataArray.Layout(PixelType.UINT32, 516, 516);
        byte[] pixels = new byte[(int) layout.frameBytes()];
        new Random(1).nextBytes(pixels);
        byte[] message = DataArray.encodeImage(layout, 0, 0, pixels);
        double[] sum = new double[1];
        double seconds = Stopwatch.median(15, () -> {
            DataArray image = DataArray.decode(message);
            for (int i = 0; i < 516 * 516; i++) {
                sum[0] += image.pixels().getInt(4 * i) & 0xffffffffL;
            }
        });
        line("decode a DATA_ARRAY of 516x516 uint32", seconds);
        print("%-44s %10.0f MB/s", "  that is", message.length / seconds * 1e-6);
    }

    /** Times the stretches between two reports of progress, each of a few iterations. */
    private static final class BlockTimer implements Monitor {
        private final int iterations;
        private long before;
        private double done;
        private double best = Double.MAX_VALUE;

        BlockTimer(int iterations) {
            this.iterations = iterations;
        }

        @Override
        public void progress(double fraction) {
            long now = System.nanoTime();
            // the last report comes after the iterations, when their result is looked at
            if (before != 0 && fraction < 1) {
                // the retriever counts one more, for that look
                double share = (fraction - done) * (iterations + 1);
                best = Math.min(best, 1e-9 * (now - before) / share);
            }
            before = now;
            done = fraction;
        }

        @Override
        public boolean cancelled() {
            return false;
        }

        double secondsPerIteration() {
            return best;
        }
    }

    private static SimulatedScan crystal(int edge) {
        return CrystalSimulator.simulate(new SimulationSettings(new Shape3(edge, edge, edge), 1, 1.5, 1e7));
    }

    private static Mask cross(Shape3 shape) {
        byte[] gap = new byte[shape.size()];
        int y0 = shape.ny() / 2 + 12;
        int x0 = shape.nx() / 2 + 12;
        for (int i = 0; i < gap.length; i++) {
            int y = i / shape.nx() % shape.ny();
            int x = i % shape.nx();
            boolean inGap = (y >= y0 && y < y0 + GAP) || (x >= x0 && x < x0 + GAP);
            gap[i] = (byte) (inGap ? 1 : 0);
        }
        return new Mask(shape, gap);
    }

    private static float[] noise(int length) {
        Random random = new Random(1);
        float[] noise = new float[length];
        for (int i = 0; i < length; i++) {
            noise[i] = (float) random.nextGaussian();
        }
        return noise;
    }

    private static double plainLoop() {
        double sum = 1;
        for (int i = 0; i < 10_000_000; i++) {
            sum = sum * 0.999999 + i;
        }
        return sum;
    }

    private void line(String what, double seconds) {
        print("%-44s %9.2f ms %12.2f", what, 1e3 * seconds, seconds / unit);
    }

    private void print(String format, Object... values) {
        spec.commandLine().getOut().println(String.format(Locale.ROOT, format, values));
    }
}
