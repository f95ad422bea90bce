package org.bcdi.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.bcdi.mask.FrameMask;
import org.bcdi.stack.RockingCurve;
import org.bcdi.stack.RoiChoice;
import org.bcdi.volume.Roi;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What becomes of the frames of a scan: regions, masks, memory, names and the backlog. */
class ScanIntakeTest extends FollowerSetup {
    @Test
    void takesScansOfDifferentFrameSizes() {
        follow();
        look(detector.size(4, 6).shoot(2));
        assertThat(taken().orElseThrow().counts().shape().toString()).isEqualTo("2x4x6");
        look(detector.size(3, 5).shoot(3));
        assertThat(taken().orElseThrow().counts().shape().toString()).isEqualTo("3x3x5");
    }

    @Test
    void endsAScanWhoseFramesChangeTheirSize() {
        follow();
        look(detector.prepare(5).start().expose(2));
        look(detector.size(3, 3).expose(1));
        assertThat(taken().orElseThrow().counts().shape().nz()).isEqualTo(2);
        assertThat(board.latest().sentence()).contains("3x3 but the scan began with 4x6");
        look(detector.expose(2).stop());
        look(detector);
        assertThat(taken()).isEmpty();
    }

    @Test
    void refusesFramesThatAreNotTheNamedDetectors() {
        name = "maxipix-2x2";
        follow();
        look(detector.shoot(2));
        look(detector);
        assertThat(taken()).isEmpty();
        assertThat(counters().dropped()).isEqualTo(1);
        assertThat(board.latest().condition()).isEqualTo(Condition.WARNING);
        assertThat(board.latest().sentence()).contains("4x6").contains("maxipix-2x2");
    }

    @Test
    void knowsTheGapsOfTheRegionThatTheDetectorReadsOut() {
        name = "maxipix-2x2";
        follow();
        look(detector.region(new Roi(250, 260, 0, 20)).shoot(2));
        RockingCurve curve = taken().orElseThrow();
        assertThat(curve.mask().masked(curve.counts().shape().index(0, 4, 0))).isFalse();
        assertThat(curve.mask().masked(curve.counts().shape().index(0, 5, 0))).isTrue();
    }

    @Test
    void tellsWhereOnTheDetectorTheKeptRegionIs() {
        wishes = wishes.withRoi(RoiChoice.parse("1:3,2:6"));
        follow();
        look(detector.region(new Roi(250, 260, 40, 60)).shoot(2));
        assertThat(taken().orElseThrow().roi()).isEqualTo(new Roi(251, 253, 42, 46));
    }

    @Test
    void addsTheMaskFile() {
        byte[] pixels = new byte[24];
        pixels[7] = 1;
        maskFile = Optional.of(new FrameMask(4, 6, pixels));
        follow();
        look(detector.shoot(2));
        assertThat(taken().orElseThrow().mask().count()).isEqualTo(2);
    }

    @Test
    void refusesAMaskFileOfAnotherShape() {
        maskFile = Optional.of(new FrameMask(3, 3, new byte[9]));
        follow();
        look(detector.shoot(2));
        assertThat(taken()).isEmpty();
        assertThat(counters().dropped()).isEqualTo(1);
        assertThat(board.latest().sentence()).contains("3x3").contains("4x6");
    }

    @Test
    void keepsTheWishedRegion() {
        wishes = wishes.withRoi(RoiChoice.parse("1:3,2:6"));
        follow();
        look(detector.shoot(2));
        assertThat(taken().orElseThrow().counts().shape().toString()).isEqualTo("2x2x4");
    }

    @Test
    void refusesAScanBeyondTheMemoryBudgetBeforeTakingMemory() {
        budget = 100;
        follow();
        look(detector.shoot(50));
        assertThat(taken()).isEmpty();
        assertThat(counters().dropped()).isEqualTo(1);
        assertThat(board.latest().sentence()).contains("cannot be taken");
    }

    @Test
    void countsScansNotProcessedYetAgainstTheMemoryBudget() {
        budget = 100_000;
        held.set(99_950);
        follow();
        look(detector.shoot(50));
        assertThat(counters().dropped()).isEqualTo(1);
    }

    /** Of frames of 4x6: all, the region, or all and what will be cut out of them. */
    @ParameterizedTest
    @CsvSource({"'', 24", "'1:3,2:6', 8", "auto:2, 28"})
    void countsOfAScanThatWaitsWhatIsKeptOfItsFrames(String roi, int pixels) {
        assertThat(bytesOfAScan(roi, 2)).isEqualTo(2 * pixels * 5);
    }

    @Test
    void countsTheRoomThatAScanOfUnknownLengthWasGiven() {
        assertThat(bytesOfAScan("", 0)).isGreaterThanOrEqualTo(70 * 4 * 6 * 5);
    }

