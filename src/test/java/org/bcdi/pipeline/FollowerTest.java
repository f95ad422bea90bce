package org.bcdi.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.bcdi.mask.FrameMask;
import org.bcdi.stack.RockingCurve;
import org.bcdi.stack.RoiChoice;
import org.bcdi.volume.Roi;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The follower look by look, without threads. */
class FollowerTest {
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-11-23T09:17:42Z"), ZoneOffset.UTC);

    private final FakeDetector detector = new FakeDetector();
    private final Board board = new Board(detector.name());
    private final AtomicLong held = new AtomicLong();
    private Wishes wishes = new Wishes(true, true, true, "none", 1, RoiChoice.parse(""));
    private ScanShape shape = ScanShape.ACQUISITION;
    private OverloadPolicy overload = OverloadPolicy.WAIT;
    private String name = "none";
    private Optional<FrameMask> maskFile = Optional.empty();
    private long budget = 1 << 30;
    private Backlog backlog;
    private Follower follower;

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
        assertThat(detector.fetches).containsExactly("0+4", "4+4", "8+2");
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
        assertThat(board.latest().sentence()).contains("prepared again while its frames were fetched");
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
        detector.fetches.clear();
        look(detector.shoot(5));
        assertThat(counters().lag()).isEqualTo(5);
        look(detector.shoot(6));
        assertThat(counters().dropped()).isEqualTo(1);
        assertThat(board.latest().sentence()).contains("before all frames were fetched, since processing is behind");
        assertThat(detector.given()).isEqualTo(2 + 3 + 4);

        for (int frames = 2; frames <= 4; frames++) {
            assertThat(taken().orElseThrow().counts().shape().nz()).isEqualTo(frames);
        }
        assertThat(board.latest().sentence()).doesNotContain("Processing is behind");
        look(detector);
        assertPixels(taken().orElseThrow(), 5);
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

    @Test
    void takesAStepScanPointByPoint() {
        step("{\"name\":\"S2\",\"frames\":3,\"positions\":[1,2,3]}");
        for (int i = 0; i < 3; i++) {
            look(detector.prepare(1));
            look(detector.start());
            look(detector.expose(1));
            look(detector.stop());
            look(detector);
        }
        assertThat(counters().received()).isEqualTo(3);
        assertThat(taken()).isEmpty();
        end();
        RockingCurve curve = taken().orElseThrow();
        assertSteps(curve, 1, 2, 3);
        assertThat(curve.positions()).containsExactly(1.0, 2.0, 3.0);
        assertThat(board.latest().condition()).isEqualTo(Condition.ARMED);
    }

    @Test
    void takesQuickPointsByTheirTag() {
        detector.silent();
        step("{}");
        for (int i = 1; i <= 4; i++) {
            timer(detector.tag(i).shoot(1));
        }
        end();
        assertSteps(taken().orElseThrow(), 1, 2, 3, 4);
    }

    @Test
    void countsNoPointForATagThatIsWrittenBeforeThePointIsPrepared() {
        step("{\"frames\":3}");
        for (int i = 1; i <= 3; i++) {
            timer(detector.tag(i));
            look(detector);
            timer(detector.shoot(1));
        }
        end();
        assertSteps(taken().orElseThrow(), 1, 2, 3);
        assertThat(board.latest().condition()).isEqualTo(Condition.ARMED);
    }

    @Test
    void masksAPointThatWasGoneBeforeItWasFetchedAndCountsItOnce() {
        step("{\"frames\":3,\"positions\":[1,2,3]}");
        look(detector.shoot(1));
        look(detector.prepare(1).start());
        look(detector.buffer(0).expose(1).stop());
        look(detector);
        look(detector.buffer(1).shoot(1));
        end();
        RockingCurve curve = taken().orElseThrow();
        assertThat(curve.missingFrames()).containsExactly(1);
        assertThat(curve.counts().at(2, 0, 3)).isEqualTo(FakeDetector.pixel(3, 0, 3));
    }

