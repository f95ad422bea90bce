package org.bcdi.store;

import static org.assertj.core.api.Assertions.as;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import org.bcdi.mask.FrameMask;
import org.bcdi.mask.Mask;
import org.bcdi.stack.RockingCurve;
import org.bcdi.stack.RoiChoice;
import org.bcdi.task.InputException;
import org.bcdi.testing.EnabledIfPython;
import org.bcdi.testing.Python;
import org.bcdi.testing.Warnings;
import org.bcdi.volume.Roi;
import org.bcdi.volume.Shape3;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Reads what h5py wrote (scans.py). */
@EnabledIfPython("h5py")
class ScanReaderTest {
    @TempDir
    private static Path folder;

    @BeforeAll
    static void writeScans() throws IOException {
        Python.run(script("scans.py"), folder);
    }

    @ParameterizedTest
    @ValueSource(strings = {"lima.h5", "old.h5", "nolink.h5", "second_entry.h5", "lzf.h5"})
    void framesOfLimaAreFoundByThemselves(String name) {
        RockingCurve curve = ScanReader.read(folder.resolve(name), ReadSettings.plain());

        assertThat(curve.name()).isEqualTo(name.replace(".h5", ""));
        assertThat(curve.counts().shape()).isEqualTo(new Shape3(5, 3, 4));
        assertHoldsFormula(curve);
        assertThat(curve.mask().count()).isZero();
    }

    @ParameterizedTest
    @CsvSource({"S1.cxi, S1", "S1_2.H5, S1_2", "eta_0.5, eta_0.5", "eta_0.5.nxs, eta_0.5", ".npy, .npy"})
    void aScanIsCalledAsItsFileWithoutTheEnding(String file, String name) {
        assertThat(ScanReader.name(folder.resolve(file))).isEqualTo(name);
    }

    @Test
    void theCheckOfAFileTellsTheMemoryOfWhatIsKept() {
        ReadSettings part = new ReadSettings(Optional.empty(), "none", Optional.empty(), RoiChoice.parse("0:2,1:4"));

        assertThat(ScanReader.check(folder.resolve("lima.h5"), ReadSettings.plain()))
                .isEqualTo(5 * 3 * 4 * 5);
        assertThat(ScanReader.check(folder.resolve("lima.h5"), part)).isEqualTo(5 * 2 * 3 * 5);
    }

    @Test
    void anAbortedScanEndsWithItsLastWrittenFrame() {
        RockingCurve curve = ScanReader.read(folder.resolve("aborted.h5"), ReadSettings.plain());

        assertThat(curve.counts().shape()).isEqualTo(new Shape3(9, 3, 4));
        assertHoldsFormula(curve);
        assertThat(curve.complete()).isTrue();
    }

    @Test
    void aFrameThatWasNotWrittenInBetweenIsMasked() {
        RockingCurve curve = ScanReader.read(folder.resolve("hole.h5"), ReadSettings.plain());

        assertThat(curve.counts().shape().nz()).isEqualTo(4);
        assertThat(curve.missingFrames()).containsExactly(2);
        assertThat(curve.mask().count()).isEqualTo(12);
        assertThat(curve.counts().at(3, 2, 3)).isEqualTo(323);
    }

    @ParameterizedTest
    @CsvSource({"blocks_cut.h5, 9", "blocks_late.h5, 10", "blocks_whole.h5, 12"})
    void framesAtTheEndThatOnlyShareAChunkWithWrittenOnesAreNotTakenForMeasured(String name, int frames) {
        RockingCurve curve = ScanReader.read(folder.resolve(name), ReadSettings.plain());

        assertThat(curve.counts().shape()).isEqualTo(new Shape3(frames, 3, 4));
        assertHoldsFormula(curve);
    }

    @Test
    void cutFramesAreToldInTheLog() {
        try (Warnings warnings = new Warnings(WrittenFrames.class.getName())) {
            ScanReader.read(folder.resolve("blocks_cut.h5"), ReadSettings.plain());

            assertThat(warnings.told()).singleElement().asString().contains("/entry/data", "frame 9");
        }
    }

