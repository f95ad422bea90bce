package org.bcdi.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import org.bcdi.model.ExecutionProvider;
import org.bcdi.stack.RockingCurve;
import org.bcdi.stack.RoiChoice;
import org.bcdi.store.NameTakenException;
import org.bcdi.store.ScanResult;
import org.bcdi.task.BcdiException;
import org.bcdi.task.InputException;
import org.bcdi.testing.Warnings;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The pipeline with its threads, a detector in memory and engines that the test holds up. */
@Timeout(60)
class OnlinePipelineTest {
    private static final int MANY = Integer.MAX_VALUE / 2;

    private final FakeDetector detector = new FakeDetector();
    private final FakeEngines engines = new FakeEngines();
    private final List<Snapshot> heard = Collections.synchronizedList(new ArrayList<>());
    private final Set<Path> written = Collections.synchronizedSet(new java.util.TreeSet<>());
    private volatile Throwable diskError;
    private volatile Semaphore writeGate = new Semaphore(MANY);
    private Wishes wishes = new Wishes(true, true, true, "ER1", 1, RoiChoice.parse(""));
    private ScanShape shape = ScanShape.ACQUISITION;
    private OverloadPolicy overload = OverloadPolicy.WAIT;
    private long budget = 1 << 30;
    private long fileBytes;
    private String saidInFile = "{}";
    private Optional<Path> results;
    private OnlinePipeline pipeline;

    @TempDir
    private Path folder;

    @BeforeEach
    void saveToTheFolder() {
        results = Optional.of(folder);
    }

    @AfterEach
    void close() {
        if (pipeline != null) {
            // Closing waits for what is to be written, also where a test failed before it let that through
            writeGate.release(MANY);
            pipeline.close();
            assertThat(engines.closed).isTrue();
        }
    }

    @Test
    void followsInpaintsPhasesSavesAndTells() {
        start();
        pipeline.beginScan("{\"name\":\"S1\",\"motor\":\"eta\"}");
        detector.shoot(5);
        until(() -> now().counters().scans() == 1);

        assertThat(now().stage()).isEqualTo(Stage.DONE);
        assertThat(now().condition()).isEqualTo(Condition.ARMED);
        assertThat(now().counters()).isEqualTo(new Counters(1, 5, 5, 0, 0, 0));
        ProcessedScan scan = now().published().orElseThrow().scan().orElseThrow();
        assertThat(scan.curve().name()).isEqualTo("S1");
        assertThat(scan.reconstruction()).isPresent();
        assertThat(scan.result().provenance().settings()).contains("\"motor\":\"eta\"");
        assertThat(scan.result().provenance().command()).isEqualTo("test");
        assertThat(now().lastFile()).isEqualTo(folder.resolve("S1.cxi").toString());
        assertThat(now().jobs())
                .singleElement()
                .isEqualTo(new Job("1", "S1", "detector", "done", "", now().lastFile()));
        assertThat(now().published().orElseThrow().latencySeconds()).isPositive();
        assertThat(now().sentence())
                .contains("Waiting for sim/lima/1")
                .contains("S1: 5x4x6")
                .contains("Saved to");
    }

    @Test
    void showsWhereTheNetworkRunsAlsoWhenItLeftTheGpuForTheCpu() {
        engines.provider = ExecutionProvider.CUDA;
        start();
        until(() -> now().engine().isPresent());
        assertThat(now().engine().orElseThrow().provider()).isEqualTo("cuda");

        engines.provider = ExecutionProvider.CPU;
        detector.shoot(3);
        until(() -> now().counters().scans() == 1);

        assertThat(now().engine().orElseThrow().provider()).isEqualTo("cpu");
        assertThat(now().published().orElseThrow().scan().orElseThrow().provider())
                .isEqualTo("cpu");
    }

    @Test
    void findsScansByItsTimerWhenNothingWakesItUp() {
        detector.silent();
        start();
        detector.shoot(3);
        until(() -> now().counters().scans() == 1);
    }

    @Test
    void publishesTheFilledVolumeBeforePhasingEnds() {
        engines.phaseGate = new Semaphore(0);
        start();
        detector.shoot(3);
        until(() -> now().stage() == Stage.PHASING);
        assertThat(now().condition()).isEqualTo(Condition.BUSY);
        assertThat(now().published().orElseThrow().scan().orElseThrow().reconstruction())
                .isEmpty();
        engines.phaseGate.release();
        until(() -> now().counters().scans() == 1);
        assertThat(now().published().orElseThrow().scan().orElseThrow().reconstruction())
                .isPresent();
    }

    @Test
    void takesTheNextScanWhileTheLastIsProcessed() {
        engines.fillGate = new Semaphore(0);
        start();
        detector.shoot(3);
        until(() -> now().stage() == Stage.INPAINTING);
        detector.prepare(4).start().expose(2);
        until(() -> now().counters().received() == 2);
        assertThat(now().stage()).isEqualTo(Stage.INPAINTING);
        detector.expose(2).stop();
        until(() -> now().jobs().size() == 2);
        engines.fillGate.release();
        until(() -> now().counters().scans() == 1);
        assertThat(published().counts().at(0, 0, 0)).isEqualTo(FakeDetector.pixel(1, 0, 0));
        engines.fillGate.release();
        until(() -> now().counters().scans() == 2);
        assertThat(published().counts().at(3, 0, 0)).isEqualTo(FakeDetector.pixel(2, 3, 0));
        assertThat(written).hasSize(2);
    }

