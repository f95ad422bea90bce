package org.bcdi.sim.lima;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.bcdi.detector.DetectorStatus.State;
import org.bcdi.detector.lima.DataArray;
import org.jspecify.annotations.Nullable;

/**
 * A camera under Lima's control layer: prepared, started, stopped, with frames that become ready by the clock and leave the
 * ring buffer again. Frames are not stored but played again when asked for. Safe for all threads; everything but the final
 * fields is guarded by this.
 */
public final class SimulatedCamera implements AutoCloseable {
    private static final int BUFFERS_OF_AN_ENDLESS_ACQUISITION = 16;

    private final FramePlayer player;
    private final int mostBuffers;
    private final boolean playsOn;
    private final ScheduledExecutorService clock;
    private volatile Consumer<CameraStatus> listener = status -> {};

    private AcquisitionSetup setup = AcquisitionSetup.DEFAULT;
    private @Nullable AcquisitionSetup prepared;
    private boolean mayStart;
    private State state = State.READY;
    private String fault = "";
    private long lastReady = -1;
    private long filmStart;
    private long startNanos;
    private @Nullable ScheduledFuture<?> ticks;

    /**
     * @param mostBuffers most frames kept, 0 for as many as are acquired
     * @param playsOn whether an acquisition goes on in the film where the one before ended, as a step scan of one-frame
     *     acquisitions sees it, instead of starting it again
     */
    SimulatedCamera(FramePlayer player, int mostBuffers, boolean playsOn) {
        this.player = player;
        this.mostBuffers = mostBuffers;
        this.playsOn = playsOn;
        clock = new ScheduledThreadPoolExecutor(1, task -> {
            Thread thread = new Thread(task, "sim-lima-camera");
            thread.setDaemon(true);
            return thread;
        });
    }

    void onChange(Consumer<CameraStatus> newListener) {
        listener = newListener;
    }

    FramePlayer player() {
        return player;
    }

    /** What the next {@link #prepare} takes. */
    public synchronized AcquisitionSetup setup() {
        return setup;
    }

    public synchronized void setup(AcquisitionSetup next) {
        setup = next;
    }

    /** Takes the setup, forgets the frames and the fault of the acquisition before. */
    public synchronized void prepare() {
        if (state == State.RUNNING) {
            throw new CameraException("Acquisition not finished");
        }
        filmStart = playsOn ? (filmStart + lastReady + 1) % player.frames() : 0;
        prepared = setup;
        mayStart = true;
        fault = "";
        lastReady = -1;
        change(State.READY);
    }

    /** Starts the prepared acquisition, or its next frame where every frame is started. */
    public synchronized void start() {
        AcquisitionSetup taken = prepared;
        if (taken == null || !mayStart) {
            throw new CameraException("Run prepareAcq before starting acquisition");
        }
        if (ticks != null) {
            throw new CameraException("Try to restart before detector is ready");
        }
        boolean single = taken.trigger() == TriggerMode.INTERNAL_TRIGGER_MULTI;
        mayStart = single && lastReady != taken.frames() - 2;
        startNanos = System.nanoTime();
        long exposure = nanos(taken.exposureSeconds());
        ticks = single
                ? clock.schedule(() -> ready(1), exposure, TimeUnit.NANOSECONDS)
                : clock.scheduleAtFixedRate(this::tick, exposure, period(taken), TimeUnit.NANOSECONDS);
        change(State.RUNNING);
    }

    /** Ends the acquisition with the frames that there are; a fault stays. */
    public synchronized void stop() {
        stopClock();
        mayStart = false;
        if (state == State.RUNNING) {
            change(State.READY);
        }
    }

    /** Stops and clears the fault. */
    public synchronized void reset() {
        stop();
        fault = "";
        lastReady = -1;
        change(State.READY);
    }

    /** Ends the acquisition with a fault, such as "Saving: access error". */
    public synchronized void fail(String words) {
        stopClock();
        mayStart = false;
        fault = words;
        change(State.FAULT);
    }

    public synchronized String fault() {
        return fault.isEmpty() ? "No error" : fault;
    }

    synchronized CameraStatus status() {
        return new CameraStatus(state, lastReady, state != State.RUNNING);
    }

    /** Whether a start would be taken. */
    synchronized boolean readyToStart() {
        return state == State.READY || (state == State.RUNNING && mayStart && ticks == null);
    }

    /** Number of the newest frame. */
    public synchronized long lastReady() {
        return lastReady;
    }

    /** Tag of the prepared acquisition or {@link DataArray#NONE}. */
    synchronized long tag() {
        return prepared == null ? DataArray.NONE : prepared.tag();
    }

    synchronized int buffers() {
        if (prepared == null) {
            throw new CameraException("Invalid FrameDim");
        }
        int wanted = prepared.frames() == 0 ? BUFFERS_OF_AN_ENDLESS_ACQUISITION : prepared.frames();
        return mostBuffers == 0 ? wanted : Math.min(wanted, mostBuffers);
    }

    /** The frames {@code start} to {@code end - 1}, all of them or none. */
    List<byte[]> frames(long start, long end) {
        long film;
        synchronized (this) {
            if (start < 0 || end - 1 > lastReady) {
                throw new CameraException("Frame(s) not available yet");
            }
            if (start <= lastReady - buffers()) {
                throw new CameraException("Frame " + start + " not available");
            }
            film = filmStart;
        }
        List<byte[]> frames = new ArrayList<>();
        for (long number = start; number < end; number++) {
            frames.add(player.frame((int) ((film + number) % player.frames())));
        }
        return frames;
    }

    @Override
    public void close() {
        clock.shutdownNow();
    }

    /** Counts by the clock, so that a late tick loses no frame. */
    private synchronized void tick() {
        AcquisitionSetup taken = prepared;
        if (taken != null && ticks != null) {
            long late = System.nanoTime() - startNanos - nanos(taken.exposureSeconds());
            ready(late / period(taken) - lastReady);
        }
    }

    private synchronized void ready(long more) {
        AcquisitionSetup taken = prepared;
        if (taken == null || ticks == null || more < 1) {
            return;
        }
        lastReady = taken.frames() == 0 ? lastReady + more : Math.min(lastReady + more, taken.frames() - 1L);
        boolean last = lastReady == taken.frames() - 1L;
        if (last || taken.trigger() == TriggerMode.INTERNAL_TRIGGER_MULTI) {
            stopClock();
        }
        change(last ? State.READY : State.RUNNING);
    }

    private void stopClock() {
        if (ticks != null) {
            ticks.cancel(false);
            ticks = null;
        }
    }

    private void change(State next) {
        boolean ended = state == State.RUNNING && next != State.RUNNING;
        state = next;
        listener.accept(new CameraStatus(next, lastReady, ended));
    }

    private static long period(AcquisitionSetup taken) {
        return nanos(taken.exposureSeconds() + taken.latencySeconds());
    }

    private static long nanos(double seconds) {
        return Math.round(seconds * 1e9);
    }
}
