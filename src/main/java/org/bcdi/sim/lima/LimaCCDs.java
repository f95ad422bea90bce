package org.bcdi.sim.lima;

import fr.esrf.Tango.DevEncoded;
import fr.esrf.Tango.DevFailed;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.bcdi.detector.lima.DataArray;
import org.jspecify.annotations.Nullable;
import org.tango.DeviceState;
import org.tango.server.annotation.Attribute;
import org.tango.server.annotation.Command;
import org.tango.server.annotation.Delete;
import org.tango.server.annotation.Device;
import org.tango.server.annotation.DeviceManagement;
import org.tango.server.annotation.Init;
import org.tango.server.annotation.State;
import org.tango.server.annotation.StateMachine;
import org.tango.server.device.DeviceManager;

/**
 * The Tango device of the simulated detector: those attributes and commands of Lima's class of the same name that a client
 * needs to follow and to run acquisitions, with Lima's words, numbers and weaknesses. {@code simulateFault} is its own.
 *
 * <p>Made by JTango, which serialises calls to a device as Lima's device monitor does.
 */
@Device
public class LimaCCDs extends LimaDescription {
    private static final long NO_TAG = 0xffffffffL;

    @DeviceManagement
    private @Nullable DeviceManager deviceManager;

    @State
    private DeviceState state = DeviceState.ON;

    private @Nullable LimaEvents events;

    public void setDeviceManager(DeviceManager manager) {
        deviceManager = manager;
    }

    @Init
    @StateMachine(endState = DeviceState.ON)
    public void init() {
        LimaEvents pushed =
                new LimaEvents(manager(), SimulatedDevices.settings().weaknesses());
        events = pushed;
        camera().onChange(pushed);
    }

    @Delete
    public void delete() {
        camera().onChange(status -> {});
        if (events != null) {
            events.close();
        }
    }

    public DeviceState getState() {
        return state;
    }

    public void setState(DeviceState next) {
        state = next;
    }

    @Attribute(name = "acq_status", pushChangeEvent = true, checkChangeEvent = false)
    public String getAcqStatus() {
        return camera().status().word();
    }

    @Attribute(name = "acq_status_fault_error")
    public String getAcqStatusFaultError() {
        return camera().fault();
    }

    @Attribute(name = "last_image_ready", pushChangeEvent = true, checkChangeEvent = false)
    public int getLastImageReady() {
        return (int) camera().lastReady();
    }

    @Attribute(name = "last_image_acquired")
    public int getLastImageAcquired() {
        return (int) camera().lastReady();
    }

    @Attribute(name = "last_image")
    public DevEncoded getLastImage() throws DevFailed {
        return readImage(-1);
    }

    @Attribute(name = "ready_for_next_image")
    public boolean isReadyForNextImage() {
        return camera().readyToStart();
    }

    @Attribute(name = "ready_for_next_acq")
    public boolean isReadyForNextAcq() {
        return camera().status().last();
    }

    @Attribute(name = "buffer_max_number")
    public int getBufferMaxNumber() throws DevFailed {
        return asked(() -> camera().buffers());
    }

    @Attribute(name = "acq_nb_frames")
    public int getAcqNbFrames() {
        return camera().setup().frames();
    }

    public void setAcqNbFrames(int frames) throws DevFailed {
        change(setup -> setup.withFrames(frames));
    }

    @Attribute(name = "acq_expo_time")
    public double getAcqExpoTime() {
        return camera().setup().exposureSeconds();
    }

    public void setAcqExpoTime(double seconds) throws DevFailed {
        change(setup -> setup.withExposure(seconds));
    }

    @Attribute(name = "latency_time")
    public double getLatencyTime() {
        return camera().setup().latencySeconds();
    }

    public void setLatencyTime(double seconds) throws DevFailed {
        change(setup -> setup.withLatency(seconds));
    }

    @Attribute(name = "acq_trigger_mode")
    public String getAcqTriggerMode() {
        return camera().setup().trigger().name();
    }