    @Test
    void aFileWhoseWriterDiedIsReadAsFarAsItGot() {
        RockingCurve curve = ScanReader.read(folder.resolve("swmr.h5"), ReadSettings.plain());

        assertThat(curve.counts().shape()).isEqualTo(new Shape3(6, 3, 4));
        assertHoldsFormula(curve);
    }

    @ParameterizedTest
    @CsvSource({"pattern/master.h5, 8", "pattern/groups.h5, 10"})
    void aVirtualDatasetMayNameItsSourcesByAPattern(String name, int frames) {
        RockingCurve curve = ScanReader.read(folder.resolve(name), ReadSettings.plain());

        assertThat(curve.counts().shape()).isEqualTo(new Shape3(frames, 3, 4));
        assertThat(curve.complete()).isTrue();
        assertHoldsFormula(curve);
    }

    @Test
    void aScanWithoutAnyFrameIsRefused() {
        assertRefused("unwritten.h5", "holds no frame");
    }

    @ParameterizedTest
    @CsvSource({"bliss/sample.h5, ", "bliss/collection.h5, ", "bliss/sample.h5, /1.1", "bliss/two.h5, 1.1/"})
    void aMasterFileOfBlissLeadsToTheFilesOfTheDetector(String name, String dataset) {
        RockingCurve curve = ScanReader.read(folder.resolve(name), dataset(dataset));

        assertThat(curve.counts().shape()).isEqualTo(new Shape3(10, 3, 4));
        assertHoldsFormula(curve);
        assertThat(curve.complete()).isTrue();
    }

    @Test
    void aLinkToAMasterFileLeadsToTheFilesBesideIt(@TempDir Path elsewhere) throws IOException {
        Path link = Files.createSymbolicLink(
                elsewhere.resolve("sample.h5"),
                folder.resolve("bliss/sample.h5").toRealPath());
        assertThat(ScanReader.read(link, ReadSettings.plain()).complete()).isTrue();
    }

    @Test
    void theTitleTellsWhichMotorWasScanned() {
        RockingCurve curve = ScanReader.read(folder.resolve("bliss/sample.h5"), ReadSettings.plain());

        assertThat(curve.positions()).hasSize(10).startsWith(0.0).endsWith(0.9);
    }

    @Test
    void framesInADetectorFileThatIsLostAreNotTakenForZeros() {
        RockingCurve curve = ScanReader.read(folder.resolve("bliss/lost.h5"), ReadSettings.plain());

        assertThat(curve.counts().shape().nz()).isEqualTo(6);
        assertHoldsFormula(curve);
    }

    @Test
    void anAbortedScanIsAsLongAsItsDetectorFiles() {
        RockingCurve curve = ScanReader.read(folder.resolve("bliss/aborted.h5"), ReadSettings.plain());

        assertThat(curve.counts().shape().nz()).isEqualTo(8);
        assertThat(curve.positions()).hasSize(8);
    }

    @ParameterizedTest
    @ValueSource(strings = {"turns/master.h5", "linked/master.h5", "endless/master.h5"})
    void framesOfAVirtualDatasetAreAllTaken(String name) {
        RockingCurve curve = ScanReader.read(folder.resolve(name), ReadSettings.plain());

        assertThat(curve.counts().shape()).isEqualTo(new Shape3(10, 3, 4));
        assertThat(curve.complete()).isTrue();
        assertHoldsFormula(curve);
    }

    @Test
    void framesThatAMasterFilePicksAreTheOnesLookedFor() {
        RockingCurve curve = ScanReader.read(folder.resolve("picked/master.h5"), ReadSettings.plain());

        assertThat(curve.counts().shape()).isEqualTo(new Shape3(6, 3, 4));
        assertThat(curve.missingFrames()).containsExactly(3);
        assertThat(curve.counts().at(5, 0, 0)).isEqualTo(800);
    }

