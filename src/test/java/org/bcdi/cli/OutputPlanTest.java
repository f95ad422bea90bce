package org.bcdi.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.bcdi.task.InputException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OutputPlanTest {
    @TempDir
    Path directory;

    private Path a;
    private Path b;

    @BeforeEach
    void makeInputs() throws IOException {
        a = Files.createFile(directory.resolve("a.h5"));
        b = Files.createFile(directory.resolve("b.h5"));
    }

    @Test
    void oneInputGoesIntoTheFileGiven() {
        Path out = directory.resolve("result.cxi");
        assertThat(OutputPlan.plan(List.of(a), out)).containsExactly(out);
        assertThat(out).doesNotExist();
    }

    @Test
    void oneInputMayGoIntoADirectory() {
        assertThat(OutputPlan.plan(List.of(a), directory)).containsExactly(directory.resolve("a.cxi"));
    }

    @Test
    void severalInputsGoIntoADirectoryThatIsMade() {
        Path out = directory.resolve("results");
        List<Path> planned = OutputPlan.plan(List.of(a, b), out);
        assertThat(planned).containsExactly(out.resolve("a.cxi"), out.resolve("b.cxi"));
        assertThat(out).doesNotExist();
        OutputPlan.prepare(planned);
        assertThat(out).isEmptyDirectory();
    }

    @Test
    void refusesAnInputThatIsNotThere() {
        refuses(List.of(a, directory.resolve("c.h5")), directory.resolve("out"), "c.h5");
        assertThat(directory.resolve("out")).doesNotExist();
    }

    @Test
    void refusesADirectoryThatIsNotThere() {
        refuses(List.of(a), directory.resolve("no/where/result.cxi"), "where");
        refuses(List.of(a, b), directory.resolve("no/where"), "no");
    }

    @Test
    void refusesAFileWhereADirectoryIsNeeded() {
        refuses(List.of(a, b), a, "directory");
    }

    @Test
    void refusesToOverwriteItsInput() {
        refuses(List.of(a), directory.resolve("./a.h5"), "overwrite");
    }

    @Test
    void refusesToReplaceADevice() {
        refuses(List.of(a), Path.of("/dev/full"), "no ordinary file");
    }

    @Test
    void refusesTwoInputsOfOneName() throws IOException {
        Path other = Files.createFile(
                Files.createDirectory(directory.resolve("other")).resolve("a.h5"));
        refuses(List.of(a, other), directory.resolve("out"), "a.cxi");
        assertThat(directory.resolve("out")).doesNotExist();
    }

    private static void refuses(List<Path> inputs, Path out, String word) {
        assertThatThrownBy(() -> OutputPlan.plan(inputs, out))
                .isInstanceOf(InputException.class)
                .hasMessageContaining(word);
    }
}
