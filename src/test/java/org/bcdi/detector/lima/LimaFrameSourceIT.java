package org.bcdi.detector.lima;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import fr.esrf.TangoApi.DeviceAttribute;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.bcdi.detector.Acquisition;
import org.bcdi.detector.DetectorLostException;
import org.bcdi.detector.DetectorStatus;
import org.bcdi.detector.DetectorStatus.State;
import org.bcdi.detector.FrameBlock;
import org.bcdi.detector.FramesGoneException;
import org.bcdi.detector.PixelType;
import org.bcdi.sim.lima.Weaknesses;
import org.bcdi.testing.ChildServer;
import org.bcdi.testing.SimulatedDetector;
import org.bcdi.testing.SimulatedDetector.Film;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The detector followed as a program follows it, through Tango without a database. */
class LimaFrameSourceIT {
    private static final Film FILM = new Film(PixelType.UINT16, 6, 4, 50, false);
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private static SimulatedDetector detector;

    @BeforeAll
    static void start() {
        detector = SimulatedDetector.start(FILM, Weaknesses.NONE);
    }

    @AfterAll
    static void stop() {
        detector.close();
    }

    @Test
    void an_acquisition_arrives_whole_and_unchanged() {
        detector.acquire(40, 0.005, 0);
        try (LimaFrameSource source = LimaFrameSource.open(detector.address())) {
            assertThat(source.acquisition().frames()).isEqualTo(40);
            assertThat(source.acquisition().height()).isEqualTo(6);
            assertThat(source.acquisition().width()).isEqualTo(4);
            assertThat(source.acquisition().type()).isEqualTo(PixelType.UINT16);
            assertThat(source.acquisition().tag()).isEqualTo(DataArray.NONE);
            assertThat(source.acquisition().roi()).isEmpty();

            List<FrameBlock> blocks = follow(source, 7);

            assertThat(blocks.stream().mapToInt(FrameBlock::count).sum()).isEqualTo(40);
            blocks.forEach(LimaFrameSourceIT::assertAsPlayed);
        }
    }

    @Test
    void before_its_first_frame_an_acquisition_has_none() {
        detector.acquire(1, 60, 0);
        try (LimaFrameSource source = LimaFrameSource.open(detector.address())) {
            assertThat(source.status()).isEqualTo(new DetectorStatus(State.RUNNING, -1, ""));
            assertThat(source.fetch(Acquisition.UNTAGGED, 0, 5).count()).isZero();
        } finally {
            detector.command("abortAcq");
        }
    }

    @Test
    void a_stopped_acquisition_keeps_the_frames_that_were_ready() {
        detector.acquire(0, 0.002, 0);
        try (LimaFrameSource source = LimaFrameSource.open(detector.address())) {
            assertThat(source.acquisition().frames()).isZero();
            await().until(() -> source.status().lastReady() >= 10);
            detector.command("stopAcq");

            DetectorStatus status = source.status();
            assertThat(status.state()).isEqualTo(State.READY);
            assertAsPlayed(source.fetch(Acquisition.UNTAGGED, status.lastReady() - 3, 4));
        }
    }

    @Test
    void a_fault_is_told_in_the_detectors_words() {
        detector.acquire(0, 0.01, 0);
        detector.fail("Saving: disk full");
        try (LimaFrameSource source = LimaFrameSource.open(detector.address())) {
            assertThat(source.status().state()).isEqualTo(State.FAULT);
            assertThat(source.status().fault()).isEqualTo("Saving: disk full");
        } finally {
            detector.command("reset");
        }
    }

    @Test
    void frames_of_another_acquisition_are_not_taken_for_this_one() {
        try (LimaFrameSource source = LimaFrameSource.open(detector.address())) {
            detector.write(tag(8));
            detector.acquire(5, 0.001, 0);
            assertThat(source.acquisition().tag()).isEqualTo(8);
            await().until(() -> source.status().lastReady() == 4);
            assertThat(source.fetch(8, 0, 5).count()).isEqualTo(5);

            detector.write(tag(9));
            assertThat(source.acquisition().tag()).isEqualTo(9);
            assertRefused(source, 9);
            assertThat(source.fetch(8, 2, 3).count()).isEqualTo(3);

            detector.acquire(5, 0.001, 0);
            await().until(() -> source.status().lastReady() == 4);
            assertRefused(source, 8);
            assertThat(source.fetch(9, 2, 3).count()).isEqualTo(3);
        } finally {
            detector.write(tag(0xffffffffL));
        }
    }