    @Test
    void tellsWhatAScanLacksThoughAWholeOneFollowsAtOnce() {
        engines.fillGate = new Semaphore(0);
        start();
        pipeline.beginScan("{\"name\":\"A\"}");
        detector.prepare(5).start().expose(3).stop();
        until(() -> now().jobs().size() == 1);
        detector.shoot(2);
        until(() -> now().jobs().size() == 2);
        String lacks = "A is incomplete: the detector was stopped after frame 3.";
        assertThat(now().sentence()).contains(lacks);
        engines.fillGate.release(3);
        until(() -> now().counters().scans() == 2 && now().condition() == Condition.WARNING);
        assertThat(now().sentence()).contains(lacks);
        assertThat(now().jobs()).extracting(Job::sentence).containsExactly(lacks, "");

        detector.shoot(4);
        until(() -> now().counters().scans() == 3);
        assertThat(now().sentence()).doesNotContain(lacks);
        until(() -> now().condition() == Condition.ARMED);
    }

    @Test
    void makesTheFourthScanWaitAtTheDoorAndLosesNone() {
        engines.fillGate = new Semaphore(0);
        start();
        for (int i = 1; i <= 4; i++) {
            int scans = i;
            detector.shoot(i + 1);
            until(() -> now().jobs().size() == scans);
        }
        until(() -> now().condition() == Condition.WARNING);
        assertThat(now().sentence()).contains("Processing is behind");
        engines.fillGate.release(4);
        until(() -> now().counters().scans() == 4);
        assertThat(now().counters().dropped()).isZero();
        assertThat(published().counts().shape().nz()).isEqualTo(5);
        // The scans may be done before the one that waited at the door says that it is in
        until(() -> now().condition() == Condition.ARMED);
    }

    @Test
    void takesAQuickScanOfTheSameLengthThatRanWhileTheOneBeforeWaitedAtTheDoor() {
        engines.fillGate = new Semaphore(0);
        start();
        for (int i = 1; i <= 4; i++) {
            int scans = i;
            detector.shoot(i + 1);
            until(() -> now().jobs().size() == scans);
        }
        until(() -> now().sentence().contains("Processing is behind"));
        detector.shoot(5);
        engines.fillGate.release(5);
        until(() -> now().counters().scans() == 5);
        assertThat(published().counts().at(0, 0, 0)).isEqualTo(FakeDetector.pixel(5, 0, 0));
    }

    @Test
    void dropsAndCountsTheFourthScanWhenToldSo() {
        overload = OverloadPolicy.DROP;
        engines.fillGate = new Semaphore(0);
        start();
        detector.shoot(2);
        until(() -> now().stage() == Stage.INPAINTING);
        for (int i = 2; i <= 4; i++) {
            int scans = i;
            detector.shoot(i + 1);
            until(() -> now().jobs().size() == scans);
        }
        until(() -> now().counters().dropped() == 1);
        assertThat(now().jobs().get(3).state()).isEqualTo("failed");
        engines.fillGate.release(4);
        until(() -> now().counters().scans() == 3);
        assertThat(now().counters().dropped()).isEqualTo(1);
    }

    @Test
    void abortDropsEverythingInHand() {
        engines.fillGate = new Semaphore(0);
        start();
        detector.shoot(2);
        until(() -> now().stage() == Stage.INPAINTING);
        detector.shoot(3);
        until(() -> now().jobs().size() == 2);
        detector.prepare(5).start().expose(1);
        until(() -> now().counters().expected() == 5 && now().counters().received() == 1);

        pipeline.abort();
        until(() -> now().condition() == Condition.ARMED);
        assertThat(now().jobs()).extracting(Job::state).containsExactly("cancelled", "cancelled");
        int looks = detector.expose(4).stop().looks();
        until(() -> detector.looks() > looks + 1);
        engines.fillGate.release(9);
        detector.shoot(3);
        until(() -> now().jobs().size() == 3 && now().jobs().get(2).ended());
        assertThat(published().counts().at(0, 0, 0)).isEqualTo(FakeDetector.pixel(4, 0, 0));
    }

    /** The detector may take seconds to answer, and the abort of the scan being taken waits for that. */
    @Test
    void abortLeavesAloneWhatIsAskedForAfterIt() throws InterruptedException {
        start();
        shoot("A", 2, 1);
        engines.fillGate = new Semaphore(0);
        CountDownLatch fetching = new CountDownLatch(1);
        CountDownLatch answer = new CountDownLatch(1);
        detector.beforeFetch(() -> {
            fetching.countDown();
            awaitUninterruptibly(answer);
        });
        Thread beamline = new Thread(() -> detector.shoot(3));
        beamline.start();
        fetching.await();
        pipeline.abort();
        String job = pipeline.reprocess("");
        until(() -> now().stage() == Stage.INPAINTING);
        answer.countDown();
        beamline.join();
        int looks = detector.looks();
        until(() -> detector.looks() > looks + 1);

        engines.fillGate.release(MANY);
        until(() -> now().jobs().stream().filter(j -> j.id().equals(job)).allMatch(Job::ended));
        assertThat(now().jobs())
                .filteredOn(j -> j.id().equals(job))
                .extracting(Job::state)
                .containsExactly("done");
    }

