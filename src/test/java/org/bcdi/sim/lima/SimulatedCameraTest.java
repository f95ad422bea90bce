package org.bcdi.sim.lima;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.bcdi.detector.DetectorStatus.State;
import org.bcdi.detector.PixelType;
import org.bcdi.detector.lima.DataArray;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SimulatedCameraTest {
    private static final DataArray.Layout LAYOUT = new DataArray.Layout(PixelType.UINT32, 1, 1);
    private static final AcquisitionSetup FAST =
            AcquisitionSetup.DEFAULT.withExposure(0.001).withLatency(0.001);

    private final FramePlayer player = FramePlayers.synthetic(LAYOUT, 10, 1, 1);
    private SimulatedCamera camera = new SimulatedCamera(player, 0, false);

    @AfterEach
    void close() {
        camera.close();
    }

    @Test
    void an_acquisition_runs_to_its_last_frame() {
        Queue<CameraStatus> seen = new ConcurrentLinkedQueue<>();
        camera.onChange(seen::add);

        acquire(FAST.withFrames(5));
        awaitFrame(4);

        assertThat(camera.status().state()).isEqualTo(State.READY);
        assertThat(numbers(camera.frames(0, 5))).containsExactly(0, 1, 2, 3, 4);
        assertThat(seen).first().isEqualTo(new CameraStatus(State.READY, -1, false));
        assertThat(seen).contains(new CameraStatus(State.RUNNING, -1, false));
        assertThat(seen).last().isEqualTo(new CameraStatus(State.READY, 4, true));
    }

    @Test
    void frames_come_no_faster_than_their_exposure() {
        long start = System.nanoTime();
        acquire(AcquisitionSetup.DEFAULT.withFrames(4).withExposure(0.01).withLatency(0.005));
        awaitFrame(3);

        assertThat(System.nanoTime() - start).isGreaterThanOrEqualTo(55_000_000L);
    }

    @Test
    void the_film_starts_again_when_it_ends_and_with_every_acquisition() {
        acquire(FAST.withFrames(12));
        awaitFrame(11);
        assertThat(numbers(camera.frames(8, 12))).containsExactly(8, 9, 0, 1);

        camera.prepare();
        assertThat(camera.lastReady()).isEqualTo(-1);
        camera.start();
        awaitFrame(11);
        assertThat(numbers(camera.frames(0, 1))).containsExactly(0);
    }

    @Test
    void the_film_of_a_step_scan_goes_on() {
        camera = new SimulatedCamera(player, 0, true);
        for (int point = 0; point < 3; point++) {
            acquire(FAST.withFrames(1));
            awaitFrame(0);
            assertThat(numbers(camera.frames(0, 1))).containsExactly(point);
        }
    }

    @Test
    void old_frames_leave_a_small_buffer() {
        camera = new SimulatedCamera(player, 3, false);
        acquire(FAST.withFrames(8));
        awaitFrame(7);

        assertThat(camera.buffers()).isEqualTo(3);
        assertThat(numbers(camera.frames(5, 8))).containsExactly(5, 6, 7);
        assertThatThrownBy(() -> camera.frames(4, 8)).hasMessage("Frame 4 not available");
    }

    @Test
    void a_sequence_with_a_frame_to_come_is_refused_as_a_whole() {
        acquire(FAST.withFrames(2));
        awaitFrame(1);

        assertThatThrownBy(() -> camera.frames(0, 3)).hasMessage("Frame(s) not available yet");
    }

    @Test
    void every_frame_needs_its_start_when_triggered_one_by_one() {
        camera.setup(FAST.withFrames(2).withTrigger(TriggerMode.INTERNAL_TRIGGER_MULTI));
        camera.prepare();
        camera.start();
        awaitFrame(0);
        assertThat(camera.status().state()).isEqualTo(State.RUNNING);
        assertThat(camera.readyToStart()).isTrue();

        camera.start();
        awaitFrame(1);
        assertThat(camera.status().state()).isEqualTo(State.READY);
        assertThatThrownBy(camera::start).hasMessage("Run prepareAcq before starting acquisition");
    }

    @Test
    void an_acquisition_needs_a_fresh_preparation() {
        assertThatThrownBy(camera::start).hasMessage("Run prepareAcq before starting acquisition");
        acquire(AcquisitionSetup.DEFAULT.withFrames(0));
        assertThatThrownBy(camera::prepare).hasMessage("Acquisition not finished");
    }

    @Test
    void a_stopped_acquisition_keeps_its_frames() {
        acquire(FAST.withFrames(0));
        await().until(() -> camera.lastReady() >= 2);
        camera.stop();
        long last = camera.lastReady();

        assertThat(camera.status().state()).isEqualTo(State.READY);
        assertThat(numbers(camera.frames(last, last + 1))).containsExactly((int) (last % 10));
        assertThat(camera.buffers()).isEqualTo(16);
    }

    @Test
    void a_fault_outlives_a_stop_and_ends_with_the_next_preparation() {
        acquire(FAST.withFrames(0));
        camera.fail("Saving: disk full");
        camera.stop();
        assertThat(camera.status().state()).isEqualTo(State.FAULT);
        assertThat(camera.fault()).isEqualTo("Saving: disk full");

        camera.prepare();
        assertThat(camera.status().state()).isEqualTo(State.READY);
        assertThat(camera.fault()).isEqualTo("No error");
    }

    @Test
    void a_reset_clears_the_fault_and_the_frames() {
        acquire(FAST.withFrames(1));
        awaitFrame(0);
        camera.fail("Camera: error");
        camera.reset();

        assertThat(camera.status()).isEqualTo(new CameraStatus(State.READY, -1, true));
        assertThat(camera.fault()).isEqualTo("No error");
    }

    @Test
    void an_impossible_setup_is_refused() {
        assertThatThrownBy(() -> FAST.withFrames(-1)).hasMessageContaining("acq_nb_frames must be 0 or more: -1");
        assertThatThrownBy(() -> FAST.withExposure(-1)).hasMessageContaining("-1.0");
        assertThatThrownBy(() -> TriggerMode.named("EXTERNAL_GATE")).hasMessageContaining("EXTERNAL_GATE");
    }

    private void acquire(AcquisitionSetup setup) {
        camera.setup(setup);
        camera.prepare();
        camera.start();
    }

    private void awaitFrame(int number) {
        await().until(() -> camera.lastReady() == number);
    }

    private static List<Integer> numbers(List<byte[]> frames) {
        return frames.stream().map(frame -> (int) frame[0]).toList();
    }
}
