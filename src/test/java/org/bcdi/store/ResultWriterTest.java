package org.bcdi.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.bcdi.task.InputException;
import org.bcdi.task.Version;
import org.bcdi.testing.EnabledIfPython;
import org.bcdi.testing.Python;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResultWriterTest {
    @TempDir
    private Path directory;

    @Test
    @EnabledIfPython("h5py")
    void h5pyFindsEveryPathOfTheContract() {
        Path file = directory.resolve("result.cxi");
        ResultWriter.write(file, Results.phased());

        assertThat(Python.run("""
                        import h5py, sys
                        f = h5py.File(sys.argv[1])
                        print(f['cxi_version'][()])
                        for p in ('instrument_1/detector_1/data', 'instrument_1/detector_1/mask', 'image_1/data',
                                  'image_1/mask', 'image_2/data', 'image_2/data_error'):
                            d = f['entry_1/' + p]
                            print(p, d.shape, d.dtype)
                        print(f['entry_1/image_1/data_space'][()].decode(), f['entry_1/image_2/data_space'][()].decode())
                        link = f.get('entry_1/data_1', getlink=True)
                        print(type(link).__name__, link.path, f['entry_1/data_1/data'] == f['entry_1/image_1/data'])
                        p = f['entry_1/process_1']
                        for k in ('program', 'version', 'command', 'settings', 'recipe', 'models/inpaint-patch32'):
                            print(k, p[k][()].decode())
                        print(p['seed'][()], p['phasing_region'][()].tolist(), p['metrics/gapFraction'][()])
                        print(f['entry_1/instrument_1/positioners/rocking'][()].tolist())
                        """, file)).isEqualTo("""
                        160
                        instrument_1/detector_1/data (7, 12, 11) int32
                        instrument_1/detector_1/mask (7, 12, 11) uint8
                        image_1/data (5, 8, 6) complex64
                        image_1/mask (5, 8, 6) uint8
                        image_2/data (7, 12, 11) float32
                        image_2/data_error (7, 12, 11) float32
                        real diffraction
                        SoftLink /entry_1/image_1 True
                        program bcdi-online
                        version %s
                        command bcdi process scan_0007.h5 -o \u00e9.cxi
                        settings {"fill": "auto"}
                        recipe HIO300/ER50
                        models/inpaint-patch32 abc123
                        42 [1, 2, 3, 5, 8, 6] 0.09
                        [0.0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6]""".formatted(Version.text()));
    }

    @Test
    @EnabledIfPython("h5py")
    void everyValueIsBitIdenticalInH5py() throws IOException {
        ScanResult result = Results.phased();
        Path file = directory.resolve("result.cxi");
        ResultWriter.write(file, result);

        Python.run("""
                import h5py, sys, numpy as np
                f = h5py.File(sys.argv[1])
                for path, name in (('entry_1/image_1/data', 'object'), ('entry_1/image_2/data', 'intensity'),
                                   ('entry_1/image_2/data_error', 'deviation')):
                    f[path][()].tofile(sys.argv[2] + '/' + name)
                f['entry_1/instrument_1/detector_1/data'][()].astype('f4').tofile(sys.argv[2] + '/counts')
                f['entry_1/instrument_1/detector_1/mask'][()].tofile(sys.argv[2] + '/mask')
                f['entry_1/image_1/mask'][()].tofile(sys.argv[2] + '/support')
                """, file, directory);

        assertThat(floats("object"))
                .containsExactly(result.reconstruction().object().data());
        assertThat(floats("intensity")).containsExactly(result.intensity().data());
        assertThat(floats("deviation")).containsExactly(result.deviation().data());
        assertThat(floats("counts")).containsExactly(result.curve().counts().data());
        assertThat(Files.readAllBytes(directory.resolve("mask")))
                .containsExactly(result.curve().mask().data());
        assertThat(Files.readAllBytes(directory.resolve("support")))
                .containsExactly(result.reconstruction().support().data());
    }

    @Test
    @EnabledIfPython("h5py")
    void nexusAttributesLeadAViewerToThePicture() {
        Path file = directory.resolve("result.cxi");
        ResultWriter.write(file, Results.phased());

        assertThat(Python.run("""
                        import h5py, sys
                        f = h5py.File(sys.argv[1])
                        entry = f[f.attrs['default']]
                        data = entry[entry.attrs['default']]
                        print(entry.attrs['NX_class'], data.attrs['NX_class'], data[data.attrs['signal']].shape)
                        print(f['entry_1/image_2'].attrs['NX_class'], f['entry_1/instrument_1'].attrs['NX_class'])
                        """, file)).isEqualTo("NXentry NXdata (5, 8, 6)\nNXdata NXinstrument");
    }

    @Test
    @EnabledIfPython("h5py")
    void withoutAnObjectTheLinkLeadsToTheIntensity() {
        Path file = directory.resolve("result.cxi");
        ResultWriter.write(file, Results.filled());

        assertThat(Python.run("""
                        import h5py, sys
                        f = h5py.File(sys.argv[1])
                        print('image_1' in f['entry_1'], f.get('entry_1/data_1', getlink=True).path)
                        """, file)).isEqualTo("False /entry_1/image_2");
    }

    @Test
    @EnabledIfPython("h5py")
    void countsThatAreNotWholeAreKeptAsFloats() {
        Path file = directory.resolve("result.cxi");
        ResultWriter.write(file, Results.filled(0.5f));

        assertThat(Python.run("""
                        import h5py, sys
                        print(h5py.File(sys.argv[1])['entry_1/instrument_1/detector_1/data'].dtype)
                        """, file)).isEqualTo("float32");
    }

    @Test
    void aFileOfThatNameIsReplaced() throws IOException {
        Path file = directory.resolve("result.cxi");
        Files.writeString(file, "old");

        ResultWriter.write(file, Results.filled());

        assertThat(Files.size(file)).isGreaterThan(1000);
        assertThat(names()).containsExactly("result.cxi");
    }

    @Test
    void anAbsentDirectoryIsNamed() {
        Path file = directory.resolve("nowhere/result.cxi");

        assertThatThrownBy(() -> ResultWriter.write(file, Results.filled()))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("directory " + directory.resolve("nowhere") + " does not exist");
    }

    @Test
    void aDirectoryIsNoFile() {
        assertThatThrownBy(() -> ResultWriter.write(directory, Results.filled()))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("is a directory");
    }

    @Test
    void aFullDiskIsToldBeforeAnythingIsWritten() throws IOException {
        Path file = directory.resolve("result.cxi");

        assertThatThrownBy(() -> NewFile.write(file, Long.MAX_VALUE / 2, Naming.REPLACING, path -> {
                    throw new AssertionError("written");
                }))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("MiB left");
        assertThat(names()).isEmpty();
    }

    @Test
    void aFailureLeavesNoTemporaryFileAndKeepsTheOldOne() throws IOException {
        Path file = directory.resolve("result.cxi");
        Files.writeString(file, "old");

        assertThatThrownBy(() -> NewFile.write(file, 10, Naming.REPLACING, path -> {
                    write(path, "half");
                    throw new IllegalStateException("no more");
                }))
                .hasMessage("no more");

        assertThat(names()).containsExactly("result.cxi");
        assertThat(Files.readString(file)).isEqualTo("old");
    }

    @Test
    void aNewResultDoesNotReplaceAFileThatAppearedWhileItWasWritten() throws IOException {
        Path file = directory.resolve("result.cxi");

        assertThatThrownBy(() -> NewFile.write(file, 10, Naming.NEVER_REPLACING, path -> {
                    write(path, "ours");
                    write(file, "theirs");
                }))
                .isInstanceOf(NameTakenException.class)
                .hasMessageContaining(file + " exists and is not overwritten");

        assertThat(names()).containsExactly("result.cxi");
        assertThat(Files.readString(file)).isEqualTo("theirs");
    }

    @Test
    void aNewResultIsThereWholeAndAlone() throws IOException {
        Path file = directory.resolve("result.cxi");

        ResultWriter.writeNew(file, Results.filled());

        assertThat(names()).containsExactly("result.cxi");
        assertThat(ResultReader.read(file).curve().name())
                .isEqualTo(Results.filled().curve().name());
        assertThatThrownBy(() -> ResultWriter.writeNew(file, Results.filled())).isInstanceOf(NameTakenException.class);
    }

    /** Zip files know no links. */
    @Test
    void aNameIsGivenOnceWhereThereAreNoLinksEither() throws IOException {
        Path zip = directory.resolve("files.zip");
        try (FileSystem files = FileSystems.newFileSystem(zip, Map.of("create", "true"))) {
            Path target = files.getPath("/result.cxi");
            Path ours = files.getPath("/ours.part");
            Path theirs = files.getPath("/theirs.part");
            write(ours, "ours");
            write(theirs, "theirs");

            Naming.NEVER_REPLACING.give(theirs, target);

            assertThatThrownBy(() -> Naming.NEVER_REPLACING.give(ours, target))
                    .isInstanceOf(FileAlreadyExistsException.class);
            assertThat(Files.readString(target)).isEqualTo("theirs");
        }
    }

    private static void write(Path file, String text) {
        try {
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private List<String> names() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(path -> path.getFileName().toString()).toList();
        }
    }

    private float[] floats(String name) throws IOException {
        var buffer = ByteBuffer.wrap(Files.readAllBytes(directory.resolve(name)))
                .order(ByteOrder.LITTLE_ENDIAN)
                .asFloatBuffer();
        float[] values = new float[buffer.remaining()];
        buffer.get(values);
        return values;
    }
}