    @Test
    void aCancelledPhasingLeavesTheFilledVolumeAndSavesIt() {
        engines.phaseGate = new Semaphore(0);
        start();
        detector.shoot(2);
        until(() -> now().stage() == Stage.PHASING);
        pipeline.abort();
        until(() -> now().counters().scans() == 1);
        assertThat(now().published().orElseThrow().scan().orElseThrow().reconstruction())
                .isEmpty();
        assertThat(written).hasSize(1);
        assertThat(now().jobs().get(0).state()).isEqualTo("cancelled");
        assertThat(now().condition()).isEqualTo(Condition.ARMED);
    }

    @Test
    void aFailedPhasingLeavesTheFilledVolumeSavesItAndSaysSo() {
        engines.phaseError = new BcdiException("The support vanished; choose a lower threshold.");
        start();
        detector.shoot(2);
        until(() -> now().counters().scans() == 1);
        assertThat(now().published().orElseThrow().scan()).isPresent();
        assertThat(written).hasSize(1);
        assertThat(now().stage()).isEqualTo(Stage.FAILED);
        assertThat(now().condition()).isEqualTo(Condition.WARNING);
        assertThat(now().sentence()).contains("could not be phased").contains("The support vanished");
        pipeline.reset();
        assertThat(now().condition()).isEqualTo(Condition.ARMED);
    }

    @Test
    void goesOnAfterAScanThatCouldNotBeProcessed() {
        engines.fillError = new IllegalStateException("bug");
        start();
        detector.shoot(2);
        until(() -> now().counters().scans() == 1);
        assertThat(now().stage()).isEqualTo(Stage.FAILED);
        assertThat(now().sentence()).contains("could not be processed");
        engines.fillError = null;
        detector.shoot(3);
        until(() -> now().counters().scans() == 2);
        assertThat(now().stage()).isEqualTo(Stage.DONE);
        assertThat(now().condition()).isEqualTo(Condition.ARMED);
    }

    /** As when the program is built anew under a running server. */
    @Test
    void aClassThatIsMissingFailsTheScanAndNotTheDevice() {
        engines.fillError = new NoClassDefFoundError("org/bcdi/inpaint/Fills");
        start();
        shoot("A", 2, 1);
        assertThat(now().jobs().get(0).ended()).isTrue();
        assertThat(now().sentence()).contains("A could not be processed").contains("Fills");

        engines.fillError = null;
        pipeline.reprocess("");
        until(() -> now().jobs().get(1).ended());
        assertThat(written).containsExactly(folder.resolve("A.cxi"));
    }

    @Test
    void anErrorOfTheMachineFailsTheScanAndNotTheDevice() {
        engines.fillError = new StackOverflowError();
        start();
        shoot("A", 2, 1);
        assertThat(now().jobs().get(0).state()).isEqualTo("failed");
        assertThat(now().sentence()).contains("A could not be processed: java.lang.StackOverflowError");

        engines.fillError = null;
        engines.phaseError = new AssertionError("bug");
        shoot("B", 2, 2);
        assertThat(now().jobs().get(1).state()).isEqualTo("failed");
        assertThat(now().sentence()).contains("B could not be phased, its filled volume stays");
        assertThat(written).containsExactly(folder.resolve("B.cxi"));

        engines.phaseError = null;
        diskError = new InternalError("a fault in memory mapped to a file");
        shoot("C", 2, 3);
        assertThat(now().sentence()).contains("The result of C could not be saved (java.lang.InternalError");
        assertThat(now().condition()).isEqualTo(Condition.WARNING);
    }

    @Test
    void aScanThatCouldNotBeFilledIsTheOneThatReprocessTakes() {
        start();
        shoot("A", 2, 1);
        engines.fillError = new IllegalStateException("bug");
        shoot("B", 3, 2);
        assertThat(now().sentence()).contains("B could not be processed").contains("call Reprocess to try again");
        assertThat(now().published().orElseThrow().bytes()).isEqualTo(3 * 4 * 6 * 5);
        assertRefused(() -> pipeline.save(""), "There is no result to save yet");

        engines.fillError = null;
        pipeline.reprocess("");
        until(() -> now().jobs().get(2).ended());
        assertThat(now().jobs().get(2).scan()).isEqualTo("B");
        assertThat(now().sentence()).doesNotContain("could not be processed");
        assertThat(now().condition()).isEqualTo(Condition.ARMED);
        assertThat(written).containsExactly(folder.resolve("A.cxi"), folder.resolve("B.cxi"));
    }

    @Test
    void aResultOutlivesTheFailureToFillItsScanAgain() {
        start();
        shoot("A", 2, 1);
        engines.fillError = new BcdiException("The GPU is full; close other programs.");
        pipeline.reprocess("");
        until(() -> now().jobs().get(1).ended());
        assertThat(now().sentence()).contains("The GPU is full");
        assertThat(isPhased(2)).isTrue();
    }

    @Test
    void whatTheBeamlineSaidOfAScanStaysWithItWhenItIsProcessedAgain() {
        wishes = wishes.withProcess(false);
        start();
        pipeline.beginScan("{\"name\":\"S1\",\"motor\":\"eta\"}");
        detector.shoot(2);
        until(() -> now().counters().scans() == 1);
        for (int again = 1; again <= 2; again++) {
            int job = again;
            pipeline.reprocess("");
            until(() -> now().jobs().size() > job && now().jobs().get(job).ended());
            ProcessedScan scan = now().published().orElseThrow().scan().orElseThrow();
            assertThat(scan.result().provenance().settings()).contains("\"motor\":\"eta\"");
        }
    }

