package org.bcdi.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bcdi.mask.Detectors;
import org.bcdi.mask.FrameMask;
import org.bcdi.phase.Reconstruction;
import org.bcdi.stack.RockingCurve;
import org.bcdi.stack.RoiChoice;
import org.bcdi.task.InputException;
import org.bcdi.testing.EnabledIfPython;
import org.bcdi.testing.Python;
import org.bcdi.volume.ComplexVolume;
import org.bcdi.volume.Region3;
import org.bcdi.volume.Roi;
import org.bcdi.volume.Shape3;
import org.bcdi.volume.Volume;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResultReaderTest {
    @TempDir
    private Path directory;

    @Test
    void aResultComesBackAsItWasWritten() {
        ScanResult written = Results.phased();
        Path file = directory.resolve("result.cxi");
        ResultWriter.write(file, written);

        ScanResult read = ResultReader.read(file);

        assertSameCurve(read.curve(), written.curve());
        assertThat(read.intensity().data()).containsExactly(written.intensity().data());
        assertThat(read.deviation().data()).containsExactly(written.deviation().data());
        Reconstruction object = read.reconstruction();
        Reconstruction given = written.reconstruction();
        assertThat(object.object().data()).containsExactly(given.object().data());
        assertThat(object.support().data()).containsExactly(given.support().data());
        assertThat(object.region()).isEqualTo(given.region());
        assertThat(object.metrics()).isEqualTo(given.metrics());
        assertThat(object.recipe()).isEqualTo(given.recipe());
        assertThat(object.seed()).isEqualTo(given.seed());
        assertThat(read.provenance()).isEqualTo(written.provenance());
    }

    @Test
    void whatWasNotPhasedHasNoObject() {
        Path file = directory.resolve("result.cxi");
        ResultWriter.write(file, Results.filled(0.25f));

        ScanResult read = ResultReader.read(file);

        assertThat(read.reconstruction()).isNull();
        assertThat(read.curve().counts().data())
                .containsExactly(Results.filled(0.25f).curve().counts().data());
    }

    @Test
    void aResultTellsWhereOnTheDetectorItsFramesAre() {
        Roi place = new Roi(250, 262, 200, 211);
        Path file = resultAt(place);

        RockingCurve plain = ScanReader.read(file, of("none"));
        RockingCurve named = ScanReader.read(file, of("maxipix-2x2"));

        assertThat(plain.roi()).isEqualTo(place);
        assertThat(plain.mask().data())
                .containsExactly(Results.filled().curve().mask().data());
        assertThat(named.roi()).isEqualTo(place);
        FrameMask gaps = Detectors.maskFor("maxipix-2x2", 12, 11, Optional.of(place));
        assertThat(gaps.count()).isEqualTo(6 * 11);
        assertThat(named.mask().data())
                .containsExactly(plain.mask().or(gaps.through(7)).data());
    }

    @Test
    void aResultAtTheCornerDoesNotTellWhereItsFramesAre() {
        Path file = resultAt(new Roi(0, 12, 0, 11));

        assertThatThrownBy(() -> ScanReader.check(file, of("maxipix-2x2")))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("Frames of 12x11 are not those of detector maxipix-2x2");
    }

    @Test
    void aResultCanBeReadAsAScanWithItsMask() {
        ScanResult written = Results.phased();
        Path file = directory.resolve("result.cxi");
        ResultWriter.write(file, written);

        RockingCurve curve = ScanReader.read(file, ReadSettings.plain());

        assertThat(curve.counts().data())
                .containsExactly(written.curve().counts().data());
        assertThat(curve.mask().data()).containsExactly(written.curve().mask().data());
        assertThat(curve.positions()).isEqualTo(written.curve().positions());
    }

    @Test
    void framesThatNeverArrivedAreMissingInTheResultToo() {
        ScanResult result = Results.filled();
        RockingCurve curve = result.curve();
        int last = curve.counts().shape().nz() - 1;
        RockingCurve incomplete = new RockingCurve(
                curve.name(), curve.counts(), curve.mask(), curve.roi(), curve.positions(), List.of(1, last));
        Path file = directory.resolve("incomplete.cxi");
        ResultWriter.write(
                file, new ScanResult(incomplete, result.intensity(), result.deviation(), null, result.provenance()));

        RockingCurve read = ScanReader.read(file, ReadSettings.plain());

        assertThat(read.missingFrames()).containsExactly(1, last);
        assertThat(read.counts().shape()).isEqualTo(curve.counts().shape());
        assertThat(read.mask().crop(new Region3(1, 0, 0, new Shape3(1, 12, 11))).count())
                .isEqualTo(12 * 11);
    }

    @Test
    void theTreeNamesWhatIsInTheFile() {
        Path file = directory.resolve("result.cxi");
        ResultWriter.write(file, Results.phased());

        List<TreeEntry> tree = ResultReader.tree(file);

        assertThat(tree)
                .contains(
                        new TreeEntry("/cxi_version", false, "160", Optional.empty()),
                        new TreeEntry("/entry_1", true, "", Optional.empty()),
                        new TreeEntry("/entry_1/data_1", true, "", Optional.of("/entry_1/image_1")),
                        new TreeEntry("/entry_1/image_1/data", false, "5x8x6 complex", Optional.empty()),
                        new TreeEntry("/entry_1/image_1/data_space", false, "real", Optional.empty()),
                        new TreeEntry("/entry_1/process_1/metrics/gapFraction", false, "0.09", Optional.empty()));
        assertThat(tree).extracting(TreeEntry::path).doesNotContain("/entry_1/data_1/data");
    }

    @Test
    @EnabledIfPython("h5py")
    void theTreeOfAGroupThatHoldsItselfHasAnEnd() {
        Path file = directory.resolve("loop.h5");
        Python.run("""
                import sys, h5py
                with h5py.File(sys.argv[1], 'w') as f:
                    f['group/number'] = 5
                    f['group/again'] = f['group']
                """, file);

        assertThat(ResultReader.tree(file))
                .extracting(TreeEntry::path)
                .containsExactly("/group", "/group/again", "/group/number");
    }

    @Test
    @EnabledIfPython("h5py")
    void whatIsEmptyIsNotShownAsZero() {
        Path file = directory.resolve("empty.h5");
        Python.run("""
                import sys, h5py
                with h5py.File(sys.argv[1], 'w') as f:
                    f['number'] = h5py.Empty('f4')
                    f['text'] = h5py.Empty(h5py.string_dtype())
                """, file);

        assertThat(ResultReader.tree(file)).extracting(TreeEntry::content).containsExactly("0 float32", "0 string");
    }

    @Test
    @EnabledIfPython("h5py")
    void complexNumbersWhereCountsAreLookedForAreRefused() {
        Path file = directory.resolve("changed.cxi");
        ResultWriter.write(file, Results.phased());
        Python.run("""
                import sys, h5py
                with h5py.File(sys.argv[1], 'a') as f:
                    image = f['entry_1/image_2']
                    shape = image['data'].shape
                    del image['data']
                    image.create_dataset('data', shape, 'c8')
                """, file);

        assertThatThrownBy(() -> ResultReader.read(file))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("holds complex elements where real ones were looked for");
    }

    @Test
    void anotherFileIsNoResult() {
        Path file = directory.resolve("simulated.h5");
        SimulationWriter.write(file, simulation("none", FrameMask.none(3, 4), Optional.empty()));

        assertThatThrownBy(() -> ResultReader.read(file))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("is not a result");
    }

    @Test
    void aSimulatedScanIsReadLikeOneOfLima() {
        Path file = directory.resolve("simulated.h5");
        FrameMask gaps = new FrameMask(3, 4, new byte[] {0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 1, 0});
        SimulationWriter.write(file, simulation("eiger2-1m", gaps, Optional.of(new Roi(10, 13, 20, 24))));

        RockingCurve curve = ScanReader.read(file, ReadSettings.plain());

        assertThat(curve.counts().shape()).isEqualTo(new Shape3(2, 3, 4));
        assertThat(curve.counts().data()).startsWith(0, 1, 0, 3, 4, 5, 0, 7);
        assertThat(curve.mask()).extracting(mask -> mask.count()).isEqualTo(6);
        assertThat(curve.positions()).containsExactly(0.1, 0.2);
        assertThat(ScanReader.read(
                                file,
                                new ReadSettings(
                                        Optional.empty(),
                                        "eiger2-1m",
                                        Optional.empty(),
                                        ReadSettings.plain().roi()))
                        .roi())
                .isEqualTo(new Roi(10, 13, 20, 24));
    }

    @Test
    void theTruthLiesBesideASimulatedScan() {
        Path file = directory.resolve("simulated.h5");
        SimulationWriter.write(file, simulation("none", FrameMask.none(3, 4), Optional.empty()));

        assertThat(ResultReader.tree(file))
                .contains(
                        new TreeEntry("/truth/rate", false, "2x3x4 float32", Optional.empty()),
                        new TreeEntry("/truth/object", false, "2x3x4 complex", Optional.empty()));
    }

    @Test
    void simulatedCountsAreWrittenAsFarAsTheDetectorCounts() {
        Path file = directory.resolve("simulated.h5");
        float[] counts = {0x1p31f, 0x1p32f - 512, 1, 0};
        SimulationWriter.write(file, bright(counts));

        assertThat(ScanReader.read(file, ReadSettings.plain()).counts().data()).containsExactly(counts);

        assertThatThrownBy(() -> SimulationWriter.write(file, bright(new float[] {1, 0x1p32f, 0, 0})))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("4.29e+09 photons");
    }

    @Test
    void darkFramesAtTheEndOfASimulatedScanAreMeasured() {
        Path file = directory.resolve("simulated.h5");
        Shape3 shape = new Shape3(50, 20, 20);
        float[] counts = new float[shape.size()];
        counts[47 * shape.frameSize()] = 1;
        SimulationWriter.write(file, simulation(new Volume(shape, counts)));

        assertThat(ScanReader.read(file, ReadSettings.plain()).counts().shape()).isEqualTo(shape);
    }

    private static SimulationWriter.Simulation bright(float[] counts) {
        return simulation(new Volume(new Shape3(1, 2, 2), counts));
    }

    private static SimulationWriter.Simulation simulation(Volume counts) {
        Shape3 shape = counts.shape();
        return new SimulationWriter.Simulation(
                counts,
                Volume.zeros(shape),
                new ComplexVolume(shape, new float[2 * shape.size()]),
                "none",
                FrameMask.none(shape.ny(), shape.nx()),
                Optional.empty(),
                List.of(),
                Map.of());
    }

    /** A result whose frames are this part of the detector. */
    private Path resultAt(Roi place) {
        ScanResult result = Results.filled();
        RockingCurve curve = result.curve();
        RockingCurve placed = new RockingCurve(
                curve.name(), curve.counts(), curve.mask(), place, curve.positions(), curve.missingFrames());
        Path file = directory.resolve("placed.cxi");
        ResultWriter.write(
                file, new ScanResult(placed, result.intensity(), result.deviation(), null, result.provenance()));
        return file;
    }

    private static ReadSettings of(String detector) {
        return new ReadSettings(Optional.empty(), detector, Optional.empty(), new RoiChoice.Whole());
    }

    private static SimulationWriter.Simulation simulation(String detector, FrameMask gaps, Optional<Roi> region) {
        Shape3 shape = new Shape3(2, 3, 4);
        float[] counts = new float[24];
        for (int i = 0; i < counts.length; i++) {
            counts[i] = i;
        }
        return new SimulationWriter.Simulation(
                new Volume(shape, counts),
                new Volume(shape, counts.clone()),
                new ComplexVolume(shape, new float[48]),
                detector,
                gaps,
                region,
                List.of(0.1, 0.2),
                Map.of("seed", "5"));
    }

    private static void assertSameCurve(RockingCurve read, RockingCurve written) {
        assertThat(read.name()).isEqualTo(written.name());
        assertThat(read.counts().data()).containsExactly(written.counts().data());
        assertThat(read.mask().data()).containsExactly(written.mask().data());
        assertThat(read.roi()).isEqualTo(written.roi());
        assertThat(read.positions()).isEqualTo(written.positions());
        assertThat(read.missingFrames()).isEqualTo(written.missingFrames());
    }
}