    @Test
    void aFrameOfWhichOneModuleIsLostIsNotTakenForMeasured() {
        RockingCurve curve = ScanReader.read(folder.resolve("halves/master.h5"), ReadSettings.plain());

        assertThat(curve.counts().shape()).isEqualTo(new Shape3(9, 3, 4));
        assertThat(curve.missingFrames()).containsExactly(7);
        assertThat(curve.mask().count()).isEqualTo(12);
        assertThat(curve.counts().at(8, 2, 3)).isEqualTo(823);
    }

    @Test
    void theOnlyVolumeOfAPlainFileIsTaken() {
        RockingCurve curve = ScanReader.read(folder.resolve("plain.h5"), ReadSettings.plain());

        assertThat(curve.counts().at(3, 2, 3)).isEqualTo(323);
        assertThat(curve.mask().count()).isEqualTo(1);
        assertThat(curve.mask().masked(curve.counts().shape().index(1, 1, 1))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"u1", "u2_big", "u4", "u4_big", "u8", "i1", "i2_big", "i4", "i8_big", "f4", "f8_big", "f2"})
    void everyNumberTypeIsRead(String dataset) {
        RockingCurve curve = ScanReader.read(folder.resolve("types.h5"), dataset(dataset));

        assertThat(curve.counts().shape()).isEqualTo(new Shape3(2, 3, 4));
        assertHoldsFormula(curve);
        assertThat(curve.mask().count()).isZero();
    }

    @Test
    void valuesThatMeanNoDataAreMaskedByTheTypeInTheFile() {
        Path file = folder.resolve("types.h5");

        assertThat(ScanReader.read(file, dataset("maximum")).mask().data()).containsExactly(0, 1, 1, 0);
        assertThat(ScanReader.read(file, dataset("minus")).mask().data()).containsExactly(0, 1, 0, 0);
    }

    @Test
    void severalVolumesAreOfferedForChoice() {
        assertRefused(
                "several.h5",
                "holds 2 volumes; choose one by bcdi process --dataset: /one (4x3x4 uint16), /two (5x3x4");
        assertRefused(
                "bliss/two.h5", "choose one by bcdi process --dataset: /1.1/measurement/mpx (10x3x4 uint16), /2.1/");
        assertThat(ScanReader.read(folder.resolve("several.h5"), dataset("two"))
                        .counts()
                        .shape())
                .isEqualTo(new Shape3(5, 3, 4));
    }

    @Test
    void anAbsentDatasetIsAnsweredWithThoseThatAreThere() {
        assertThatThrownBy(() -> ScanReader.read(folder.resolve("lima.h5"), dataset("/entry_0000/nothing")))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("has no dataset /entry_0000/nothing")
                .hasMessageContaining("/entry_0000/measurement/data (5x3x4 uint16)");
    }

    @Test
    void aLinkThatLeadsNowhereIsNamed() {
        String words =
                "no dataset of three axes.*; /1\\.1 -> gone\\.h5:/1\\.1 cannot be found: bring the files together"
                        + " again\\.";
        for (String path : new String[] {null, "/1.1/measurement/mpx"}) {
            assertThatThrownBy(() -> ScanReader.read(folder.resolve("broken.h5"), dataset(path)))
                    .isInstanceOf(InputException.class)
                    .hasMessageMatching(".*" + words);
        }
    }

    @Test
    void aMaskForAllFramesBesideTheCountsOfACxiFileIsRegarded() {
        RockingCurve curve = ScanReader.read(folder.resolve("foreign.cxi"), ReadSettings.plain());

        assertThat(curve.mask().count()).isEqualTo(5);
        assertThat(curve.mask().masked(4 * 12 + 6)).isTrue();
        assertThat(curve.counts().at(4, 1, 2)).isZero();
    }

    @Test
    void aNumpyArrayHasNoDatasetToChoose() {
        assertHoldsFormula(ScanReader.read(folder.resolve("array.npy"), ReadSettings.plain()));
        assertThatThrownBy(() -> ScanReader.check(folder.resolve("array.npy"), dataset("/data")))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("holds a single array and no dataset /data");
    }