    @Test
    void onlyKeepsScansWhenProcessingIsSwitchedOffAndProcessesThemOnDemand() {
        wishes = wishes.withProcess(false);
        start();
        detector.shoot(2);
        until(() -> now().counters().scans() == 1);
        assertThat(now().published().orElseThrow().scan()).isEmpty();
        assertThat(written).isEmpty();
        assertThat(now().sentence()).contains("is kept and not processed, since autoProcess is off; call Reprocess");

        assertThat(pipeline.reprocess("")).isEqualTo("2");
        until(() -> now().published().orElseThrow().scan().isPresent());
        until(() -> now().jobs().get(1).ended());
        assertThat(now().counters().scans()).isEqualTo(1);
        assertThat(now().jobs().get(1).source()).isEqualTo("memory");
    }

    @Test
    void doesNotPhaseOrSaveWhenNotWished() {
        wishes = wishes.withPhase(false).withSave(false);
        start();
        detector.shoot(2);
        until(() -> now().counters().scans() == 1);
        assertThat(now().published().orElseThrow().scan().orElseThrow().reconstruction())
                .isEmpty();
        assertThat(written).isEmpty();
        assertThat(now().sentence()).endsWith("not phased. It is not saved, since autoSave is off; call Save.");
    }

    @Test
    void saysThatAResultIsNotSavedForWantOfADirectory() {
        results = Optional.empty();
        start();
        shoot("A", 2, 1);
        assertThat(now().sentence())
                .contains("phased in")
                .endsWith("It is not saved: set the property ResultDirectory.");
    }

    @Test
    void neverOverwritesAResult() throws IOException {
        Files.createFile(folder.resolve("S1.cxi"));
        start();
        for (int i = 1; i <= 2; i++) {
            int scans = i;
            pipeline.beginScan("{\"name\":\"S1\"}");
            detector.shoot(i + 1);
            until(() -> now().counters().scans() == scans);
        }
        assertThat(written).containsExactly(folder.resolve("S1_2.cxi"), folder.resolve("S1_3.cxi"));
    }

    @Test
    void takesTheNextNameWhenAnotherDeviceTookTheFirstWhileThisOneWrote() throws IOException {
        writeGate = new Semaphore(0);
        start();
        pipeline.beginScan("{\"name\":\"S1\"}");
        detector.shoot(2);
        until(() -> writeGate.hasQueuedThreads());
        Files.createFile(folder.resolve("S1.cxi"));
        writeGate.release(2);
        until(() -> now().counters().scans() == 1);
        assertThat(written).containsExactly(folder.resolve("S1_2.cxi"));
        assertThat(now().condition()).isEqualTo(Condition.ARMED);
    }

    @Test
    void saysThatTheNameAskedForWasTakenWhileItWrote() throws IOException {
        wishes = wishes.withSave(false);
        writeGate = new Semaphore(0);
        start();
        detector.shoot(2);
        until(() -> now().counters().scans() == 1);
        Path file = Path.of(pipeline.save("mine"));
        until(() -> writeGate.hasQueuedThreads());
        Files.createFile(file);
        writeGate.release(2);
        until(() -> now().condition() == Condition.WARNING);
        assertThat(now().sentence()).contains("The file " + file + " exists and is not overwritten", "call Save");
        assertThat(written).isEmpty();
        assertThat(pipeline.save("")).endsWith(".cxi");
    }

    @Test
    void promisesNoNameThatIsAboutToBeWritten() {
        writeGate = new Semaphore(0);
        start();
        pipeline.beginScan("{\"name\":\"S1\"}");
        detector.shoot(2);
        until(() -> writeGate.hasQueuedThreads());
        assertRefused(() -> pipeline.save("S1"), "is about to be written; choose another name");
        assertThat(pipeline.save("")).isEqualTo(folder.resolve("S1_2.cxi").toString());
        writeGate.release();
        until(() -> written.size() == 1 && writeGate.hasQueuedThreads());
        assertThat(pipeline.save("")).isEqualTo(folder.resolve("S1_3.cxi").toString());
        assertRefused(() -> pipeline.save(""), "Results are being written");
        writeGate.release(2);
        until(() -> written.size() == 3 && now().condition() == Condition.ARMED);
        assertThat(written)
                .containsExactly(folder.resolve("S1.cxi"), folder.resolve("S1_2.cxi"), folder.resolve("S1_3.cxi"));
        assertThat(now().notices().alarm()).isEmpty();
        assertThat(pipeline.save("")).isEqualTo(folder.resolve("S1_4.cxi").toString());
    }