    @Test
    void frames_without_a_tag_are_not_taken_for_those_of_the_first_acquisition_with_one() {
        try (LimaFrameSource source = LimaFrameSource.open(detector.address())) {
            detector.acquire(5, 0.001, 0);
            await().until(() -> source.status().lastReady() == 4);
            detector.write(tag(8));
            assertRefused(source, 8);
            assertThat(source.fetch(Acquisition.UNTAGGED, 2, 3).count()).isEqualTo(3);
        } finally {
            detector.write(tag(0xffffffffL));
        }
    }

    @Test
    void frames_that_left_the_buffer_are_named() {
        try (SimulatedDetector small = SimulatedDetector.start(FILM, Weaknesses.NONE.withBuffers(5));
                LimaFrameSource source = LimaFrameSource.open(small.address())) {
            small.acquire(30, 0.001, 0);
            await().until(() -> source.status().lastReady() == 29);

            FramesGoneException partly =
                    catchThrowableOfType(FramesGoneException.class, () -> source.fetch(Acquisition.UNTAGGED, 20, 10));
            FramesGoneException wholly =
                    catchThrowableOfType(FramesGoneException.class, () -> source.fetch(Acquisition.UNTAGGED, 0, 10));

            assertThat(partly.next()).isEqualTo(25);
            assertThat(partly).hasMessageContaining("Frames 20 to 24");
            assertThat(wholly.next()).isEqualTo(10);
            assertAsPlayed(source.fetch(Acquisition.UNTAGGED, 25, 5));
        }
    }

    @Test
    void an_older_lima_without_sequences_is_read_frame_by_frame() {
        try (SimulatedDetector old = SimulatedDetector.start(FILM, Weaknesses.NONE.withoutSequences());
                LimaFrameSource source = LimaFrameSource.open(old.address())) {
            old.acquire(6, 0.001, 0);

            List<FrameBlock> blocks = follow(source, 4);

            assertThat(blocks).hasSize(6).allMatch(block -> block.count() == 1);
            blocks.forEach(LimaFrameSourceIT::assertAsPlayed);
        }
    }

    /** 0.2 s a frame: not more than some 14 come within Tango's 3 s. */
    @Test
    void over_a_slow_network_fewer_frames_are_asked_for_at_once() {
        try (SimulatedDetector slow = SimulatedDetector.start(FILM, Weaknesses.NONE.withSecondsPerFrame(0.2));
                LimaFrameSource source = LimaFrameSource.open(slow.address())) {
            slow.acquire(20, 0.001, 0);
            await().until(() -> source.status().lastReady() == 19);
            assertThat(source.chunk(48)).isGreaterThan(20);

            FrameBlock block = source.fetch(Acquisition.UNTAGGED, 0, 20);

            assertThat(block.count()).isEqualTo(5);
            assertAsPlayed(block);
            int chunk = source.chunk(48);
            assertThat(chunk).isEqualTo(5);
            for (long next = 5; next < 13; next += chunk) {
                assertAsPlayed(source.fetch(Acquisition.UNTAGGED, next, chunk));
            }
            assertThat(source.chunk(48)).isGreaterThan(5);
        }
    }

    @Test
    void a_lima_without_sequences_is_asked_by_tag_too_as_far_as_its_images_tell_theirs() {
        try (SimulatedDetector old = SimulatedDetector.start(FILM, Weaknesses.NONE.withoutSequences());
                LimaFrameSource source = LimaFrameSource.open(old.address())) {
            old.write(tag(8));
            old.acquire(5, 0.001, 0);
            await().until(() -> source.status().lastReady() == 4);

            assertAsPlayed(source.fetch(8, 2, 3));
            assertRefused(source, 9);
        }
    }

    @Test
    void a_detector_that_was_killed_is_found_again() {
        try (SimulatedDetector mortal = SimulatedDetector.start(FILM, Weaknesses.NONE);
                LimaFrameSource source = LimaFrameSource.open(mortal.address())) {
            mortal.acquire(3, 0.001, 0);
            assertThat(follow(source, 3)).isNotEmpty();

            mortal.kill();
            assertThatThrownBy(source::status)
                    .isInstanceOf(DetectorLostException.class)
                    .hasMessageContaining(mortal.address());
            assertThatThrownBy(() -> source.fetch(Acquisition.UNTAGGED, 0, 1))
                    .isInstanceOf(DetectorLostException.class);
            assertThatThrownBy(source::acquisition).isInstanceOf(DetectorLostException.class);

            mortal.restart();
            mortal.acquire(9, 0.001, 0);
            await().ignoreException(DetectorLostException.class)
                    .until(() -> source.status().lastReady() == 8);
            assertThat(source.acquisition().frames()).isEqualTo(9);
            assertAsPlayed(source.fetch(Acquisition.UNTAGGED, 0, 9));
        }
    }