    public void setAcqTriggerMode(String mode) throws DevFailed {
        change(setup -> setup.withTrigger(TriggerMode.named(mode)));
    }

    @Attribute(name = "acq_tag")
    public long getAcqTag() {
        long tag = camera().setup().tag();
        return tag == DataArray.NONE ? NO_TAG : tag;
    }

    public void setAcqTag(long tag) throws DevFailed {
        change(setup -> setup.withTag(tag == NO_TAG ? DataArray.NONE : tag));
    }

    @Command
    public void prepareAcq() throws DevFailed {
        done(camera()::prepare);
    }

    @Command
    public void startAcq() throws DevFailed {
        done(camera()::start);
    }

    @Command
    public void stopAcq() throws DevFailed {
        done(camera()::stop);
    }

    @Command
    public void abortAcq() throws DevFailed {
        done(camera()::stop);
    }

    @Command
    public void reset() throws DevFailed {
        done(camera()::reset);
    }

    /** Ends the acquisition as a full disk or a broken camera would. */
    @Command
    public void simulateFault(String words) throws DevFailed {
        done(() -> camera().fail(words));
    }

    @Command
    public DevEncoded readImage(int frame) throws DevFailed {
        return asked(() -> {
            long number = frame < 0 ? camera().lastReady() : frame;
            byte[] pixels = camera().frames(number, number + 1).get(0);
            travel(1);
            return encoded(DataArray.encodeImage(
                    SimulatedDevices.settings().player().layout(), number, camera().tag(), pixels));
        });
    }

    /** @param request first, end (exclusive), step (1) and tag, the last two optional */
    @Command
    public DevEncoded readImageSeq(long[] request) throws DevFailed {
        if (!SimulatedDevices.settings().weaknesses().sequences()) {
            throw Failures.of("API_CommandNotFound", "Command readImageSeq not found");
        }
        return asked(() -> {
            SequenceRequest wanted = SequenceRequest.of(request, camera().tag());
            List<byte[]> frames = camera().frames(wanted.start(), wanted.end());
            travel(frames.size());
            return encoded(DataArray.encodeStack(
                    SimulatedDevices.settings().player().layout(), wanted.start(), camera().tag(), frames));
        });
    }

    /** @param newerThan a frame number; fails when there is no newer frame */
    @Command
    public DevEncoded readLastImage(int newerThan) throws DevFailed {
        if (camera().lastReady() <= newerThan) {
            throw Failures.of("PyDs_PythonError", "Boost.Python.ArgumentError: readLastImage has nothing newer");
        }
        return readImage(-1);
    }

    @Command
    public byte[] getImage(int frame) throws DevFailed {
        return asked(() -> {
            long number = frame < 0 ? camera().lastReady() : frame;
            return camera().frames(number, number + 1).get(0);
        });
    }

    private DeviceManager manager() {
        if (deviceManager == null) {
            throw new IllegalStateException("JTango has not set the device manager");
        }
        return deviceManager;
    }

    private static SimulatedCamera camera() {
        return SimulatedDevices.camera();
    }

    /** The way of some frames to the client. */
    private static void travel(int frames) {
        LockSupport.parkNanos(
                (long) (1e9 * frames * SimulatedDevices.settings().weaknesses().secondsPerFrame()));
    }

    private static DevEncoded encoded(byte[] data) {
        return new DevEncoded(DataArray.FORMAT, data);
    }

    private void change(UnaryOperator<AcquisitionSetup> changed) throws DevFailed {
        done(() -> camera().setup(changed.apply(camera().setup())));
    }

    private static void done(Runnable action) throws DevFailed {
        try {
            action.run();
        } catch (CameraException e) {
            throw Failures.of(e);
        }
    }

    private static <T> T asked(Supplier<T> question) throws DevFailed {
        try {
            return question.get();
        } catch (CameraException e) {
            throw Failures.of(e);
        }
    }
}