    @Test
    void refusesAScanThatTheProcessHasNoMemoryForThoughTheBudgetAllowsIt() {
        budget = Long.MAX_VALUE;
        follow();
        look(detector.prepare((Integer.MAX_VALUE - 8) / 24).start().expose(1));
        assertThat(taken()).isEmpty();
        assertThat(counters().dropped()).isEqualTo(1);
        assertThat(board.latest().sentence()).contains("cannot be taken: the process has too little memory left");
    }

    @Test
    void showsASingleFrameOfAnAlignmentWithoutProcessingIt() {
        follow();
        look(detector.shoot(1));

        assertThat(taken()).isEmpty();
        assertThat(board.latest().live()).isPresent();
        assertThat(counters().scans()).isZero();
        assertThat(board.latest().condition()).isEqualTo(Condition.ARMED);
        assertThat(board.latest().sentence()).contains("single frame: it is shown and not processed");
        look(detector.shoot(3));
        assertThat(taken()).isPresent();
    }

    @Test
    void takesASingleFrameThatWasAnnounced() {
        follow();
        begin("{\"name\":\"S1\"}");
        look(detector.shoot(1));
        assertThat(taken().orElseThrow().name()).isEqualTo("S1");
    }

    @Test
    void keepsWhatWasAnnouncedOfSeveralFramesWhenASingleOneComesBefore() {
        follow();
        begin("{\"name\":\"S1\",\"frames\":3}");
        look(detector.shoot(1));
        look(detector);
        assertThat(taken()).isEmpty();
        look(detector.shoot(3));
        assertThat(taken().orElseThrow().name()).isEqualTo("S1");
    }

    @Test
    void leavesARegionThatIsToldForTheNextAcquisitionOutOfAccount() {
        name = "maxipix-2x2";
        follow();
        look(detector.size(516, 516).shoot(2).tellRegion(new Roi(0, 100, 0, 100)));
        RockingCurve curve = taken().orElseThrow();
        assertThat(curve.roi()).isEqualTo(new Roi(0, 516, 0, 516));
        assertThat(curve.mask().masked(curve.counts().shape().index(0, 257, 0))).isTrue();
    }

    @Test
    void namesAScanAndKnowsItsPositionsAsAnnounced() {
        follow();
        follower.order(() -> follower.begin(ScanPlan.parse("{\"name\":\"S1\",\"positions\":[1.0,1.5,2.0]}")));
        look(detector.shoot(3));
        RockingCurve curve = taken().orElseThrow();
        assertThat(curve.name()).isEqualTo("S1");
        assertThat(curve.positions()).containsExactly(1.0, 1.5, 2.0);
        look(detector.shoot(2));
        assertThat(taken().orElseThrow().name()).isNotEqualTo("S1");
    }

    @Test
    void givesAPlanToTheAcquisitionThatWasOverBeforeItWasEndedAndTheNextPlanToTheNext() {
        follow();
        follower.order(() -> follower.begin(ScanPlan.parse("{\"name\":\"S1\"}")));
        follower.order(follower::end);
        follower.order(() -> follower.begin(ScanPlan.parse("{\"name\":\"S2\"}")));
        look(detector.shoot(5));
        assertThat(taken().orElseThrow().name()).isEqualTo("S1");
        look(detector.shoot(3));
        assertThat(taken().orElseThrow().name()).isEqualTo("S2");
    }

    @Test
    void fetchesAllThatIsReadyAtTheEndAlthoughMoreIsOrdered() {
        follow();
        look(detector.prepare(9).start());
        follower.order(follower::end);
        follower.wish(false);
        look(detector.expose(9));
        assertThat(taken().orElseThrow().complete()).isTrue();
    }

    @Test
    void keepsThePlanThatIsAnnouncedAtOnceAfterAStartWhileItObeysAnotherOrder() {
        follow();
        follower.wish(false);
        look(detector);
        follower.order(() -> {
            follower.wish(true);
            follower.order(() -> follower.begin(ScanPlan.parse("{\"name\":\"S1\"}")));
        });
        look(detector.prepare(3).start());
        look(detector.expose(3).stop());
        assertThat(taken().orElseThrow().name()).isEqualTo("S1");
    }

    @Test
    void stoppingEndsTheScanWithWhatIsIn() {
        follow();
        look(detector.prepare(5).start().expose(2));
        follower.wish(false);
        look(detector);
        assertThat(taken().orElseThrow().counts().shape().nz()).isEqualTo(2);
        assertThat(board.latest().following()).isEqualTo(Following.NOT);
        look(detector.expose(3).stop());
        assertThat(taken()).isEmpty();
    }