    @ParameterizedTest
    @CsvSource({
        "flat, has 2 axes (3x4 float64)",
        "deep, has 4 axes",
        "empty, is empty",
        "words, holds string elements",
        "complex, holds complex elements",
    })
    void whatIsNoRockingCurveIsRefused(String dataset, String words) {
        assertThatThrownBy(() -> ScanReader.read(folder.resolve("odd.h5"), dataset(dataset)))
                .isInstanceOf(InputException.class)
                .hasMessageContaining(words);
    }

    @Test
    void whatIsNoFileOfOursIsRefused() throws IOException {
        Files.writeString(folder.resolve("text.h5"), "not HDF5 at all");

        assertRefused("absent.h5", "does not exist");
        assertRefused("text.h5", "is not an HDF5 file");
        assertRefused("bliss", "is a directory");
        assertRefused("truncated.h5", "truncated.h5");
    }

    @Test
    void chunksNeedNotBeFrames() {
        RockingCurve curve = ScanReader.read(folder.resolve("chunked.h5"), ReadSettings.plain());

        assertThat(curve.counts().shape()).isEqualTo(new Shape3(20, 3, 4));
        assertHoldsFormula(curve);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"region.h5", "region_master.h5", "region_nested.h5", "region_linked.h5", "region_collected.h5"})
    void theFileTellsWhichRegionOfTheDetectorItIs(String name) {
        RockingCurve curve = ScanReader.read(
                folder.resolve(name),
                new ReadSettings(Optional.empty(), "maxipix-2x2", Optional.empty(), new RoiChoice.Whole()));

        assertThat(curve.roi()).isEqualTo(new Roi(100, 110, 250, 262));
        assertThat(curve.mask().count()).isEqualTo(5 * 10 * 6);
        assertThat(curve.mask().masked(5)).isTrue();
        assertThat(curve.mask().masked(4)).isFalse();
        assertThat(curve.mask().masked(11)).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "region.h5, 100:110,250:262",
        "region_master.h5, 100:110,250:262",
        "binned.h5, 0:10,0:12",
        "turned.h5, 0:10,0:12",
        "bliss/lost.h5, 0:3,0:4",
    })
    void withoutADetectorTheFileTellsItsRegionWhereItCan(String name, String rows, String columns) {
        RockingCurve curve = ScanReader.read(folder.resolve(name), ReadSettings.plain());

        assertThat(curve.roi()).hasToString(rows + "," + columns);
    }

    @Test
    void aMaskOfTheWholeDetectorIsCutToTheRegionThatTheFileTells() {
        byte[] bad = new byte[516 * 516];
        bad[101 * 516 + 252] = 1;
        RockingCurve curve = ScanReader.read(
                folder.resolve("region.h5"),
                new ReadSettings(
                        Optional.empty(),
                        "none",
                        Optional.of(new GivenMask.OfFrame(new FrameMask(516, 516, bad))),
                        new RoiChoice.Whole()));

        assertThat(curve.mask().count()).isEqualTo(5);
        assertThat(curve.mask().masked(12 + 2)).isTrue();
    }

    @Test
    void aRegionInTheFileAndOneOfTheUserAddUp() {
        RockingCurve curve = ScanReader.read(
                folder.resolve("region.h5"),
                new ReadSettings(Optional.empty(), "maxipix-2x2", Optional.empty(), RoiChoice.parse("2:4,4:8")));

        assertThat(curve.roi()).isEqualTo(new Roi(102, 104, 254, 258));
        assertThat(curve.mask().data()).startsWith(0, 1, 1, 1);
    }

    @Test
    void theUsersRegionTellsWhichPartOfTheDetectorTheFramesAre() {
        RockingCurve curve = ScanReader.read(
                folder.resolve("lima.h5"),
                new ReadSettings(Optional.empty(), "maxipix-2x2", Optional.empty(), RoiChoice.parse("259:262,0:4")));

        assertThat(curve.counts().shape()).isEqualTo(new Shape3(5, 3, 4));
        assertThat(curve.mask().data()).startsWith(1, 1, 1, 1, 1, 1, 1, 1, 0, 0, 0, 0);
        assertThat(curve.roi()).isEqualTo(new Roi(259, 262, 0, 4));
    }

    @Test
    void aFrameOfAnotherSizeThanTheDetectorIsRefused() {
        assertThatThrownBy(() -> ScanReader.read(
                        folder.resolve("lima.h5"),
                        new ReadSettings(Optional.empty(), "maxipix-2x2", Optional.empty(), new RoiChoice.Whole())))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("Frames of 3x4");
    }

    @ParameterizedTest
    @ValueSource(strings = {"binned.h5", "turned.h5"})
    void framesThatAreBinnedOrTurnedFitNoDetector(String name) {
        assertThatThrownBy(() -> ScanReader.read(
                        folder.resolve(name),
                        new ReadSettings(Optional.empty(), "maxipix-2x2", Optional.empty(), new RoiChoice.Whole())))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("binned");
    }

    @ParameterizedTest
    @CsvSource({"half.h5", "mirrored.h5"})
    void gapsOfADetectorMayBeElsewhereInMirroredFrames(String name) {
        try (Warnings warnings = new Warnings(Placement.class.getName())) {
            ScanReader.read(folder.resolve(name), ReadSettings.plain());
            assertThat(warnings.told()).isEmpty();
            ScanReader.read(
                    folder.resolve(name),
                    new ReadSettings(Optional.empty(), "maxipix-2x2", Optional.empty(), RoiChoice.parse("0:3,0:4")));
            assertThat(warnings.told())
                    .singleElement(as(STRING))
                    .contains(name, "the gaps of maxipix-2x2 may be elsewhere in them");
        }
    }

    @Test
    void whatMarksPixelsWithoutDataMayBeSummed() {
        try (Warnings warnings = new Warnings(Placement.class.getName())) {
            ScanReader.read(folder.resolve("summed.h5"), ReadSettings.plain());
            assertThat(warnings.told()).singleElement(as(STRING)).contains("summed.h5 is the sum of several images");
        }
    }

    /** 500 frames of 2167x2070 are more voxels than an array holds; two were taken. */
    @Test
    void aScanIsAsLargeAsWhatWasTakenOfItAndIsKept() {
        Mask given = new Mask(new Shape3(500, 4, 4), new byte[500 * 4 * 4]);
        RockingCurve curve = ScanReader.read(
                folder.resolve("huge.h5"),
                new ReadSettings(
                        Optional.empty(),
                        "none",
                        Optional.of(new GivenMask.OfVolume(given)),
                        RoiChoice.parse("50:54,50:54")));

        assertThat(curve.counts().shape()).isEqualTo(new Shape3(2, 4, 4));
        assertThat(curve.mask().data()).startsWith(0, 1, 0, 0, 0, 1);
        assertThat(curve.positions()).containsExactly(5.0, 5.5);
        assertThat(ScanReader.check(
                        folder.resolve("huge.h5"),
                        new ReadSettings(Optional.empty(), "none", Optional.empty(), new RoiChoice.Whole())))
                .isEqualTo(2L * 2167 * 2070 * 5);
    }

    /** Four links a group, into the other file and back. */
    @Test
    @Timeout(60)
    void linksThatLeadRoundInCirclesHaveAnEnd() {
        RockingCurve curve = ScanReader.read(folder.resolve("round/there.h5"), ReadSettings.plain());

        assertThat(curve.counts().shape()).isEqualTo(new Shape3(5, 3, 4));
    }

    @Test
    void oneDatasetBehindALinkToAnotherFileIsOneWhateverItsNames() {
        RockingCurve curve = ScanReader.read(folder.resolve("outer.h5"), ReadSettings.plain());

        assertThat(curve.counts().shape()).isEqualTo(new Shape3(5, 3, 4));
    }

    @Test
    void aRegionIsCutOutOfFramesAndMasks() {
        FrameMask given = new FrameMask(3, 4, new byte[] {0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0});
        RockingCurve curve = ScanReader.read(
                folder.resolve("lima.h5"),
                new ReadSettings(
                        Optional.empty(),
                        "none",
                        Optional.of(new GivenMask.OfFrame(given)),
                        RoiChoice.parse("1:3,1:3")));

        assertThat(curve.counts().shape()).isEqualTo(new Shape3(5, 2, 2));
        assertThat(curve.counts().data()).startsWith(11, 0, 21, 22);
        assertThat(curve.mask().data()).startsWith(0, 1, 0, 0);
    }

    @Test
    void aVolumeMaskIsAppliedAndCut() {
        byte[] voxels = new byte[60];
        voxels[2 * 12 + 6] = 1;
        Mask given = new Mask(new Shape3(5, 3, 4), voxels);
        RockingCurve curve = ScanReader.read(
                folder.resolve("lima.h5"),
                new ReadSettings(
                        Optional.empty(),
                        "none",
                        Optional.of(new GivenMask.OfVolume(given)),
                        RoiChoice.parse("1:3,1:3")));

        assertThat(curve.mask().count()).isEqualTo(1);
        assertThat(curve.counts().at(2, 0, 1)).isZero();
        assertThat(curve.counts().at(2, 0, 0)).isEqualTo(211);
    }

    @Test
    void anAutomaticRegionIsNotDrawnToWhatAVolumeMaskTakesOut() {
        byte[] voxels = new byte[60];
        for (int i = 0; i < voxels.length; i++) {
            voxels[i] = (byte) (i % 4 >= 2 ? 1 : 0);
        }
        RockingCurve curve = ScanReader.read(
                folder.resolve("lima.h5"),
                new ReadSettings(
                        Optional.empty(),
                        "none",
                        Optional.of(new GivenMask.OfVolume(new Mask(new Shape3(5, 3, 4), voxels))),
                        RoiChoice.parse("auto:1")));

        assertThat(curve.roi().x1()).isLessThanOrEqualTo(2);
        assertThat(curve.mask().count()).isZero();
    }

    @Test
    void aVolumeMaskOfTheWholeRegionFitsAScanThatWasAborted() {
        byte[] voxels = new byte[20 * 4];
        voxels[8 * 4 + 1] = 1;
        RockingCurve curve = ScanReader.read(
                folder.resolve("aborted.h5"),
                new ReadSettings(
                        Optional.empty(),
                        "none",
                        Optional.of(new GivenMask.OfVolume(new Mask(new Shape3(20, 2, 2), voxels))),
                        RoiChoice.parse("1:3,1:3")));

        assertThat(curve.counts().shape()).isEqualTo(new Shape3(9, 2, 2));
        assertThat(curve.mask().count()).isEqualTo(1);
        assertThat(curve.counts().at(8, 0, 1)).isZero();
    }

    @Test
    void aScanWithoutAnyMeasuredPixelIsRefused() {
        byte[] all = new byte[12];
        Arrays.fill(all, (byte) 1);
        assertThatThrownBy(() -> ScanReader.read(
                        folder.resolve("lima.h5"),
                        new ReadSettings(
                                Optional.empty(),
                                "none",
                                Optional.of(new GivenMask.OfFrame(new FrameMask(3, 4, all))),
                                new RoiChoice.Whole())))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("holds no pixel that measured anything");
    }

    @Test
    void aMaskOfAnotherShapeIsRefused() {
        GivenMask frame = new GivenMask.OfFrame(FrameMask.none(4, 4));
        GivenMask shorter = new GivenMask.OfVolume(Mask.none(new Shape3(4, 3, 4)));
        GivenMask longer = new GivenMask.OfVolume(Mask.none(new Shape3(6, 3, 4)));
        GivenMask wider = new GivenMask.OfVolume(Mask.none(new Shape3(5, 3, 5)));
        for (GivenMask mask : new GivenMask[] {frame, shorter, longer, wider}) {
            assertThatThrownBy(() -> ScanReader.check(
                            folder.resolve("lima.h5"),
                            new ReadSettings(Optional.empty(), "none", Optional.of(mask), new RoiChoice.Whole())))
                    .isInstanceOf(InputException.class)
                    .hasMessageContaining("does not fit");
        }
    }

    @Test
    @EnabledIfPython({"h5py", "lz4.block"})
    void bitshuffleIsReadDirectlyAndThroughAVirtualDataset() throws IOException {
        Path file = folder.resolve("bitshuffle.h5");
        Path master = folder.resolve("bitshuffle_master.h5");
        Python.run(script("bitshuffle.py"), file, master);

        for (Path path : new Path[] {file, master}) {
            RockingCurve curve = ScanReader.read(path, ReadSettings.plain());

            Shape3 shape = curve.counts().shape();
            assertThat(shape).isEqualTo(new Shape3(5, 21, 13));
            for (int i = 0; i < shape.size(); i++) {
                int z = i / shape.frameSize();
                int y = i % shape.frameSize() / shape.nx();
                assertThat(curve.counts().data()[i]).isEqualTo(1000 * z + 37 * y + i % shape.nx());
            }
        }
    }

    static String script(String name) throws IOException {
        try (var stream = Objects.requireNonNull(ScanReaderTest.class.getResourceAsStream(name))) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static ReadSettings dataset(String path) {
        return new ReadSettings(Optional.ofNullable(path), "none", Optional.empty(), new RoiChoice.Whole());
    }

    private static void assertRefused(String name, String words) {
        assertThatThrownBy(() -> ScanReader.read(folder.resolve(name), ReadSettings.plain()))
                .isInstanceOf(InputException.class)
                .hasMessageContaining(words);
    }

    @ParameterizedTest
    @CsvSource({"master.h5, 10", "master_aborted.h5, 8", "master_one.h5, 4"})
    void aScanThatTheDetectorSplitIsReadWholeAndAsFarAsItGot(String name, int frames) {
        RockingCurve curve = ScanReader.read(folder.resolve(name), ReadSettings.plain());

        assertThat(curve.counts().shape()).isEqualTo(new Shape3(frames, 3, 4));
        assertHoldsFormula(curve);
        assertThat(curve.mask().count()).isZero();
    }

    @ParameterizedTest
    @CsvSource({
        "master_lost.h5, master_lost_data_000002.h5",
        "master_late.h5, begins with /entry/data/data_000003",
        "master_last.h5, master_last_data_000001.h5:/entry/data/data cannot be found",
        "master_skipped.h5, no whole scan",
        "master_mixed.h5, differ in their frames"
    })
    void partsThatAreNoWholeScanAreRefused(String name, String words) {
        assertThatThrownBy(() -> ScanReader.read(folder.resolve(name), ReadSettings.plain()))
                .isInstanceOf(InputException.class)
                .hasMessageContaining(words)
                .hasMessageContaining("--dataset");
    }

    @Test
    void onePartOfASplitScanIsReadByItsName() {
        ReadSettings second = new ReadSettings(
                Optional.of("/entry/data/data_000002"), "none", Optional.empty(), new RoiChoice.Whole());

        RockingCurve curve = ScanReader.read(folder.resolve("master.h5"), second);

        assertThat(curve.counts().shape()).isEqualTo(new Shape3(4, 3, 4));
        assertThat(curve.counts().at(0, 2, 1)).isEqualTo(421);
    }

    private static void assertHoldsFormula(RockingCurve curve) {
        Shape3 shape = curve.counts().shape();
        for (int z = 0; z < shape.nz(); z++) {
            for (int y = 0; y < shape.ny(); y++) {
                for (int x = 0; x < shape.nx(); x++) {
                    assertThat(curve.counts().at(z, y, x)).isEqualTo(100 * z + 10 * y + x);
                }
            }
        }
    }
}