    @Test
    void skipsNoPointWhenAPointAlreadyTakenCannotBeComparedAnyMore() {
        step("{\"frames\":3,\"positions\":[1,2,3]}");
        look(detector.shoot(1));
        look(detector.shoot(1));
        look(detector.buffer(0));
        look(detector.buffer(1).shoot(1));
        end();
        assertSteps(taken().orElseThrow(), 1, 2, 3);
        assertThat(board.latest().condition()).isEqualTo(Condition.ARMED);
    }

    @Test
    void takesQuickPointsWithoutTagByTheirContentWhenWokenUp() {
        step("{}");
        look(detector.shoot(1));
        look(detector.shoot(1));
        look(detector);
        look(detector.shoot(1));
        end();
        assertSteps(taken().orElseThrow(), 1, 2, 3);
    }

    @Test
    void takesQuickPointsOfADetectorWithoutEventsByTheirContent() {
        detector.eventless().shoot(1);
        step("{\"frames\":3}");
        timer(detector);
        timer(detector.shoot(1));
        timer(detector);
        timer(detector.shoot(1));
        timer(detector.shoot(1));
        end();
        assertSteps(taken().orElseThrow(), 2, 3, 4);
        assertThat(board.latest().condition()).isEqualTo(Condition.ARMED);
    }

    @Test
    void saysHowManyPointsWereNotSeenAndLeavesThePositionsOut() {
        detector.silent();
        step("{\"frames\":3,\"positions\":[1,2,3]}");
        timer(detector.shoot(1));
        timer(detector.shoot(1));
        timer(detector.shoot(1));
        end();
        RockingCurve curve = taken().orElseThrow();
        assertSteps(curve, 1, 3);
        assertThat(curve.positions()).isEmpty();
        assertThat(board.latest().sentence()).contains("2 of 3 announced points were seen, and which is unknown");
    }

    @Test
    void countsPointsBeyondTheAnnouncedOnes() {
        step("{\"frames\":1}");
        look(detector.shoot(1));
        look(detector.shoot(1));
        end();
        assertThat(taken().orElseThrow().counts().shape().nz()).isEqualTo(1);
        assertThat(board.latest().sentence()).contains("2 of 1 announced points were seen");
    }

    @Test
    void ignoresPointsOutsideAnAnnouncedScan() {
        shape = ScanShape.STEP;
        follow();
        look(detector.shoot(1));
        follower.order(() -> follower.begin(ScanPlan.parse("{}")));
        look(detector);
        look(detector.shoot(1));
        end();
        look(detector.shoot(1));
        assertSteps(taken().orElseThrow(), 2);
        assertThat(taken()).isEmpty();
    }

    @Test
    void waitsForAPointThatIsStillBeingTakenWhenTheScanEnds() {
        step("{}");
        look(detector.shoot(1));
        look(detector.prepare(1).start());
        end();
        assertThat(taken()).isEmpty();
        look(detector.expose(1).stop());
        assertSteps(taken().orElseThrow(), 1, 2);
    }

    @Test
    void takesAPointThatIsCountedOnlyAfterTheEndOfTheScan() {
        step("{\"frames\":2,\"positions\":[1,2]}");
        look(detector.shoot(1));
        look(detector.prepare(1).start());
        detector.stop();
        end();
        assertThat(taken()).isEmpty();
        look(detector.expose(1));
        RockingCurve curve = taken().orElseThrow();
        assertSteps(curve, 1, 2);
        assertThat(curve.positions()).containsExactly(1.0, 2.0);
        assertThat(board.latest().condition()).isEqualTo(Condition.ARMED);
    }

    @Test
    void anEndedStepScanThatWaitsForALateFrameIsNoLessWholeForTheNextThatBegins() {
        step("{\"name\":\"S1\",\"frames\":1}");
        look(detector.shoot(1));
        detector.prepare(1);
        end();
        begin("{\"name\":\"S2\"}");
        look(detector);
        assertThat(taken().orElseThrow().name()).isEqualTo("S1");
        assertThat(board.latest().notices().alarm()).isEmpty();
    }

    @Test
    void looksBetweenTheEndOfAStepScanAndTheBeginningOfTheNext() {
        step("{\"name\":\"S1\",\"frames\":2}");
        look(detector.shoot(1));
        follower.order(follower::end);
        follower.order(() -> follower.begin(ScanPlan.parse("{\"name\":\"S2\"}")));
        look(detector.shoot(1));
        assertSteps(taken().orElseThrow(), 1, 2);
        look(detector.shoot(1));
        end();
        RockingCurve next = taken().orElseThrow();
        assertThat(next.name()).isEqualTo("S2");
        assertSteps(next, 3);
    }

