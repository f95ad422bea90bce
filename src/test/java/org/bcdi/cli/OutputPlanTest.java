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
        assertThat(OutputPlan.plan(List.of(a), out.toString())).containsExactly(out);
        assertThat(out).doesNotExist();
    }

    @Test
    void oneInputMayGoIntoADirectory() {
        assertThat(OutputPlan.plan(List.of(a), directory.toString())).containsExactly(directory.resolve("a.cxi"));
    }

    @Test
    void oneInputGoesIntoADirectoryThatIsNotThereYetWhereItsNameEndsAsOne() {
        Path out = directory.resolve("results");
        assertThat(OutputPlan.plan(List.of(a), out + "/")).containsExactly(out.resolve("a.cxi"));
        assertThatThrownBy(() -> OutputPlan.plan(List.of(a), b + "/"))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("b.h5/ is a file and no directory");
    }

    @Test
    void refusesToReplaceWhatAnotherProgramMeasured() throws IOException {
        Path scan = Path.of("test-data/lima/lima_0000.h5");
        Path other = Files.copy(scan, directory.resolve("other.h5"));
        refuses(List.of(a), other, "other.h5 is there, is no result of this program and is not replaced");
        Files.copy(scan, directory.resolve("a.cxi"));
        refuses(List.of(a), directory, "a.cxi is there, is no result");
        refuses(
                List.of(a),
                Files.writeString(directory.resolve("array.npy"), "cut off"),
                "array.npy is there, is no result");
    }

    @Test
    void refusesToReplaceWhatCannotBeRead() throws IOException {
        Path cutOff = Files.writeString(directory.resolve("scan.h5"), "cut off");
        refuses(List.of(a), cutOff, "scan.h5 is there, is no result of this program and is not replaced");
        Path notes = Files.writeString(directory.resolve("notes.edf"), "of the night");
        refuses(List.of(a), notes, "notes.edf is there, is no result");
    }

    @Test
    void anEmptyFileMayBeReplaced() throws IOException {
        Path out = Files.createFile(directory.resolve("made-by-mktemp"));
        assertThat(OutputPlan.plan(List.of(a), out.toString())).containsExactly(out);
    }

    @Test
    void severalInputsGoIntoADirectoryThatIsMade() {
        Path out = directory.resolve("results");
        List<Path> planned = OutputPlan.plan(List.of(a, b), out.toString());
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
        assertThatThrownBy(() -> OutputPlan.plan(inputs, out.toString()))
                .isInstanceOf(InputException.class)
                .hasMessageContaining(word);
    }
}
