package org.bcdi.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import org.bcdi.stack.RockingCurve;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Acquisitions told apart and taken, look by look, without threads. */
class FollowerTest extends FollowerSetup {
    @Test
    void takesAnAcquisitionFrameByFrameAndEndsItWhenTheDetectorStandsStill() {
        follow();
        look(detector.prepare(5));
        look(detector.start());
        look(detector.expose(2));
        assertThat(counters()).isEqualTo(new Counters(0, 5, 2, 0, 0, 0));
        assertThat(board.latest().stage()).isEqualTo(Stage.ACQUIRING);
        assertThat(board.latest().progress()).isEqualTo(40);
        look(detector.expose(3));
        assertThat(taken()).isEmpty();
        look(detector.stop());

        RockingCurve curve = taken().orElseThrow();
        assertThat(curve.counts().shape().nz()).isEqualTo(5);
        assertThat(curve.complete()).isTrue();
        assertThat(curve.name()).isEqualTo("scan-20261123-091742");
        assertPixels(curve, 1);
        assertThat(board.latest().condition()).isEqualTo(Condition.ARMED);
    }

    @Test
    void saysNeverInBetweenThatNothingIsUnderWay() {
        follow();
        look(detector.shoot(3));
        assertThat(board.latest().stage()).isEqualTo(Stage.ACQUIRING);
        assertThat(board.latest().condition()).isEqualTo(Condition.BUSY);
        assertThat(board.latest().sentence()).isEqualTo("The last scan is about to be processed.");
        taken();
        assertThat(board.latest().condition()).isEqualTo(Condition.ARMED);
    }

    @Test
    void fetchesAllThatIsReadyInChunksAtOneLook() {
        follow();
        look(detector.chunk(4).shoot(10));
        // and at last two frames again, by which an acquisition that came in between would show
        assertThat(detector.fetches).containsExactly("0+4", "4+4", "8+2", "0+1", "1+1");
        assertThat(taken()).isPresent();
    }

    @Test
    void doesNotEndBeforeAnnouncedFramesAreFetched() {
        follow();
        look(detector.shoot(4).wedge(true));
        look(detector);
        assertThat(taken()).isEmpty();
        assertThat(counters().lag()).isEqualTo(4);
        look(detector.wedge(false));
        assertThat(taken().orElseThrow().complete()).isTrue();
        assertThat(counters().lag()).isZero();
    }

    @Test
    void passesOverAFrameThatLimaSaysIsStillToComeWhenItIsGone() {
        follow();
        look(detector.passOver(3).shoot(6));
        assertThat(taken()).isEmpty();
        look(detector);
        assertThat(taken().orElseThrow().missingFrames()).containsExactly(3);
    }

    @Test
    void leavesAloneWhatEndedBeforeItCame() {
        detector.shoot(3);
        follow();
        look(detector);
        look(detector);
        assertThat(detector.fetches).isEmpty();
    }

    @Test
    void joinsAnAcquisitionThatRunsAlready() {
        detector.prepare(4).start().expose(3);
        follow();
        look(detector.expose(1).stop());
        assertThat(taken().orElseThrow().complete()).isTrue();
    }

    @Test
    void takesAnAcquisitionOnceOnly() {
        follow();
        look(detector.shoot(3));
        look(detector);
        look(detector);
        assertThat(taken()).isPresent();
        assertThat(taken()).isEmpty();
    }

    @Test
    void seesAnotherQuickAcquisitionOfTheSameLengthByItsTag() {
        follow();
        look(detector.tag(1).shoot(3));
        look(detector.tag(2).shoot(3));
        assertPixels(taken().orElseThrow(), 1);
        assertPixels(taken().orElseThrow(), 2);
    }

