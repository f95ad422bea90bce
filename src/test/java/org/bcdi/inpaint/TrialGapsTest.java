package org.bcdi.inpaint;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.bcdi.mask.Mask;
import org.bcdi.volume.Shape3;
import org.bcdi.volume.Volume;
import org.junit.jupiter.api.Test;

class TrialGapsTest {
    private static final Shape3 SHAPE = new Shape3(6, 50, 60);

    @Test
    void copiesOfACrossLieSixVoxelsBesideIt() {
        Gaps cross = Gaps.of(Scenes.cross(SHAPE, 20, 30, 4));

        Gaps trial = TrialGaps.beside(cross, cross);

        for (int x : new int[] {20, 23, 40, 43}) {
            assertThat(trial.masked(SHAPE.index(3, 5, x))).as("column %d", x).isTrue();
        }
        for (int x : new int[] {19, 24, 30, 33, 39, 44}) {
            assertThat(trial.masked(SHAPE.index(3, 5, x))).as("column %d", x).isFalse();
        }
        assertThat(trial.masked(SHAPE.index(3, 10, 5))).isTrue();
        assertThat(trial.masked(SHAPE.index(3, 30, 5))).isTrue();
        assertThat(trial.masked(SHAPE.index(3, 20, 5))).isFalse();
    }

    @Test
    void thereIsNothingToTryWhereCopiesWouldLieOutsideOrWhereGapsHaveNoSides() {
        Shape3 thin = new Shape3(2, 12, 60);
        Mask row = Scenes.cross(thin, 4, 100, 4);
        Gaps gaps = Gaps.of(row);
        assertThat(TrialGaps.beside(gaps, gaps).count()).isZero();

        Gaps border = Gaps.of(Scenes.cross(SHAPE, 0, 56, 4));
        assertThat(TrialGaps.beside(border, border).count()).isZero();
    }

    @Test
    void theCommonestRunIsTheShorterOfTwoThatAreAsCommonAndNotLongerThanEighteen() {
        Mask both = Scenes.cross(SHAPE, 100, 10, 2).or(Scenes.cross(SHAPE, 100, 30, 5));
        assertThat(TrialGaps.commonestRun(Gaps.of(both), 2)).isEqualTo(2);
        assertThat(TrialGaps.commonestRun(Gaps.of(Scenes.cross(SHAPE, 100, 10, 19)), 2))
                .isZero();
        assertThat(TrialGaps.commonestRun(Gaps.of(Scenes.cross(SHAPE, 100, 10, 18)), 2))
                .isEqualTo(18);
    }

    @Test
    void theBrightestWindowsStayInOrder() {
        Shape3 shape = new Shape3(32, 32, 20 * 32);
        Gaps trial = Gaps.of(Scenes.cross(shape, 10, 1000, 2));
        float[] counts = new float[shape.size()];
        for (int i = 0; i < counts.length; i++) {
            counts[i] = i % shape.nx() / 32;
        }
        List<Window> windows = Windows.smallOver(trial);

        List<Window> chosen = TrialGaps.brightest(windows, trial, new Volume(shape, counts));

        assertThat(windows).hasSizeGreaterThan(20);
        assertThat(chosen)
                .hasSize(12)
                .allSatisfy(window -> assertThat(window.x()).isGreaterThan(100));
        assertThat(windows).containsSubsequence(chosen);
    }
}
