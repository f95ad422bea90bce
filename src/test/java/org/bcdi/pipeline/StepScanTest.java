package org.bcdi.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import org.bcdi.stack.RockingCurve;
import org.junit.jupiter.api.Test;

/** Scans of one acquisition a point. */
class StepScanTest extends FollowerSetup {
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
    void saysThatAnAcquisitionOfManyFramesIsNoPoint() {
        step("{}");
        timer(detector.prepare(5).start().expose(1));
        timer(detector.expose(4).stop());
        end();
        assertSteps(taken().orElseThrow(), 1);
        assertThat(board.latest().condition()).isEqualTo(Condition.WARNING);
        assertThat(board.latest().sentence())
                .contains("an acquisition gave 5 frames, of which the first alone was taken: set ScanShape");
    }

    @Test
    void anOldFrameThatCannotBeReadAnyMoreDoesNotEndAScanBeforeItsFirstPoint() {
        detector.eventless().shoot(1);
        step("{\"frames\":1}");
        detector.confuseFetches("The DATA_ARRAY is cut short.");
        for (int look = 0; look < 150; look++) {
            timer(detector);
        }
        timer(detector.confuseFetches("").shoot(1));
        end();
        assertSteps(taken().orElseThrow(), 2);
        assertThat(board.latest().condition()).isEqualTo(Condition.ARMED);
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
        for (int i = 1; i < Follower.PATIENCE; i++) {
            assertThat(taken()).isEmpty();
            timer(detector);
        }
        assertSteps(taken().orElseThrow(), 1);
        assertThat(board.latest().sentence()).contains("the detector does not answer any more");
    }

    @Test
    void losesNoPointWhenTheDetectorAnswersSoonAfterTheEnd() {
        step("{}");
        look(detector.shoot(1));
        detector.shoot(1).lose();
        end();
        timer(detector.find());
        assertSteps(taken().orElseThrow(), 1, 2);
    }

    @Test
    void takesAPointThatCouldNotBeReadAtTheLookThatNoticedIt() {
        step("{}");
        look(detector.shoot(1));
        detector.shoot(1).confuseFetches("Nonsense.");
        end();
        assertThat(taken()).isEmpty();
        timer(detector.confuseFetches(""));
        assertSteps(taken().orElseThrow(), 1, 2);
        assertThat(board.latest().condition()).isEqualTo(Condition.ARMED);
    }

    @Test
    void tellsThatOneMorePointMayBeMissingWhenTheLastFrameCannotBeRead() {
        step("{}");
        look(detector.shoot(1));
        detector.shoot(1).confuseFetches("Nonsense.");
        end();
        timer(detector);
        assertSteps(taken().orElseThrow(), 1);
        assertThat(board.latest().sentence()).contains("could not be read, and may be one more point");
    }

    @Test
    void aLookThatFailsIsMadeUpFor() {
        step("{}");
        look(detector.shoot(1));
        look(detector.shoot(1).confuse("Nonsense."));
        timer(detector.confuse(""));
        end();
        assertSteps(taken().orElseThrow(), 1, 2);
    }
}