    @Test
    void takesNothingForATagThatIsWrittenBeforeItsAcquisitionIsPrepared() {
        follow();
        look(detector.tag(1).shoot(3));
        assertPixels(taken().orElseThrow(), 1);
        follower.order(() -> follower.begin(ScanPlan.parse("{\"name\":\"S2\"}")));
        look(detector.tag(2));
        timer(detector);
        assertThat(board.latest().stage()).isEqualTo(Stage.IDLE);
        look(detector.shoot(3));
        RockingCurve curve = taken().orElseThrow();
        assertThat(curve.name()).isEqualTo("S2");
        assertThat(curve.complete()).isTrue();
        assertPixels(curve, 2);
        look(detector);
        assertThat(taken()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(longs = {-1, 1})
    void takesFramesWhoseTagWasWrittenTooLate(long preparedTag) {
        follow();
        look(detector.tag(preparedTag).prepare(3).start().tag(2));
        look(detector.expose(1));
        look(detector.expose(2).stop());
        assertThat(taken().orElseThrow().counts().shape().nz()).isEqualTo(3);
        assertThat(counters().dropped()).isZero();
    }

    @Test
    void doesNotTakeUntaggedFramesAgainUnderTheFirstTag() {
        follow();
        look(detector.shoot(3));
        assertPixels(taken().orElseThrow(), 1);
        look(detector.tag(1));
        assertThat(taken()).isEmpty();
        look(detector.shoot(3));
        assertPixels(taken().orElseThrow(), 2);
    }

    @Test
    void fetchesTheRestOfAnAcquisitionAfterTheTagOfTheNextWasWritten() {
        follow();
        look(detector.tag(1).prepare(5).start().expose(2));
        look(detector.expose(3).stop().tag(2));
        RockingCurve curve = taken().orElseThrow();
        assertThat(curve.counts().shape().nz()).isEqualTo(5);
        assertPixels(curve, 1);
    }

    @Test
    void seesAQuickAcquisitionWhoseTagWasOverwrittenBeforeItWasLookedAt() {
        detector.silent();
        follow();
        timer(detector.tag(1).shoot(3));
        assertPixels(taken().orElseThrow(), 1);
        timer(detector.tag(2).shoot(3).tag(3));
        assertPixels(taken().orElseThrow(), 2);
        timer(detector.shoot(3));
        assertPixels(taken().orElseThrow(), 3);
        timer(detector);
        assertThat(taken()).isEmpty();
    }

    @Test
    void asksAboutAWrittenTagWithoutFetchingFramesAgainAndAgain() {
        detector.silent();
        follow();
        timer(detector.tag(1).shoot(3));
        timer(detector.tag(2));
        int given = detector.given();
        timer(detector);
        timer(detector);
        assertThat(detector.given()).isEqualTo(given);
    }

    @Test
    void seesAnotherQuickAcquisitionWithoutATagWhenItIsLongerOrShorter() {
        follow();
        look(detector.shoot(3));
        assertPixels(taken().orElseThrow(), 1);
        look(detector.shoot(5));
        assertPixels(taken().orElseThrow(), 2);
        look(detector.shoot(2));
        assertPixels(taken().orElseThrow(), 3);
    }

    @Test
    void seesAnotherQuickAcquisitionOfTheSameLengthByItsFramesWhenWokenUp() {
        follow();
        look(detector.shoot(3));
        assertPixels(taken().orElseThrow(), 1);
        look(detector.shoot(3));
        assertPixels(taken().orElseThrow(), 2);
    }

    @Test
    void comparesTheMiddleFrameSinceTheFirstAndTheLastMayBeDark() {
        follow();
        look(detector.chunk(2).shoot(9));
        detector.fetches.clear();
        look(detector);
        assertThat(detector.fetches).containsExactly("4+1");
    }

    @Test
    void asksForNoFrameWhenOnlyTheTimerLooks() {
        follow();
        look(detector.shoot(3));
        timer(detector);
        detector.fetches.clear();
        timer(detector);
        assertThat(detector.fetches).isEmpty();
    }

    @Test
    void cannotSeeAQuickAcquisitionThatLeftNoTrace() {
        detector.silent();
        follow();
        timer(detector.shoot(3));
        taken();
        timer(detector);
        timer(detector.shoot(3));
        assertThat(taken()).isEmpty();
    }

    @Test
    void seesByItsFramesAQuickAcquisitionThatRanWhileTheOneBeforeWasHandedOn() {
        detector.silent();
        follow();
        timer(detector.shoot(3));
        assertPixels(taken().orElseThrow(), 1);
        timer(detector.shoot(3));
        assertPixels(taken().orElseThrow(), 2);
    }

    @Test
    void seesAQuickAcquisitionAfterOneThatWasLeftAlone() {
        detector.silent().shoot(3);
        follow();
        timer(detector.shoot(5));
        assertPixels(taken().orElseThrow(), 2);
    }

    @Test
    void seesAQuickAcquisitionAfterOneThatWasRefused() {
        detector.silent();
        budget = 3 * 24 * 200;
        follow();
        timer(detector.size(50, 50).shoot(5));
        assertThat(counters().dropped()).isEqualTo(1);
        timer(detector.size(4, 6).shoot(5));
        assertPixels(taken().orElseThrow(), 2);
    }

    @Test
    void tellsAnAcquisitionFromTheNextThatBeganUnseenWhileItWasTaken() {
        follow();
        look(detector.silent().prepare(5).start().expose(2));
        look(detector.shoot(5));

        RockingCurve mixed = taken().orElseThrow();
        assertThat(board.latest().sentence()).contains("prepared again after frame 2 while its frames were fetched");
        assertThat(mixed.name()).isEqualTo("scan-20261123-091742");
        look(detector);
        RockingCurve next = taken().orElseThrow();
        assertPixels(next, 2);
        assertThat(next.complete()).isTrue();
        assertThat(detector.given()).isGreaterThan(10);
    }

    @Test
    void tellsAnAcquisitionFromTheNextThatBeganWhileTheDetectorDidNotAnswer() {
        follow();
        look(detector.silent().prepare(5).start().expose(2));
        look(detector.lose());
        look(detector.find().prepare(5).start().expose(3));

        assertThat(taken().orElseThrow().counts().shape().nz()).isEqualTo(2);
        assertThat(board.latest().sentence()).contains("started anew");
        look(detector.expose(2).stop());
        assertPixels(taken().orElseThrow(), 2);
    }

    @Test
    void takesOnceAnAcquisitionThatComesWhileTheOneBeforeIsCompared() {
        follow();
        look(detector.shoot(2));
        assertThat(taken()).isPresent();
        look(detector.beforeFetch(() -> detector.shoot(3)));

        RockingCurve next = taken().orElseThrow();
        assertThat(next.counts().shape().nz()).isEqualTo(3);
        assertPixels(next, 2);
        look(detector);
        assertThat(taken()).isEmpty();
    }

    @Test
    void darkFramesProveNoOtherAcquisition() {
        follow();
        look(detector.silent().dark().prepare(5).start().expose(2));
        look(detector.expose(3).stop());

        assertThat(taken().orElseThrow().complete()).isTrue();
        assertThat(board.latest().condition()).isEqualTo(Condition.ARMED);
    }

    @Test
    void cannotCompareAFrameThatLeftTheBuffer() {
        follow();
        look(detector.buffer(2).prepare(6).start().expose(2));
        look(detector.expose(2));
        look(detector.expose(2).stop());
        assertPixels(taken().orElseThrow(), 1);
        look(detector);
        assertThat(taken()).isEmpty();
    }

    @Test
    void masksFramesThatLeftTheBufferAndSaysSo() {
        follow();
        look(detector.buffer(2).prepare(6).start());
        look(detector.expose(1));
        look(detector.expose(5).stop());

        RockingCurve curve = taken().orElseThrow();
        assertThat(curve.missingFrames()).containsExactly(1, 2, 3);
        assertThat(curve.mask().masked(curve.counts().shape().index(2, 0, 0))).isTrue();
        assertThat(counters().missing()).isEqualTo(3);
        assertThat(board.latest().condition()).isEqualTo(Condition.WARNING);
        assertThat(board.latest().sentence())
                .contains(
                        "is incomplete: 3 frames left the detector's buffer before they were fetched and are masked.");
    }

    @Test
    void countsFramesMissingFromTheVeryBeginning() {
        detector.buffer(2).prepare(5).start().expose(4);
        follow();
        look(detector.expose(1).stop());
        assertThat(taken().orElseThrow().missingFrames()).containsExactly(0, 1);
    }

    @Test
    void countsAScanOfWhichAllFramesAreGoneAsDroppedAndSaysSo() {
        follow();
        look(detector.buffer(0).shoot(3));
        assertThat(taken()).isEmpty();
        assertThat(counters().dropped()).isEqualTo(1);
        assertThat(board.latest().condition()).isEqualTo(Condition.WARNING);
        assertThat(board.latest().sentence())
                .contains("cannot be taken: all 3 frames left the detector's buffer before they were fetched");
    }

    @Test
    void aScanWithoutAFrameDoesNotEndAnAlarm() {
        step("{\"frames\":3}");
        look(detector.shoot(1));
        end();
        assertThat(board.latest().sentence()).contains("1 of 3 announced points were seen");
        follower.order(() -> follower.begin(ScanPlan.parse("{}")));
        look(detector);
        end();
        taken();
        assertThat(board.latest().sentence()).contains("1 of 3 announced points were seen");
    }

    @Test
    void trimsAScanThatWasStoppedAndBelievesItAtTheSecondLookOnly() {
        follow();
        look(detector.prepare(9).start().expose(4).stop());
        assertThat(taken()).isEmpty();
        look(detector);
        assertThat(taken().orElseThrow().counts().shape().nz()).isEqualTo(4);
        assertThat(board.latest().sentence()).contains("is incomplete: the detector was stopped after frame 4.");
    }

    @Test
    void doesNotMistakeALateFrameCounterForAStop() {
        follow();
        look(detector.prepare(3).start().expose(2).stop());
        look(detector.expose(1));
        assertThat(taken().orElseThrow().complete()).isTrue();
        assertThat(board.latest().condition()).isEqualTo(Condition.ARMED);
    }

    @Test
    void anEndlessAcquisitionEndsWhenTheDetectorIsStopped() {
        follow();
        look(detector.prepare(0).start().expose(7));
        look(detector.stop());
        assertThat(taken()).isEmpty();
        look(detector);
        assertThat(taken().orElseThrow().counts().shape().nz()).isEqualTo(7);
        assertThat(board.latest().condition()).isEqualTo(Condition.ARMED);
    }

    @Test
    void anEndlessAcquisitionGoesOnWithFramesThatAreCountedLate() {
        follow();
        look(detector.prepare(0).start().expose(7));
        look(detector.stop());
        look(detector.expose(1));
        assertThat(taken()).isEmpty();
        look(detector);
        assertThat(taken().orElseThrow().counts().shape().nz()).isEqualTo(8);
    }

    @Test
    void doesNotTakeAnAcquisitionAgainWhenFramesAreCountedAfterItsEndWasBelieved() {
        follow();
        look(detector.prepare(0).start().expose(7).stop());
        look(detector);
        assertThat(taken()).isPresent();
        look(detector.expose(1));
        look(detector.prepare(9).start().expose(5).stop());
        look(detector);
        assertPixels(taken().orElseThrow(), 2);
        look(detector.expose(1));
        look(detector);
        assertThat(taken()).isEmpty();
    }

    /** In the dark all frames are alike. */
    @Test
    void seesAQuickAcquisitionOfAnotherLengthAfterOneThatWasStoppedEarlyThoughItsFramesAreTheSame() {
        detector.dark();
        follow();
        look(detector.prepare(100).start().expose(5).stop());
        look(detector);
        assertThat(taken()).isPresent();
        look(detector);
        look(detector.shoot(20));
        assertThat(taken().orElseThrow().counts().shape().nz()).isEqualTo(20);
    }

    @Test
    void takesALongerAcquisitionAfterAnEndlessOne() {
        detector.silent();
        follow();
        timer(detector.prepare(0).start().expose(3).stop());
        timer(detector);
        taken();
        timer(detector);
        timer(detector.shoot(5));
        assertPixels(taken().orElseThrow(), 2);
    }

    @Test
    void keepsWhatCameBeforeAFaultAndQuotesIt() {
        follow();
        look(detector.prepare(5).start().expose(2).fault("Saving: disk full"));
        look(detector);
        assertThat(taken().orElseThrow().counts().shape().nz()).isEqualTo(2);
        assertThat(board.latest().sentence())
                .contains("the detector reports a fault (Saving: disk full) after frame 2");
    }

    @Test
    void anAcquisitionWithoutAFrameGivesNothing() {
        follow();
        look(detector.prepare(5).start());
        look(detector.stop());
        look(detector);
        assertThat(taken()).isEmpty();
        assertThat(board.latest().stage()).isEqualTo(Stage.IDLE);
    }

    @Test
    void givesItsPlanToAnAcquisitionWhoseFramesAreCountedOnlyAfterItsEnd() {
        follow();
        begin("{\"name\":\"S1\",\"positions\":[1,2,3]}");
        look(detector.prepare(3).start());
        follower.order(follower::end);
        look(detector.stop());
        assertThat(board.latest().stage()).isEqualTo(Stage.ACQUIRING);
        look(detector.expose(3));
        RockingCurve curve = taken().orElseThrow();
        assertThat(curve.name()).isEqualTo("S1");
        assertThat(curve.complete()).isTrue();
        assertThat(curve.positions()).containsExactly(1.0, 2.0, 3.0);
        assertThat(board.latest().condition()).isEqualTo(Condition.ARMED);
    }

    @Test
    void givesItsPlanToAScanThatIsAnnouncedAndTakenWhileALookBegins() {
        follow();
        look(detector.beforeAnswer(() -> {
            detector.beforeAnswer(() -> {});
            begin("{\"name\":\"S1\"}");
            detector.shoot(3);
        }));
        assertThat(taken().orElseThrow().name()).isEqualTo("S1");
        look(detector.shoot(4));
        assertThat(taken().orElseThrow().name()).startsWith("scan-");
    }

    @Test
    void givesItsPlanToAScanThatWasOverBeforeTheDetectorAnsweredAgain() {
        follow();
        begin("{\"name\":\"S1\"}");
        detector.shoot(3).lose();
        follower.order(follower::end);
        for (int i = 0; i <= Follower.PATIENCE; i++) {
            timer(detector);
        }
        timer(detector.find());
        assertThat(taken().orElseThrow().name()).isEqualTo("S1");
        assertThat(board.latest().condition()).isEqualTo(Condition.ARMED);
        look(detector.shoot(4));
        assertThat(taken().orElseThrow().name()).startsWith("scan-");
    }

    @Test
    void takesNothingOfALookDuringWhichFollowingWasStopped() {
        follow();
        look(detector.beforeAnswer(() -> {
            detector.beforeAnswer(() -> {});
            follower.wish(false);
            detector.shoot(3);
        }));
        assertThat(taken()).isEmpty();
        assertThat(board.latest().notices().alarm()).isEmpty();
        assertThat(board.latest().following()).isEqualTo(Following.NOT);
    }

    @Test
    void givesItsPlanToAQuickAcquisitionWhoseFramesAreCountedOnlyAfterEndScan() {
        follow();
        begin("{\"name\":\"S1\"}");
        follower.order(follower::end);
        look(detector.prepare(3));
        look(detector.expose(3));
        assertThat(taken().orElseThrow().name()).isEqualTo("S1");
        look(detector.shoot(4));
        assertThat(taken().orElseThrow().name()).isNotEqualTo("S1");
    }

    @Test
    void keepsThePlanForTheNextAcquisitionWhenOneGaveNoFrame() {
        follow();
        begin("{\"name\":\"S1\"}");
        look(detector.prepare(5).start());
        look(detector.stop());
        look(detector);
        assertThat(taken()).isEmpty();
        assertThat(board.latest().sentence()).contains("S1 gave no frame: the detector was stopped before its first");
        look(detector.shoot(3));
        assertThat(taken().orElseThrow().name()).isEqualTo("S1");
        assertThat(board.latest().condition()).isEqualTo(Condition.ARMED);
    }

    @Test
    void keepsNoPlanBeyondEndScanAndNoneInPlaceOfTheNext() {
        follow();
        begin("{\"name\":\"S1\"}");
        look(detector.prepare(5).start());
        begin("{\"name\":\"S2\"}");
        look(detector.stop());
        look(detector);
        look(detector.shoot(3));
        assertThat(taken().orElseThrow().name()).isEqualTo("S2");

        begin("{\"name\":\"S3\"}");
        look(detector.prepare(5).start());
        follower.order(follower::end);
        look(detector.stop());
        look(detector);
        look(detector.shoot(4));
        assertThat(taken().orElseThrow().name()).startsWith("scan-");
    }

    @Test
    void keepsNoPlanOfAScanThatWasEndedWhileTheDetectorWaited() {
        follow();
        begin("{\"name\":\"S3\"}");
        look(detector.prepare(5).start());
        follower.order(follower::end);
        look(detector);
        look(detector.stop());
        look(detector);
        look(detector.shoot(4));
        assertThat(taken().orElseThrow().name()).startsWith("scan-");
    }

    @Test
    void keepsTheFramesOfADetectorThatWasRestartedDuringTheScan() {
        follow();
        look(detector.prepare(5).start().expose(2));
        look(detector.lose());
        assertThat(board.latest().condition()).isEqualTo(Condition.WARNING);
        assertThat(board.latest().sentence())
                .contains("Detector sim/lima/1 does not answer. It is looked for all the time.");
        look(detector.restart());
        assertThat(taken().orElseThrow().counts().shape().nz()).isEqualTo(2);
        assertThat(board.latest().sentence()).contains("the detector was started anew");
    }

    @Test
    void doesNotSayThatItWaitsForADetectorThatItHasNotSeenYet() {
        detector.lose();
        follow();
        assertThat(board.latest().condition()).isEqualTo(Condition.WARNING);
        assertThat(board.latest().sentence()).contains("does not answer").doesNotContain("Waiting for");
        look(detector.find());
        assertThat(board.latest().condition()).isEqualTo(Condition.ARMED);
        assertThat(board.latest().sentence()).isEqualTo("Waiting for sim/lima/1 to start.");
        look(detector.lose());
        assertThat(board.latest().sentence()).doesNotContain("Waiting for");
    }

    @Test
    void takesAQuickAcquisitionOfADetectorThatItWasLookingFor() {
        detector.lose();
        follow();
        timer(detector.find().shoot(3));
        assertPixels(taken().orElseThrow(), 1);
        timer(detector);
        assertThat(taken()).isEmpty();
    }

    @Test
    void takesAQuickAcquisitionOfADetectorThatWasRestartedSinceTheLastLook() {
        follow();
        look(detector.shoot(3));
        taken();
        timer(detector.lose());
        timer(detector.restart().shoot(3));
        assertPixels(taken().orElseThrow(), 2);
    }

    @Test
    void doesNotTakeAnAcquisitionAgainWhenTheDetectorAnswersAgain() {
        follow();
        look(detector.shoot(3));
        taken();
        timer(detector.lose());
        timer(detector.find());
        timer(detector);
        assertThat(taken()).isEmpty();
    }

    @Test
    void saysWhatTheDetectorTellsThatCannotBeUnderstood() {
        follow();
        look(detector.confuse("Detector sim/lima/1 is in the unknown acquisition state 'Asleep'."));
        assertThat(board.latest().condition()).isEqualTo(Condition.WARNING);
        assertThat(board.latest().sentence()).contains("'Asleep'");
        look(detector.confuse(""));
        assertThat(board.latest().condition()).isEqualTo(Condition.ARMED);
    }

    @Test
    void oneAnswerThatIsNoUseDoesNotEndTheScan() {
        follow();
        look(detector.prepare(5).start().expose(2));
        look(detector.confuse("Detector sim/lima/1 failed: busy."));
        assertThat(board.latest().sentence()).contains("busy");
        look(detector.confuse("").expose(3).stop());
        assertThat(taken().orElseThrow().complete()).isTrue();
        assertThat(board.latest().condition()).isEqualTo(Condition.ARMED);
    }

    @Test
    void tellsAnAcquisitionThatComesBetweenTwoFetchesOfOneLook() {
        follow();
        detector.beforeFetch(() -> detector.beforeFetch(() -> detector.shoot(5)));
        look(detector.shoot(5));
        RockingCurve earlier = taken().orElseThrow();
        assertThat(earlier.counts().shape().nz()).isEqualTo(3);
        assertPixels(earlier, 1);
        assertThat(board.latest().sentence()).contains("prepared again after frame 3 while its frames were fetched");
        timer(detector);
        RockingCurve later = taken().orElseThrow();
        assertThat(later.complete()).isTrue();
        assertPixels(later, 2);
    }

    @Test
    void takesAllFramesThoughFewerAreToldForTheNextAcquisitionAlready() {
        follow();
        look(detector.shoot(5).frames(3));
        timer(detector);
        assertThat(taken().orElseThrow().counts().shape().nz()).isEqualTo(5);
        assertThat(board.latest().condition()).isEqualTo(Condition.ARMED);
        look(detector.prepare(3).start().expose(3).stop());
        assertPixels(taken().orElseThrow(), 2);
    }

    @Test
    void tellsAnAcquisitionThatWasAbortedFromTheOneThatIsStartedAgainUnderTheSameTag() {
        follow();
        look(detector.tag(7).prepare(5).start().expose(3));
        look(detector.stop());
        timer(detector.prepare(5).start().expose(4));
        RockingCurve aborted = taken().orElseThrow();
        assertThat(aborted.counts().shape().nz()).isEqualTo(3);
        assertPixels(aborted, 1);
        timer(detector.expose(1).stop());
        RockingCurve again = taken().orElseThrow();
        assertThat(again.complete()).isTrue();
        assertPixels(again, 2);
    }

    @Test
    void tellsAnAcquisitionUnderTheSameTagThatRanWhileTheDetectorDidNotAnswer() {
        follow();
        look(detector.tag(7).prepare(5).start().expose(3));
        look(detector.lose());
        look(detector.find().shoot(5));
        RockingCurve before = taken().orElseThrow();
        assertThat(before.counts().shape().nz()).isEqualTo(3);
        assertPixels(before, 1);
        timer(detector);
        assertPixels(taken().orElseThrow(), 2);
    }

    @Test
    void takesScansWhoseTagsBeginAnew() {
        follow();
        look(detector.tag(57).shoot(4));
        assertPixels(taken().orElseThrow(), 1);
        timer(detector.tag(1).shoot(4));
        assertPixels(taken().orElseThrow(), 2);
    }

    @Test
    void findsNoFaultWithAWholeScanWhenTheNextBeginsWhileItIsCompared() {
        follow();
        look(detector.prepare(5).start().expose(2));
        detector.beforeFetch(
                () -> detector.beforeFetch(() -> detector.prepare(5).start().expose(1)));
        timer(detector.expose(3).stop());
        assertPixels(taken().orElseThrow(), 1);
        assertThat(board.latest().notices().alarm()).isEmpty();
        look(detector.expose(4).stop());
        timer(detector);
        assertPixels(taken().orElseThrow(), 2);
    }

    @Test
    void findsNoFaultWithAScanWhoseTagTellsItFromOneThatBeginsWhileItIsCompared() {
        follow();
        look(detector.tag(1).prepare(5).start().expose(2));
        detector.beforeFetch(() -> detector.beforeFetch(
                () -> detector.beforeFetch(() -> detector.tag(2).shoot(5))));
        timer(detector.expose(3).stop());
        assertPixels(taken().orElseThrow(), 1);
        assertThat(board.latest().notices().alarm()).isEmpty();
        timer(detector);
        assertPixels(taken().orElseThrow(), 2);
    }

    @Test
    void oneAnswerThatIsNoUseDoesNotHideAQuickAcquisitionThatWasJustNoticed() {
        follow();
        look(detector.shoot(3));
        taken();
        detector.beforeFetch(() -> detector.confuse("Detector sim/lima/1 failed: busy."));
        look(detector.shoot(3));
        assertThat(taken()).isEmpty();
        timer(detector.confuse(""));
        assertPixels(taken().orElseThrow(), 2);
        timer(detector);
        assertThat(taken()).isEmpty();
    }

    @Test
    void oneAnswerThatIsNoUseDoesNotKeepTheLaterOfTwoAcquisitionsFromBeingTaken() {
        follow();
        look(detector.prepare(5).start().expose(2));
        detector.beforeFetch(() -> detector.beforeFetch(() -> detector.confuse("Detector sim/lima/1 failed: busy.")));
        timer(detector.shoot(5));
        timer(detector.confuse(""));
        assertThat(taken()).isPresent();
        assertThat(board.latest().sentence()).contains("is incomplete: the detector was prepared again");
        timer(detector);
        RockingCurve later = taken().orElseThrow();
        assertThat(later.complete()).isTrue();
        assertPixels(later, 2);
    }

    @Test
    void answersThatAreNoUseForLongEndTheScanWithWhatIsIn() {
        follow();
        look(detector.prepare(5).start().expose(2));
        detector.confuse("Detector sim/lima/1 failed: busy.");
        for (int i = 0; i < Follower.TOLERATED; i++) {
            assertThat(taken()).isEmpty();
            timer(detector);
        }
        assertThat(taken().orElseThrow().counts().shape().nz()).isEqualTo(2);
        assertThat(board.latest().sentence()).contains("is incomplete: Detector sim/lima/1 failed: busy.");
    }

    @Test
    void goesOnAfterTheDetectorDidNotAnswerForAWhile() {
        follow();
        look(detector.prepare(5).start().expose(2));
        look(detector.lose());
        look(detector.find().expose(3).stop());
        assertThat(taken().orElseThrow().complete()).isTrue();
        assertThat(board.latest().condition()).isEqualTo(Condition.ARMED);
    }

    @Test
    void takesTheNextScanOfADetectorThatWasRestartedInBetween() {
        follow();
        look(detector.shoot(3));
        taken();
        look(detector.lose());
        look(detector.restart());
        look(detector.shoot(3));
        assertPixels(taken().orElseThrow(), 2);
    }

    @Test
    void endsTheOldScanWhenANewOneBeginsBeforeAllWasFetched() {
        follow();
        look(detector.prepare(5).start().expose(3));
        look(detector.prepare(4).start().expose(1));
        assertThat(taken().orElseThrow().counts().shape().nz()).isEqualTo(3);
        look(detector.expose(3).stop());
        assertPixels(taken().orElseThrow(), 2);
    }
}
