package org.bcdi.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.bcdi.mask.FrameMask;
import org.bcdi.stack.RoiChoice;
import org.bcdi.stack.StackBuilder;
import org.bcdi.stack.StackSettings;
import org.junit.jupiter.api.Test;

class BacklogTest {
    private final Board board = new Board("");
    private final JobBook jobs = new JobBook(board);
    private final Backlog backlog = new Backlog(OverloadPolicy.WAIT, ScanShape.ACQUISITION, board, jobs);

    @Test
    void aScanThatWasJustTakenAndIsNotBegunYetIsCancelledToo() throws InterruptedException {
        again("A");
        Task taken = backlog.next().orElseThrow();

        assertThat(backlog.cancel(task -> true)).isEmpty();

        assertThat(taken.cancelled()).isTrue();
    }

    @Test
    void aScanThatIsDoneIsNotInHandAnyMore() throws InterruptedException {
        again("A");
        Task taken = backlog.next().orElseThrow();
        assertThat(backlog.bytes()).isEqualTo(100);
        backlog.published();
        assertThat(backlog.bytes()).isZero();
        backlog.done();

        backlog.cancel(task -> true);

        assertThat(taken.cancelled()).isFalse();
    }

    @Test
    void onlyThoseThatAreMeantAreForgottenAlsoTheOneAtTheDoor() {
        again("A");
        again("B");
        backlog.add(fromDetector("C"));
        assertThat(backlog.isOpen()).isFalse();
        assertThat(board.latest().notices().troubles()).isNotEmpty();

        assertThat(backlog.cancel(Task::fromDetector)).extracting(Task::scan).containsExactly("C");

        assertThat(backlog.isOpen()).isTrue();
        assertThat(board.latest().notices().troubles()).isEmpty();
        assertThat(board.latest().jobs()).extracting(Job::state).containsExactly("queued", "queued", "cancelled");
        assertThat(backlog.bytes()).isEqualTo(200);
    }

    private void again(String scan) {
        backlog.add(scan, "memory", "{}", 100, () -> TestCurves.small(scan));
    }

    private Task fromDetector(String scan) {
        return backlog.announce(new TakenScan(
                scan,
                new StackBuilder(
                        new StackSettings(scan, 1, 2, 2, new RoiChoice.Whole(), FrameMask.none(2, 2), 1 << 20)),
                Optional.empty(),
                new ScanPlan(Optional.empty(), 0, List.of(), "{}"),
                "",
                0));
    }
}
