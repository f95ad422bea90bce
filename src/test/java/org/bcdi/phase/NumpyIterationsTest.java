package org.bcdi.phase;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import org.bcdi.phase.Recipe.Plan;
import org.bcdi.testing.EnabledIfPython;
import org.bcdi.testing.Python;
import org.bcdi.volume.Shape3;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Iterations against the same written down in NumPy, in double precision. */
@EnabledIfPython({"numpy", "scipy"})
class NumpyIterationsTest {
    private static final Shape3 SHAPE = new Shape3(12, 10, 15);
    private static final String SCRIPT = """
            import sys, numpy as np
            from scipy.ndimage import gaussian_filter
            folder, sigma, background, trust = sys.argv[1], float(sys.argv[2]), float(sys.argv[3]), float(sys.argv[4])
            shape = tuple(int(n) for n in sys.argv[5:8])
            x = np.fromfile(folder + '/start', '<c8').reshape(shape).astype('c16')
            counts, weight, low, high, least, most, inside = (np.fromfile(folder + '/' + name, '<f4').reshape(shape).astype('f8')
                                         for name in ('counts', 'weight', 'low', 'high', 'least', 'most', 'inside'))
            inside = inside > 0
            trust = min(trust, weight.sum() / (weight * counts).sum())
            for step in sys.argv[8:]:
                kind, beta = step.split(',')
                beta = float(beta)
                wave = np.fft.fftn(x)
                seen = np.abs(wave) ** 2
                if sigma > 0:
                    seen = gaussian_filter(seen, sigma, mode='wrap', truncate=np.ceil(4 * sigma) / sigma)
                seen = np.sqrt(seen + background * x.size)
                allowed = np.clip(seen, low, high) if kind == 'HIO' else np.clip(seen, least, most)
                # the positive root of (1 + t) a^2 - t seen a - allowed^2
                for index in np.ndindex(shape) if trust else ():
                    allowed[index] = np.roots([1 + trust, -trust * seen[index], -allowed[index] ** 2]).max()
                p = np.fft.ifftn(wave * allowed / seen)
                outside = {'ER': 0 * x, 'HIO': x - beta * p, 'RAAR': beta * x + (1 - 2 * beta) * p}[kind]
                x = np.where(inside, p, outside)
            got = np.fromfile(folder + '/end', '<c8').reshape(shape)
            print(np.linalg.norm(got - x) / np.linalg.norm(x))
            """;

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "PSF[sigma=0.6]/",
                "BG[photons=0.5]/",
                "PSF[sigma=0.8]/BG[photons=0.3]/",
                "NOISE[trust=0.3]/",
                "BG[photons=0.3]/NOISE[trust=0.1]/"
            })
    void hioRaarAndErDoWhatNumpyDoes(String response) throws IOException {
        Plan plan = (Plan) Recipe.parse(response + "HIO4/RAAR3[beta=0.8]/ER2");
        Measurement measurement = ProjectionsTest.measurement(SHAPE, 2f);
        byte[] inside = new byte[SHAPE.size()];
        float[] support = new float[inside.length];
        for (int i = 0; i < inside.length; i++) {
            inside[i] = (byte) (i % SHAPE.nx() < 6 ? 1 : 0);
            support[i] = inside[i];
        }
        float[] object = ProjectionsTest.random(SHAPE, 7);
        write("start", object);
        write("counts", measurement.counts);
        write("weight", measurement.weight);
        Bounds guiding = measurement.bounds(Mixing.of(new Step.Hio(1, 0.9, 0)));
        write("low", guiding.low);
        write("high", guiding.high);
        Bounds released = measurement.bounds(Mixing.of(new Step.Er(1, 0)));
        write("least", released.low);
        write("most", released.high);
        write("inside", support);
        CpuProjections projections =
                new CpuProjections(measurement, new CountModel(measurement, plan.response()), object);
        for (Step.Iterations step : plan.iterations()) {
            projections.iterate(Mixing.of(step), new Support(SHAPE, inside), step.count());
        }
        write("end", projections.object());

        String hio = "HIO,0.9";
        String raar = "RAAR,0.8";
        double error = Double.parseDouble(Python.run(
                SCRIPT,
                folder,
                plan.response().sigmaZ(),
                plan.response().background(),
                plan.response().trust(),
                12,
                10,
                15,
                hio,
                hio,
                hio,
                hio,
                raar,
                raar,
                raar,
                "ER,0",
                "ER,0"));

        assertThat(error).isLessThan(1e-5);
    }

    private void write(String name, float[] values) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(values);
        Files.write(folder.resolve(name), bytes.array());
    }
}