    @Test
    void keepsAResultThatCouldNotBeSavedAndSavesItLater() {
        diskError = new InputException("No space left on device");
        start();
        detector.shoot(2);
        until(() -> now().counters().scans() == 1);
        assertThat(now().condition()).isEqualTo(Condition.WARNING);
        assertThat(now().sentence())
                .contains("could not be saved (No space left on device)")
                .contains("call Save");
        assertThat(now().lastFile()).isEmpty();

        assertRefused(() -> pipeline.save("again/S7"), "No space left");
        diskError = null;
        String file = pipeline.save("again/S7");
        assertThat(file).isEqualTo(folder.resolve("again/S7.cxi").toString());
        until(() -> now().lastFile().equals(file));
        assertThat(written).containsExactly(Path.of(file));
        until(() -> now().condition() == Condition.ARMED);
        assertThat(now().sentence()).contains("Saved to").doesNotContain("could not be saved");
    }

    @Test
    void aFailedPhasingIsToldAlsoWhereTheFilledVolumeCannotBeSaved() {
        engines.phaseError = new BcdiException("The support vanished; choose a lower threshold.");
        diskError = new BcdiException("No space left on device");
        start();
        shoot("A", 2, 1);
        assertThat(now().sentence()).contains("The support vanished", "could not be saved");
        assertThat(now().jobs().get(0).sentence()).contains("The support vanished", "could not be saved");

        diskError = null;
        String file = pipeline.save("");
        until(() -> now().lastFile().equals(file));
        until(() -> !now().sentence().contains("could not be saved"));
        assertThat(now().condition()).isEqualTo(Condition.WARNING);
        assertThat(now().sentence()).contains("The support vanished");
    }

    @Test
    void aFailureIsNotHiddenByTheResultBeforeThatIsSavedAfterIt() {
        writeGate = new Semaphore(0);
        start();
        detector.shoot(2);
        until(() -> writeGate.hasQueuedThreads());
        assertThat(now().stage()).isEqualTo(Stage.SAVING);
        engines.fillError = new BcdiException("The network gives no number; choose another.");
        detector.shoot(3);
        until(() -> now().jobs().size() == 2 && now().jobs().get(1).ended());
        assertThat(now().stage()).isEqualTo(Stage.SAVING);

        writeGate.release();
        until(() -> now().jobs().get(0).ended());
        assertThat(now().jobs()).extracting(Job::state).containsExactly("done", "failed");
        assertThat(now().stage()).isEqualTo(Stage.FAILED);

        engines.fillError = null;
        writeGate.release();
        shoot("C", 4, 3);
        assertThat(now().stage()).isEqualTo(Stage.DONE);
    }

    @Test
    void aResultThatWaitsToBeSavedIsNotDone() {
        writeGate = new Semaphore(0);
        start();
        detector.shoot(2);
        until(() -> writeGate.hasQueuedThreads());
        detector.shoot(3);
        until(() -> isPhased(3) && now().stage() == Stage.SAVING);
        writeGate.release();
        until(() -> written.size() == 1 && writeGate.hasQueuedThreads());
        assertThat(now().stage()).isEqualTo(Stage.SAVING);
        writeGate.release();
        until(() -> now().stage() == Stage.DONE);
        assertThat(now().jobs()).extracting(Job::state).containsExactly("done", "done");
    }

    @Test
    void refusesToSaveElsewhereOrNothing() throws IOException {
        start();
        assertRefused(() -> pipeline.save(""), "There is no result to save yet");
        detector.shoot(2);
        until(() -> now().counters().scans() == 1);
        Files.createDirectory(folder.resolve("inside"));
        Files.createSymbolicLink(folder.resolve("link"), Path.of("/tmp"));
        assertRefused(() -> pipeline.save("../x.cxi"), "is not below the result directory");
        assertRefused(() -> pipeline.save("inside/../../x.cxi"), "is not below the result directory");
        assertRefused(() -> pipeline.save("/tmp/x.cxi"), "is not below the result directory");
        assertRefused(() -> pipeline.save("link/x.cxi"), "is not below the result directory");
        assertRefused(() -> pipeline.save("."), "is not below the result directory");
        assertRefused(() -> pipeline.save("x".repeat(300)), "choose a shorter one");
        assertRefused(
                () -> pipeline.save(folder.relativize(Path.of(now().lastFile())).toString()), "is not overwritten");
    }

    @Test
    void closingWritesTheResultsThatWait() throws InterruptedException {
        writeGate = new Semaphore(0);
        start();
        detector.shoot(2);
        until(() -> now().stage() == Stage.SAVING);
        detector.shoot(3);
        until(() -> isPhased(3));
        detector.shoot(4);
        until(() -> isPhased(4));

        Thread closer = new Thread(pipeline::close);
        closer.start();
        until(() -> closer.getState() == Thread.State.TIMED_WAITING);
        writeGate.release(3);
        closer.join();
        assertThat(written).hasSize(3);
    }

    @Test
    void closingTellsWhatItDrops() {
        engines.fillGate = new Semaphore(0);
        start();
        for (int i = 1; i <= 2; i++) {
            int scans = i;
            pipeline.beginScan("{\"name\":\"S" + i + "\"}");
            detector.shoot(i);
            until(() -> now().jobs().size() == scans && now().stage() == Stage.INPAINTING);
        }
        pipeline.beginScan("{\"name\":\"S3\"}");
        detector.prepare(5).start().expose(1);
        until(() -> now().counters().expected() == 5 && now().counters().received() == 1);

        try (Warnings warnings = new Warnings("org.bcdi.pipeline")) {
            pipeline.close();
            assertThat(warnings.told())
                    .anyMatch(line -> line.startsWith("S1 was cancelled"))
                    .anyMatch(line -> line.startsWith("S2 is dropped"))
                    .anyMatch(line -> line.startsWith("S3 is dropped"));
        }
    }

