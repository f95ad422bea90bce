package org.bcdi.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a macro does between any two answers of the detector, thousands of seeded times: no scan gets another's name or frames. */
class InterleavingTest {
    private static final int RUNS = 1500;

    /** Whether it calls EndScan, and which shape its scans have. */
    @ParameterizedTest
    @CsvSource({"false, ACQUISITION", "true, ACQUISITION", "true, STEP"})
    void aMacroThatLeavesTimeForOneLookBetweenItsAcquisitionsLosesNothing(boolean ends, ScanShape shape) {
        List<String> found = new ArrayList<>();
        for (int seed = 0; seed < RUNS; seed++) {
            MacroBeside macro = new MacroBeside(seed, shape, ends).patient();
            found.addAll(macro.play());
            found.addAll(macro.lost());
        }
        assertThat(found).isEmpty();
    }

    /** A scan of it lasts for some seventy answers of the detector, and the next begins at once. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aHastyMacroGetsNothingWrongInSilence(boolean ends) {
        List<String> found = new ArrayList<>();
        int lost = 0;
        for (int seed = 0; seed < RUNS; seed++) {
            MacroBeside macro = new MacroBeside(seed, ScanShape.ACQUISITION, ends);
            found.addAll(macro.play());
            lost += macro.lost().size();
        }
        assertThat(found).isEmpty();
        // of four scans each, one in twenty: their frames were gone before anybody could look
        assertThat(lost).isLessThan(RUNS / 5);
    }

    /** What it loses is told, and the scan after it is whole. */
    @ParameterizedTest
    @CsvSource({"false, ACQUISITION", "true, ACQUISITION", "true, STEP"})
    void aDetectorThatFailsNowAndThenGetsNothingWrongInSilence(boolean ends, ScanShape shape) {
        List<String> found = new ArrayList<>();
        int lost = 0;
        for (int seed = 0; seed < RUNS; seed++) {
            MacroBeside macro = new MacroBeside(seed, shape, ends).patient().troubled();
            found.addAll(macro.play());
            found.addAll(
                    macro.lost().stream().filter(scan -> scan.contains("S4")).toList());
            lost += macro.lost().size();
        }
        assertThat(found).isEmpty();
        assertThat(lost).isLessThan(RUNS / 5);
    }
}
