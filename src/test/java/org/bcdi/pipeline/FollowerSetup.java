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

/** A follower with a detector that does only what the test tells it, look by look, without threads. */
abstract class FollowerSetup {
    static final Clock CLOCK = Clock.fixed(Instant.parse("2026-11-23T09:17:42Z"), ZoneOffset.UTC);

    final FakeDetector detector = new FakeDetector();
    final Board board = new Board(detector.name());
    final AtomicLong held = new AtomicLong();
    Wishes wishes = new Wishes(true, true, true, "none", 1, RoiChoice.parse(""));
    ScanShape shape = ScanShape.ACQUISITION;
    OverloadPolicy overload = OverloadPolicy.WAIT;
    String name = "none";
    Optional<FrameMask> maskFile = Optional.empty();
    long budget = 1 << 30;
    Backlog backlog;
    Follower follower;

    void begin(String plan) {
        follower.order(() -> follower.begin(ScanPlan.parse(plan)));
    }

    void step(String plan) {
        shape = ScanShape.STEP;
        follow();
        follower.order(() -> follower.begin(ScanPlan.parse(plan)));
        follower.look(false);
    }

    void end() {
        follower.order(follower::end);
        follower.look(true);
    }

    void follow() {
        PipelineSettings settings =
                new PipelineSettings("test", name, maskFile, shape, 10, budget, overload, Optional.empty());
        backlog = new Backlog(overload, shape, board, new JobBook(board));
        Intake intake =
                new Intake(new StackSetup(settings, () -> wishes.roi(), held::get), board, backlog, bytes -> {}, CLOCK);
        follower = new Follower(detector, shape, intake, board);
        board.change(s -> s.withEngine(Optional.of(new Engine("fake", "cpu", Map.of()))));
        follower.wish(true);
        follower.look(false);
    }

    void look(FakeDetector asItIsNow) {
        assertThat(asItIsNow).isSameAs(detector);
        follower.look(true);
    }

    void timer(FakeDetector asItIsNow) {
        assertThat(asItIsNow).isSameAs(detector);
        follower.look(false);
    }

    /** @param frames that the detector is prepared for, 0 for as many as come */
    long bytesOfAScan(String roi, int frames) {
        wishes = wishes.withRoi(RoiChoice.parse(roi));
        follow();
        look(detector.prepare(frames).start().expose(frames > 0 ? frames : 70).stop());
        timer(detector);
        return backlog.poll().orElseThrow().bytes();
    }

    Optional<RockingCurve> taken() {
        Optional<Task> task = backlog.poll();
        task.ifPresent(done -> board.change(s -> s.withJob(done.id(), job -> job.withState("done", ""))));
        return task.map(Task::curve);
    }

    Counters counters() {
        return board.latest().counters();
    }

    static void assertPixels(RockingCurve curve, int shot) {
        for (int z = 0; z < curve.counts().shape().nz(); z++) {
            assertThat(curve.counts().at(z, 0, 3)).isEqualTo(FakeDetector.pixel(shot, z, 3));
        }
    }

    static void assertSteps(RockingCurve curve, Integer... shots) {
        assertThat(List.of(shots)).hasSize(curve.counts().shape().nz());
        for (int z = 0; z < shots.length; z++) {
            assertThat(curve.counts().at(z, 0, 3)).isEqualTo(FakeDetector.pixel(shots[z], 0, 3));
        }
    }
}