    @Test
    void warnsOfAResultDirectoryThatIsNone() throws IOException {
        Files.delete(folder);
        start();
        until(() -> now().condition() == Condition.WARNING);
        assertThat(now().sentence()).contains("is no directory");
        Files.createDirectory(folder);
        pipeline.reset();
        assertThat(now().condition()).isIn(Condition.ARMED, Condition.STANDBY);
    }

    @Test
    void processesAFile() throws IOException {
        Path file = Files.createFile(folder.resolve("old.h5"));
        start();
        pipeline.reprocess(file.toString());
        until(() -> now().jobs().get(0).ended());
        assertThat(now().jobs().get(0).scan()).isEqualTo("from old.h5");
        assertThat(now().counters().scans()).isZero();
        assertThat(now().published().orElseThrow().latencySeconds()).isZero();
        assertRefused(() -> pipeline.reprocess(folder + "/absent.h5"), "is not there");
        assertRefused(() -> pipeline.reprocess(folder.toString()), "is not there");
    }

    @Test
    void whatTheBeamlineSaidOfAScanComesFromItsResultFileAndTheRecipeAndSeedFromTheWishes() throws IOException {
        Path file = Files.createFile(folder.resolve("S1.cxi"));
        saidInFile = "{\"name\":\"S1\",\"motor\":\"eta\"}";
        start();
        pipeline.wish(before -> before.withRecipe("ER7").withSeed(42));
        pipeline.reprocess(file.toString());
        until(() -> now().jobs().get(0).ended());
        ProcessedScan scan = now().published().orElseThrow().scan().orElseThrow();
        assertThat(scan.result().provenance().settings())
                .contains("\"scan\":" + saidInFile)
                .contains("\"recipe\":\"ER7\"")
                .contains("\"seed\":42");

        pipeline.reprocess("");
        until(() -> now().jobs().get(1).ended());
        ProcessedScan again = now().published().orElseThrow().scan().orElseThrow();
        assertThat(again.result().provenance().settings()).contains("\"scan\":" + saidInFile);
    }

    @Test
    void refusesAFileThatCannotBeReadBeforeItBecomesAJob() throws IOException {
        Path file = Files.createFile(folder.resolve("notes.txt"));
        start();
        assertRefused(() -> pipeline.reprocess(file.toString()), "is no HDF5 file");
        assertThat(now().jobs()).isEmpty();
    }

    @Test
    void phasesWithTheSeedThatIsWished() {
        start();
        pipeline.wish(before -> before.withSeed(42));
        detector.shoot(2);
        until(() -> now().counters().scans() == 1);
        ProcessedScan scan = now().published().orElseThrow().scan().orElseThrow();
        assertThat(scan.reconstruction().orElseThrow().seed()).isEqualTo(42);
        assertThat(scan.result().provenance().settings()).contains("\"seed\":42");
    }

    @Test
    void countsTheResultThatIsShownAgainstTheMemoryBudget() {
        budget = 3000;
        start();
        detector.shoot(8);
        until(() -> now().counters().scans() == 1);
        assertThat(now().published().orElseThrow().bytes()).isEqualTo(8 * 4 * 6 * (5 + 8 + 9));
        detector.shoot(6);
        until(() -> now().counters().dropped() == 1);
        assertThat(now().sentence()).contains("memory budget");
    }

    @Test
    void countsAFileThatIsProcessedAgainAgainstTheMemoryBudget() throws IOException {
        Path file = Files.createFile(folder.resolve("old.h5"));
        budget = 3000;
        fileBytes = 2500;
        engines.fillGate = new Semaphore(0);
        start();
        pipeline.reprocess(file.toString());
        until(() -> now().stage() == Stage.INPAINTING);
        detector.shoot(6);
        until(() -> now().counters().dropped() == 1);
        assertThat(now().notices().alarm()).contains("memory budget");
        engines.fillGate.release();
        until(() -> now().jobs().get(0).ended());
    }

    /** A of 8x4x6 voxels is published (4224 bytes), B of as many waits to be filled (960). */
    @Test
    void countsTheLastScanThatIsProcessedAgainBehindAnotherAgainstTheMemoryBudget() {
        budget = 4224 + 960 + 960;
        startWithOneInHand();
        pipeline.reprocess("");
        detector.shoot(7);
        until(() -> now().counters().dropped() == 1);
        assertThat(now().notices().alarm()).contains("memory budget");
        engines.fillGate.release(2);
        until(() -> now().jobs().get(2).ended());
        assertThat(published().name()).isEqualTo("A");
    }

    @Test
    void refusesToProcessAgainWhatTheMemoryBudgetHasNoRoomForBesideTheScansBefore() throws IOException {
        budget = 4224 + 960 + 959;
        startWithOneInHand();
        assertRefused(() -> pipeline.reprocess(""), "A needs 1 MiB to be processed again");
        Path file = Files.createFile(folder.resolve("old.h5"));
        fileBytes = 960;
        assertRefused(() -> pipeline.reprocess(file.toString()), "old.h5 needs 1 MiB to be processed again");
        assertThat(now().jobs()).hasSize(2);
        engines.fillGate.release();
        until(() -> now().counters().scans() == 2);
    }