    @Test
    void a_detector_lost_in_the_middle_of_fetching_is_found_again() {
        try (SimulatedDetector mortal = SimulatedDetector.start(FILM, Weaknesses.NONE);
                LimaFrameSource source = LimaFrameSource.open(mortal.address())) {
            mortal.acquire(3, 0.001, 0);
            await().until(() -> source.status().lastReady() == 2);
            mortal.kill();
            assertThatThrownBy(() -> source.fetch(Acquisition.UNTAGGED, 0, 3))
                    .isInstanceOf(DetectorLostException.class);

            mortal.restart();
            mortal.acquire(3, 0.001, 0);
            await().ignoreException(DetectorLostException.class)
                    .until(() -> source.fetch(Acquisition.UNTAGGED, 0, 3).count() == 3);
        }
    }

    @Test
    void a_detector_that_was_never_there_is_lost_too_and_costs_no_time() {
        String nowhere = "tango://127.0.0.1:" + ChildServer.freePort() + "/sim/lima/1#dbase=no";
        try (LimaFrameSource source = LimaFrameSource.open(nowhere)) {
            source.onWakeUp(() -> {});
            assertThatThrownBy(source::status)
                    .isInstanceOf(DetectorLostException.class)
                    .hasMessageStartingWith("Detector " + nowhere + " does not answer");
        }
    }

    @Test
    void chunks_are_of_some_16_mebibytes() {
        try (LimaFrameSource source = LimaFrameSource.open(detector.address())) {
            assertThat(source.chunk(516 * 516 * 4)).isEqualTo(15);
            assertThat(source.chunk(2164L * 1030 * 4)).isEqualTo(1);
            assertThat(source.chunk(100L << 20)).isEqualTo(1);
            assertThat(source.chunk(1)).isEqualTo(65535);
        }
    }

    @Test
    @Tag("slow")
    void two_thousand_frames_at_a_hundred_a_second_all_arrive() {
        Film film = new Film(PixelType.UINT32, 516, 516, 2000, false);
        Weaknesses weak = Weaknesses.NONE.withEventsPerSecond(25).withoutFinalEvent();
        try (SimulatedDetector fast = SimulatedDetector.start(film, weak);
                LimaFrameSource source = LimaFrameSource.open(fast.address())) {
            fast.acquire(2000, 0.01, 0);
            long[] next = {0};
            follow(source, source.chunk(516 * 516 * 4), block -> {
                assertThat(block.first()).isEqualTo(next[0]);
                for (int i = 0; i < block.count(); i++) {
                    assertThat(block.value(i * 516 * 516)).isEqualTo(next[0] + i);
                }
                next[0] += block.count();
            });
            assertThat(next[0]).isEqualTo(2000);
        }
    }

    /** The rule of a follower: done when the detector no longer runs and all that is ready was fetched. */
    private static void follow(LimaFrameSource source, int chunk, Consumer<FrameBlock> taker) {
        long[] next = {0};
        await().atMost(PATIENCE).pollInterval(Duration.ofMillis(10)).until(() -> {
            DetectorStatus status = source.status();
            while (next[0] <= status.lastReady()) {
                FrameBlock block = source.fetch(
                        Acquisition.UNTAGGED, next[0], (int) Math.min(chunk, status.lastReady() + 1 - next[0]));
                taker.accept(block);
                next[0] += block.count();
            }
            return status.state() != State.RUNNING && next[0] > 0;
        });
    }

    private static List<FrameBlock> follow(LimaFrameSource source, int chunk) {
        List<FrameBlock> blocks = new ArrayList<>();
        follow(source, chunk, blocks::add);
        return blocks;
    }

    private static void assertRefused(LimaFrameSource source, long tag) {
        FramesGoneException gone = catchThrowableOfType(FramesGoneException.class, () -> source.fetch(tag, 2, 3));
        assertThat(gone.next()).isEqualTo(5);
    }

    private static void assertAsPlayed(FrameBlock block) {
        for (int i = 0; i < block.count(); i++) {
            int at = i * FILM.height() * FILM.width() * FILM.type().bytes();
            byte[] pixels = new byte[FILM.height() * FILM.width() * FILM.type().bytes()];
            block.pixels().get(at, pixels);
            assertThat(pixels).isEqualTo(FILM.player().frame((int) ((block.first() + i) % FILM.frames())));
        }
    }

    private static DeviceAttribute tag(long number) {
        DeviceAttribute tag = new DeviceAttribute("acq_tag");
        tag.insert(number);
        return tag;
    }
}