    @Test
    void droppingForgetsTheScanAndTheRestOfItsFrames() {
        follow();
        look(detector.prepare(5).start().expose(2));
        follower.order(follower::drop);
        look(detector.expose(1));
        look(detector.expose(2));
        look(detector.stop());
        look(detector);
        assertThat(taken()).isEmpty();
        assertThat(board.latest().stage()).isEqualTo(Stage.IDLE);
        look(detector.shoot(2));
        assertPixels(taken().orElseThrow(), 2);
    }

    @Test
    void droppingForgetsWhatWasAnnounced() {
        follow();
        follower.order(() -> follower.begin(ScanPlan.parse("{\"name\":\"S1\",\"positions\":[1.0,1.5]}")));
        follower.order(follower::drop);
        look(detector.shoot(2));
        RockingCurve curve = taken().orElseThrow();
        assertThat(curve.name()).isNotEqualTo("S1");
        assertThat(curve.positions()).isEmpty();
    }

    @Test
    void aScanOfAnotherLengthThanAnnouncedHasNoPositionsAndSaysSo() {
        follow();
        follower.order(() -> follower.begin(ScanPlan.parse("{\"name\":\"S1\",\"positions\":[1.0,1.5,2.0]}")));
        look(detector.shoot(2));
        RockingCurve curve = taken().orElseThrow();
        assertThat(curve.name()).isEqualTo("S1");
        assertThat(curve.positions()).isEmpty();
        assertThat(board.latest().condition()).isEqualTo(Condition.WARNING);
        assertThat(board.latest().sentence())
                .contains("S1 is incomplete: 3 frames were announced and the detector was set for 2.");
    }

    @Test
    void anEndlessAcquisitionWithMoreFramesThanAnnouncedHasNoPositionsAndSaysSo() {
        follow();
        follower.order(() -> follower.begin(ScanPlan.parse("{\"name\":\"S1\",\"positions\":[1.0,1.5,2.0]}")));
        look(detector.prepare(0).start().expose(4).stop());
        look(detector);
        assertThat(taken().orElseThrow().positions()).isEmpty();
        assertThat(board.latest().sentence()).contains("3 frames were announced and the detector gave 4.");
    }

    @Test
    void dropsTheThirdScanThatWouldWaitAndCountsIt() {
        overload = OverloadPolicy.DROP;
        follow();
        look(detector.shoot(2));
        look(detector.shoot(3));
        look(detector.shoot(4));
        assertThat(counters().dropped()).isEqualTo(1);
        assertThat(board.latest().sentence()).contains("was dropped: 2 scans already wait");
        assertThat(taken().orElseThrow().counts().shape().nz()).isEqualTo(2);
        assertThat(taken().orElseThrow().counts().shape().nz()).isEqualTo(3);
        assertThat(taken()).isEmpty();
    }

    @Test
    void countsTheScansThatPassWhileOneWaitsAtTheDoor() {
        follow();
        for (int frames = 2; frames <= 4; frames++) {
            look(detector.shoot(frames));
        }
        assertThat(board.latest().sentence()).contains("Processing is behind");
        int given = detector.given();
        look(detector.shoot(5));
        assertThat(counters().lag()).isEqualTo(5);
        look(detector.shoot(6));
        assertThat(counters().dropped()).isEqualTo(1);
        assertThat(board.latest().sentence()).contains("before all frames were fetched, since processing is behind");
        assertThat(detector.given()).isEqualTo(given);

        for (int frames = 2; frames <= 4; frames++) {
            assertThat(taken().orElseThrow().counts().shape().nz()).isEqualTo(frames);
        }
        assertThat(board.latest().sentence()).doesNotContain("Processing is behind");
        look(detector);
        assertPixels(taken().orElseThrow(), 5);
    }

    @Test
    void singleFramesThatPassWhileOneWaitsAtTheDoorAreNoLostScans() {
        follow();
        for (int frames = 2; frames <= 4; frames++) {
            look(detector.shoot(frames));
        }
        for (int point = 0; point < 3; point++) {
            look(detector.prepare(1).start());
            look(detector.expose(1).stop());
        }
        assertThat(counters().dropped()).isZero();
        assertThat(board.latest().notices().alarm()).isEmpty();
    }

    @Test
    void aScanLostAtTheDoorTakesItsNameWithIt() {
        follow();
        for (int frames = 2; frames <= 4; frames++) {
            look(detector.shoot(frames));
        }
        begin("{\"name\":\"lost\"}");
        look(detector.shoot(5));
        look(detector.shoot(6));
        taken();
        look(detector);
        assertThat(board.latest().jobs()).noneMatch(job -> job.scan().equals("lost"));
    }

    @Test
    void showsTheNewestFrameWhileTheScanRuns() {
        follow();
        look(detector.prepare(5).start().expose(2));
        LiveFrame live = board.latest().live().orElseThrow();
        assertThat(live.number()).isLessThanOrEqualTo(1);
        assertThat(live.counts()[0][1]).isEqualTo(FakeDetector.pixel(1, live.number(), 1));
    }
}