    /** A of 8x4x6 voxels is published (4224 bytes), B of as many is being taken (960). */
    @Test
    void countsTheScanBeingTakenBeforeAFileIsProcessedAgain() throws IOException {
        Path file = Files.createFile(folder.resolve("old.h5"));
        budget = 4224 + 960 + 1000;
        start();
        shoot("A", 8, 1);
        detector.prepare(8).start().expose(4);
        until(() -> now().counters().received() == 4);
        fileBytes = 1001;
        assertRefused(() -> pipeline.reprocess(file.toString()), "old.h5 needs 1 MiB to be processed again");
        fileBytes = 1000;
        pipeline.reprocess(file.toString());
        detector.expose(4).stop();
        until(() -> now().jobs().size() == 3 && now().jobs().stream().allMatch(Job::ended));
        assertThat(now().jobs()).allMatch(job -> job.state().equals("done"));
    }

    /** B of 8x4x6 voxels is published, A of as many is still being written (4224 bytes each). */
    @Test
    void countsResultsThatWaitForTheDiskBeforeAFileIsProcessedAgain() throws IOException {
        Path file = Files.createFile(folder.resolve("old.h5"));
        budget = 2 * 4224 + 1000;
        fileBytes = 1001;
        writeGate = new Semaphore(0);
        start();
        for (String name : List.of("A", "B")) {
            pipeline.beginScan("{\"name\":\"" + name + "\"}");
            detector.shoot(8);
            until(() -> now().published()
                    .filter(result -> result.curve().name().equals(name))
                    .flatMap(Published::scan)
                    .flatMap(ProcessedScan::reconstruction)
                    .isPresent());
        }
        assertRefused(() -> pipeline.reprocess(file.toString()), "old.h5 needs 1 MiB to be processed again");
        writeGate.release();
        until(() -> written.size() == 1 && writeGate.hasQueuedThreads());
        pipeline.reprocess(file.toString());
        writeGate.release(2);
        until(() -> now().jobs().stream().allMatch(Job::ended));
    }

    @Test
    void theLastScanTakesNoMoreMemoryWhenItIsProcessedAgainByItself() {
        budget = 1000;
        start();
        shoot("A", 8, 1);
        assertThat(now().published().orElseThrow().bytes()).isEqualTo(4224);
        pipeline.reprocess("");
        until(() -> now().jobs().get(1).ended());
        assertThat(now().jobs().get(1).state()).isEqualTo("done");
    }

    @Test
    void refusesWhatItCannotDoNow() {
        start();
        assertRefused(() -> pipeline.reprocess(""), "no scan in memory");
        assertRefused(() -> run(pipeline::endScan), "No scan is announced");
        assertRefused(() -> run(() -> pipeline.beginScan("nonsense")), "no JSON");
        pipeline.stop();
        assertRefused(() -> run(() -> pipeline.beginScan("{}")), "call Start first");
        assertRefused(() -> run(() -> pipeline.beginScan("{\"frames\":5} and more")), "is no JSON");
    }

    @Test
    void stopForgetsTheScanThatWasAnnounced() {
        start();
        pipeline.beginScan("{\"frames\":5}");
        pipeline.stop();
        pipeline.start();
        assertRefused(() -> run(pipeline::endScan), "No scan is announced");
        pipeline.beginScan("{}");
        pipeline.endScan();
    }

    @Test
    void withoutADetectorItStillProcessesFiles() throws IOException {
        Path file = Files.createFile(folder.resolve("old.h5"));
        pipeline = make(Optional.empty());
        assertRefused(() -> run(pipeline::start), "set the property DetectorDevice");
        until(() -> now().condition() == Condition.STANDBY);
        pipeline.abort();
        pipeline.reprocess(file.toString());
        until(() -> now().jobs().get(0).ended());
    }

    @Test
    void takesAStepScanWithItsThreads() {
        shape = ScanShape.STEP;
        start();
        pipeline.beginScan("{\"name\":\"S3\",\"frames\":4}");
        for (int i = 1; i <= 4; i++) {
            int points = i;
            detector.shoot(1);
            until(() -> now().counters().received() == points);
        }
        pipeline.endScan();
        until(() -> now().counters().scans() == 1);
        assertThat(published().counts().shape().nz()).isEqualTo(4);
        assertThat(published().complete()).isTrue();
    }

    @Test
    void takesTwentyScansInARowWithoutKeepingMoreThanTheLast() {
        detector.size(64, 64).chunk(100);
        start();
        System.gc();
        List<java.lang.ref.WeakReference<RockingCurve>> curves = new ArrayList<>();
        for (int i = 1; i <= 20; i++) {
            int scans = i;
            detector.shoot(10 + i % 2);
            until(() -> now().counters().scans() == scans);
            curves.add(new java.lang.ref.WeakReference<>(published()));
        }
        heard.clear();
        until(() -> {
            System.gc();
            return curves.stream().filter(curve -> curve.get() != null).count() <= 1;
        });
        assertThat(now().counters().dropped()).isZero();
        assertThat(written).hasSize(20);
    }

    @Test
    void publishesAFewTimesASecondAndAlwaysTheLatest() {
        start();
        detector.prepare(0).start();
        for (int i = 1; i <= 50; i++) {
            int frames = i;
            detector.expose(1);
            until(() -> now().counters().received() == frames);
        }
        until(() -> !heard.isEmpty() && heard.get(heard.size() - 1).counters().received() == 50);
        assertThat(heard.size()).isLessThan(40);
    }

