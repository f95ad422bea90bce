package org.bcdi.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.function.Supplier;
import org.bcdi.stack.RoiChoice;
import org.junit.jupiter.api.Test;

class ProcessingTest {
    private static final Wishes WISHES = new Wishes(true, true, false, "auto", 1, RoiChoice.parse(""));

    private final FakeEngines engines = new FakeEngines();
    private final Board board = new Board("");
    private final JobBook jobs = new JobBook(board);
    private final Backlog backlog = new Backlog(OverloadPolicy.WAIT, ScanShape.ACQUISITION, board, jobs);

    @Test
    void modelsThatAreLoadedAfterTheCloseAreFreedAtOnce() throws InterruptedException {
        Processing[] late = new Processing[1];
        late[0] = processing(() -> {
            late[0].close();
            return engines.processor();
        });

        late[0].turn();

        assertThat(engines.closed).isTrue();
        assertThat(board.latest().engine()).isEmpty();
    }

    @Test
    void closeFreesTheModelsThatWereLoaded() throws InterruptedException {
        Processing processing = processing(engines::processor);
        processing.turn();
        assertThat(board.latest().engine()).isPresent();
        assertThat(engines.closed).isFalse();

        processing.close();

        assertThat(engines.closed).isTrue();
    }

    private Processing processing(Supplier<Processor> loader) {
        PipelineSettings settings = new PipelineSettings(
                "test",
                "none",
                Optional.empty(),
                ScanShape.ACQUISITION,
                10,
                1 << 20,
                OverloadPolicy.WAIT,
                Optional.empty());
        Storing storing = new Storing(Optional.empty(), new StoredFiles(settings), board);
        return new Processing("test", loader, () -> WISHES, board, jobs, backlog, storing);
    }
}