    @Test
    void looksBetweenTheEndOfAStepScanAndTheEndOfFollowing() {
        step("{\"frames\":2}");
        look(detector.shoot(1));
        follower.order(follower::end);
        follower.wish(false);
        look(detector.shoot(1));
        assertSteps(taken().orElseThrow(), 1, 2);
        assertThat(board.latest().following()).isEqualTo(Following.NOT);
    }

    @Test
    void endsAStepScanWhoseFramesChangeTheirSize() {
        step("{\"frames\":3}");
        look(detector.shoot(1));
        look(detector.size(2, 2).shoot(1));
        assertSteps(taken().orElseThrow(), 1);
        assertThat(board.latest().sentence()).contains("2x2 but the scan began with 4x6");
        look(detector.shoot(1));
        end();
        assertThat(taken()).isEmpty();
    }

    @Test
    void endsAStepScanThatWasNotEndedWhenTheNextIsAnnounced() {
        step("{}");
        look(detector.shoot(1));
        follower.order(() -> follower.begin(ScanPlan.parse("{}")));
        look(detector);
        assertSteps(taken().orElseThrow(), 1);
        look(detector.shoot(1));
        end();
        assertSteps(taken().orElseThrow(), 2);
    }

    @Test
    void endsAnAnnouncedStepScanWhenTheDetectorIsLost() {
        step("{}");
        look(detector.shoot(1));
        detector.lose();
        end();
        assertSteps(taken().orElseThrow(), 1);
    }

    private void begin(String plan) {
        follower.order(() -> follower.begin(ScanPlan.parse(plan)));
    }

    private void step(String plan) {
        shape = ScanShape.STEP;
        follow();
        follower.order(() -> follower.begin(ScanPlan.parse(plan)));
        follower.look(false);
    }

    private void end() {
        follower.order(follower::end);
        follower.look(true);
    }

    private void follow() {
        PipelineSettings settings =
                new PipelineSettings("test", name, maskFile, shape, 10, budget, overload, Optional.empty());
        backlog = new Backlog(overload, shape, board, new JobBook(board));
        Intake intake = new Intake(settings, () -> wishes, board, backlog, held::get, CLOCK);
        follower = new Follower(detector, shape, intake, board);
        board.change(s -> s.withEngine(Optional.of(new Engine("fake", "cpu", Map.of()))));
        follower.wish(true);
        follower.look(false);
    }

    private void look(FakeDetector asItIsNow) {
        assertThat(asItIsNow).isSameAs(detector);
        follower.look(true);
    }

    private void timer(FakeDetector asItIsNow) {
        assertThat(asItIsNow).isSameAs(detector);
        follower.look(false);
    }

    /** @param frames that the detector is prepared for, 0 for as many as come */
    private long bytesOfAScan(String roi, int frames) {
        wishes = wishes.withRoi(RoiChoice.parse(roi));
        follow();
        look(detector.prepare(frames).start().expose(frames > 0 ? frames : 70).stop());
        timer(detector);
        return backlog.poll().orElseThrow().bytes();
    }

    private Optional<RockingCurve> taken() {
        Optional<Task> task = backlog.poll();
        task.ifPresent(done -> board.change(s -> s.withJob(done.id(), job -> job.withState("done", ""))));
        return task.map(Task::curve);
    }

    private Counters counters() {
        return board.latest().counters();
    }

    private static void assertPixels(RockingCurve curve, int shot) {
        for (int z = 0; z < curve.counts().shape().nz(); z++) {
            assertThat(curve.counts().at(z, 0, 3)).isEqualTo(FakeDetector.pixel(shot, z, 3));
        }
    }

    private static void assertSteps(RockingCurve curve, Integer... shots) {
        assertThat(List.of(shots)).hasSize(curve.counts().shape().nz());
        for (int z = 0; z < shots.length; z++) {
            assertThat(curve.counts().at(z, 0, 3)).isEqualTo(FakeDetector.pixel(shots[z], 0, 3));
        }
    }
}
