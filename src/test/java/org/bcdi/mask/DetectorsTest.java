package org.bcdi.mask;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bcdi.task.InputException;
import org.bcdi.volume.Roi;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DetectorsTest {
    @ParameterizedTest
    @CsvSource({
        "maxipix-2x2, 516, 516, 55, 6156",
        "maxipix-5x1, 256, 1296, 55, 6144",
        "eiger-500k, 514, 1030, 75, 0",
        "eiger-1m, 1065, 1030, 75, 38110",
        "eiger-4m, 2167, 2070, 75, 250330",
        "eiger-9m, 3269, 3110, 75, 637030",
        "eiger-16m, 4371, 4150, 75, 1198210",
        "eiger2-500k, 512, 1028, 75, 0",
        "eiger2-1m, 1062, 1028, 75, 39064",
        "eiger2-4m, 2162, 2068, 75, 260328",
        "eiger2-9m, 3262, 3108, 75, 664248",
        "eiger2-16m, 4362, 4148, 75, 1250824",
    })
    void sizesAndGapPixelsAreThoseOfTheDetector(String name, int height, int width, double pixel, int gapPixels) {
        DetectorGeometry geometry = Detectors.named(name);

        assertThat(geometry.height()).isEqualTo(height);
        assertThat(geometry.width()).isEqualTo(width);
        assertThat(geometry.pixelMicrometres()).isEqualTo(pixel);
        assertThat(geometry.gaps().count()).isEqualTo(gapPixels);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "maxipix-2x2 | [255,261) | [255,261)",
                "maxipix-5x1 | - | [255,261) [515,521) [775,781) [1035,1041)",
                "eiger-500k | - | -",
                "eiger-1m | [514,551) | -",
                "eiger-4m | [514,551) [1065,1102) [1616,1653) | [1030,1040)",
                "eiger-9m | [514,551) [1065,1102) [1616,1653) [2167,2204) [2718,2755) | [1030,1040) [2070,2080)",
                "eiger-16m | [514,551) [1065,1102) [1616,1653) [2167,2204) [2718,2755) [3269,3306) [3820,3857)"
                        + " | [1030,1040) [2070,2080) [3110,3120)",
                "eiger2-1m | [512,550) | -",
                "eiger2-4m | [512,550) [1062,1100) [1612,1650) | [1028,1040)",
                "eiger2-9m | [512,550) [1062,1100) [1612,1650) [2162,2200) [2712,2750) | [1028,1040) [2068,2080)",
                "eiger2-16m | [512,550) [1062,1100) [1612,1650) [2162,2200) [2712,2750) [3262,3300) [3812,3850)"
                        + " | [1028,1040) [2068,2080) [3108,3120)",
                "eiger2m-id01 | [255,259) [511,552) [804,809) [1061,1102) [1355,1359) [1611,1652) [1905,1909)"
                        + " | [255,259) [513,517) [771,775)",
            })
    void gapsAreTheRangesOfTheTable(String name, String rows, String columns) {
        FrameMask gaps = Detectors.named(name).gaps();

        assertThat(fullRows(gaps)).isEqualTo(rows);
        assertThat(fullColumns(gaps)).isEqualTo(columns);
    }

    @Test
    void theEigerOfId01HasItsBadBlocksMasked() {
        FrameMask gaps = Detectors.named("eiger2m-id01").gaps();

        assertThat(gaps.masked(0, 72)).isTrue();
        assertThat(gaps.masked(0, 80)).isFalse();
        assertThat(gaps.masked(1250, 478)).isTrue();
        assertThat(gaps.masked(1250, 479)).isFalse();
        assertThat(gaps.masked(1297, 481)).isTrue();
        assertThat(gaps.masked(1700, 627)).isTrue();
        assertThat(gaps.masked(1700, 628)).isFalse();
    }

    @Test
    void everyNameThatIsListedIsAccepted() {
        assertThat(Detectors.names()).hasSize(14).endsWith("none");
        for (String name : Detectors.names()) {
            if (!Detectors.isNone(name)) {
                assertThat(Detectors.named(name).name()).isEqualTo(name);
            }
        }
    }

    @Test
    void capitalsDoNotMatter() {
        assertThat(Detectors.named("MAXIPIX-2x2").name()).isEqualTo("maxipix-2x2");
    }

    @Test
    void anUnknownNameIsAnsweredWithThoseThatAreKnown() {
        assertThatThrownBy(() -> Detectors.named("pilatus"))
                .isInstanceOf(InputException.class)
                .hasMessageStartingWith("Detector 'pilatus' is unknown; choose one of maxipix-2x2, ")
                .hasMessageEndingWith(", none.");
    }

    @Test
    void noneHasNoSizeOfItsOwnAndNoGapsInAnyFrame() {
        assertThatThrownBy(() -> Detectors.named("none")).isInstanceOf(InputException.class);
        assertThat(Detectors.maskFor("none", 3, 7, Optional.empty()).count()).isZero();
    }

    @Test
    void aRegionOfTheDetectorShowsTheGapsThatCrossIt() {
        Roi roi = new Roi(250, 258, 0, 4);

        FrameMask part = Detectors.maskFor("maxipix-2x2", 8, 4, Optional.of(roi));

        assertThat(fullRows(part)).isEqualTo("[5,8)");
        assertThat(part.count()).isEqualTo(12);
    }

    @Test
    void aFrameOfAnotherSizeIsRefused() {
        assertThatThrownBy(() -> Detectors.maskFor("maxipix-2x2", 256, 256, Optional.empty()))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("256x256")
                .hasMessageContaining("maxipix-2x2 (516x516)");
    }

    @Test
    void aRegionOfAnotherSizeThanTheFrameIsRefused() {
        assertThatThrownBy(() -> Detectors.maskFor("maxipix-2x2", 5, 4, Optional.of(new Roi(0, 4, 0, 4))))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("0:4,0:4");
    }

    @Test
    void aRegionThatLeavesTheDetectorIsRefused() {
        assertThatThrownBy(() -> Detectors.maskFor("maxipix-2x2", 8, 8, Optional.of(new Roi(512, 520, 0, 8))))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("512:520,0:8");
    }

    private static String fullRows(FrameMask mask) {
        boolean[] full = new boolean[mask.height()];
        for (int row = 0; row < full.length; row++) {
            full[row] = true;
            for (int column = 0; column < mask.width(); column++) {
                full[row] &= mask.masked(row, column);
            }
        }
        return ranges(full);
    }

    private static String fullColumns(FrameMask mask) {
        boolean[] full = new boolean[mask.width()];
        for (int column = 0; column < full.length; column++) {
            full[column] = true;
            for (int row = 0; row < mask.height(); row++) {
                full[column] &= mask.masked(row, column);
            }
        }
        return ranges(full);
    }

    private static String ranges(boolean[] set) {
        List<String> ranges = new ArrayList<>();
        for (int from = 0; from < set.length; from++) {
            int to = from;
            while (to < set.length && set[to]) {
                to++;
            }
            if (to > from) {
                ranges.add("[" + from + "," + to + ")");
                from = to;
            }
        }
        return ranges.isEmpty() ? "-" : String.join(" ", ranges);
    }
}