    @Test
    void tellsWhatAScanWillNeed() {
        start();
        assertThat(pipeline.selfTest())
                .anyMatch(line -> line.startsWith("network: ok, fill 'fake' on the cpu"))
                .anyMatch(line -> line.startsWith("results: ok"))
                .anyMatch(line -> line.startsWith("memory:"));
    }

    @Test
    void takesScansWhileModelsAreLoadedAndTellsWhatHindersThem() {
        engines.loadError = new BcdiException("The model is corrupt; install it again.");
        pipeline = make(Optional.of(detector));
        pipeline.start();
        // an acquisition that is over before the first look is taken for an older one
        until(() -> now().condition() == Condition.BROKEN && now().following() == Following.WATCHING);
        assertThat(now().sentence())
                .isEqualTo("The model is corrupt; install it again. Call Reset when the cause is gone.");
        detector.shoot(2);
        until(() -> now().jobs().size() == 1);
        engines.loadError = null;
        pipeline.reset();
        until(() -> now().counters().scans() == 1);
        assertThat(now().condition()).isEqualTo(Condition.ARMED);
    }

    @Test
    void closingDoesNotWaitForModelsThatAreStillLoadedAndTheNextOneLoadsAfterThem() throws InterruptedException {
        CountDownLatch loading = new CountDownLatch(1);
        CountDownLatch loaded = new CountDownLatch(1);
        engines.beforeLoad = () -> {
            loading.countDown();
            awaitUninterruptibly(loaded);
        };
        OnlinePipeline first = make(Optional.of(detector));
        loading.await();
        long start = System.nanoTime();
        first.close();
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));

        FakeEngines later = new FakeEngines();
        pipeline = make(Optional.of(detector), later);
        pipeline.start();
        until(() -> now().following() == Following.WATCHING);
        assertThat(engines.closed).isFalse();
        assertThat(now().engine()).isEmpty();
        loaded.countDown();
        until(() -> now().engine().isPresent());
        until(() -> engines.closed);
        assertThat(later.closed).isFalse();
    }

    /** A of 8 frames is published, and B of as many waits for the fill gate. */
    private void startWithOneInHand() {
        start();
        shoot("A", 8, 1);
        engines.fillGate = new Semaphore(0);
        pipeline.beginScan("{\"name\":\"B\"}");
        detector.shoot(8);
        until(() -> now().stage() == Stage.INPAINTING);
    }

    /** Takes a scan; the detector's scan of that number is then over. */
    private void shoot(String name, int frames, int number) {
        pipeline.beginScan("{\"name\":\"" + name + "\"}");
        detector.shoot(frames);
        until(() -> now().counters().scans() == number);
    }

    private static Void run(Runnable action) {
        action.run();
        return null;
    }

    private static void awaitUninterruptibly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static void assertRefused(Callable<?> action, String sentence) {
        assertThatThrownBy(action::call).isInstanceOf(InputException.class).hasMessageContaining(sentence);
    }

    private void start() {
        pipeline = make(Optional.of(detector));
        pipeline.start();
        until(() -> now().following() == Following.WATCHING && now().engine().isPresent());
    }

    private OnlinePipeline make(Optional<FakeDetector> source) {
        return make(source, engines);
    }

    private OnlinePipeline make(Optional<FakeDetector> source, FakeEngines made) {
        PipelineSettings settings =
                new PipelineSettings("test", "none", Optional.empty(), shape, 5, budget, overload, results);
        ScanFiles files = new ScanFiles() {
            @Override
            public long check(Path file, RoiChoice roi) {
                if (file.toString().endsWith(".txt")) {
                    throw new InputException("File " + file + " is no HDF5 file; give another.");
                }
                return fileBytes;
            }

            @Override
            public String said(Path file) {
                return saidInFile;
            }

            @Override
            public void requireRoom(Path file, ScanResult result) {
                FakeEngines.raise(diskError);
            }

            @Override
            public RockingCurve read(Path file, RoiChoice roi) {
                return TestCurves.small("from " + file.getFileName());
            }

            @Override
            public void write(Path file, ScanResult result) {
                FakeEngines.raise(diskError);
                try {
                    writeGate.acquire();
                    Files.createFile(file);
                } catch (FileAlreadyExistsException e) {
                    throw new NameTakenException(file);
                } catch (IOException | InterruptedException e) {
                    throw new BcdiException(e.toString(), e);
                }
                written.add(file);
            }
        };
        OnlinePipeline opened = new OnlinePipeline(settings, source.map(s -> s), made::processor, wishes, files);
        opened.run(heard::add);
        return opened;
    }

    private Snapshot now() {
        return pipeline.snapshot();
    }

    private boolean isPhased(int frames) {
        Published result = now().published().orElseThrow();
        return result.curve().counts().shape().nz() == frames
                && result.scan().flatMap(ProcessedScan::reconstruction).isPresent();
    }

    private RockingCurve published() {
        return now().published().orElseThrow().curve();
    }

    private static void until(Callable<Boolean> condition) {
        await().atMost(Duration.ofSeconds(20))
                .pollInterval(Duration.ofMillis(2))
                .until(condition);
    }
}
