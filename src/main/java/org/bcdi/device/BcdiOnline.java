package org.bcdi.device;

import fr.esrf.Tango.DevFailed;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.bcdi.detector.FrameSource;
import org.bcdi.detector.lima.LimaFrameSource;
import org.bcdi.pipeline.OnlinePipeline;
import org.bcdi.pipeline.PipelineSettings;
import org.bcdi.pipeline.Preview;
import org.bcdi.pipeline.ProcessingSettings;
import org.bcdi.pipeline.Published;
import org.bcdi.pipeline.Snapshot;
import org.bcdi.task.BcdiException;
import org.bcdi.task.InputException;
import org.jspecify.annotations.Nullable;
import org.tango.DeviceState;
import org.tango.server.annotation.Command;
import org.tango.server.annotation.Delete;
import org.tango.server.annotation.Device;
import org.tango.server.annotation.DeviceManagement;
import org.tango.server.annotation.Init;
import org.tango.server.annotation.State;
import org.tango.server.annotation.Status;
import org.tango.server.annotation.TransactionType;
import org.tango.server.device.DeviceManager;

/**
 * The Tango class BcdiOnline: follows a Lima detector, fills the gaps of its rocking curves and phases them. Commands hand
 * on to the pipeline and return; attributes read its latest snapshot, so that no client waits for another.
 */
@Device(transactionType = TransactionType.NONE)
public class BcdiOnline extends BcdiSettings {
    private static final Logger LOG = LogManager.getLogger(BcdiOnline.class);

    @DeviceManagement
    private @Nullable DeviceManager deviceManager;

    @State
    private DeviceState state = DeviceState.INIT;

    @Status
    private String status = "Not initialised.";

    /** Null where a property cannot be used; status tells why. */
    private volatile @Nullable OnlinePipeline pipeline;

    /** Memorized settings that could not be restored at the last init, with a sentence each. */
    private volatile Map<String, String> refused = Map.of();

    /** Held while the pipeline is opened or closed, so that Init and Reset at once open one. */
    private final Object lifecycle = new Object();

    private volatile @Nullable Preview preview;
    private volatile Pictures pictures = Pictures.NONE;
    private volatile LivePicture live = LivePicture.NONE;

    public void setDeviceManager(DeviceManager manager) {
        deviceManager = manager;
    }

    /** Reads the properties and starts; models are loaded in the background. */
    @Init
    public void init() {
        synchronized (lifecycle) {
            close();
            open();
        }
    }

    private void open() {
        DeviceManager manager = Objects.requireNonNull(deviceManager, "JTango injects it");
        RegisteredDevice registered = new RegisteredDevice(manager.getName(), manager.getClassName());
        refused = MemorizedSettings.restore(this, registered);
        EventPusher events = new EventPusher(manager, this);
        try {
            DeviceSettings settings = settings();
            PipelineSettings following = settings.pipeline("BcdiOnline " + manager.getName(), registered.siblings());
            LOG.info("The scans of {} may take {} MiB.", manager.getName(), following.memoryBudgetBytes() >> 20);
            ProcessingSettings processing = settings.processing(wishes());
            Optional<FrameSource> detector = settings.detectorDevice().isBlank()
                    ? Optional.empty()
                    : Optional.of(LimaFrameSource.open(settings.detectorDevice()));
            OnlinePipeline opened =
                    OnlinePipeline.open(following, detector, () -> settings.processor(wishes()), wishes(), snapshot -> {
                        // Else those of the last result that somebody looked at would keep it in memory
                        pictures();
                        events.push();
                    });
            refused.forEach(opened::trouble);
            pipeline = opened;
            // What a client has set since they were read
            opened.wish(before -> wishes());
            preview = Preview.open(processing.provider(), processing.gpu());
            if (detector.isPresent()) {
                opened.start();
            }
        } catch (BcdiException e) {
            LOG.error("{}", e.getMessage());
            LOG.debug("Init", e);
            setState(DeviceState.FAULT);
            setStatus(e.getMessage() + " Then call Reset, or Init after a change of properties.");
            events.push();
        }
    }

    @Delete
    public void delete() {
        synchronized (lifecycle) {
            forgetProperties();
            close();
        }
    }

    private void close() {
        OnlinePipeline closing = pipeline;
        pipeline = null;
        if (closing != null) {
            closing.close();
        }
        Preview shown = preview;
        preview = null;
        if (shown != null) {
            shown.close();
        }
    }

    @Override
    public DeviceState getState() {
        OnlinePipeline running = pipeline;
        return running == null ? state : StateTable.of(running.snapshot().condition());
    }

    /** Called by JTango around init. */
    public void setState(DeviceState now) {
        state = now;
    }

    @Override
    public String getStatus() {
        OnlinePipeline running = pipeline;
        return running == null ? status : running.snapshot().sentence();
    }

    /** Called by JTango around init. */
    public void setStatus(String now) {
        status = now;
    }

    @Command(name = "Start")
    public void start() throws DevFailed {
        Failures.asked("Start", () -> running().start());
    }

    @Command(name = "Stop")
    public void stop() throws DevFailed {
        Failures.asked("Stop", () -> running().stop());
    }

    @Command(name = "Abort")
    public void abort() throws DevFailed {
        Failures.asked("Abort", () -> running().abort());
    }

    /** Out of ALARM, and out of FAULT when its cause is gone. */
    @Command(name = "Reset")
    public void reset() {
        OnlinePipeline running;
        synchronized (lifecycle) {
            running = pipeline;
            if (running == null) {
                init();
                return;
            }
        }
        running.reset();
        refused.keySet().forEach(setting -> running.trouble(setting, ""));
    }

    @Command(
            name = "BeginScan",
            inTypeDesc = "JSON object of the next scan, all optional: name, frames, positions, motor and whatever the"
                    + " result file should tell")
    public void beginScan(String json) throws DevFailed {
        Failures.asked("BeginScan", () -> running().beginScan(json));
    }

    @Command(name = "EndScan")
    public void endScan() throws DevFailed {
        Failures.asked("EndScan", () -> running().endScan());
    }

    @Command(
            name = "Reprocess",
            inTypeDesc = "File with a scan on this server's host; empty for the last scan again",
            outTypeDesc = "Id of the job, to be found in the attribute jobs")
    public String reprocess(String file) throws DevFailed {
        return ask("Reprocess", pipeline -> pipeline.reprocess(file));
    }

    @Command(
            name = "Save",
            inTypeDesc = "File below ResultDirectory that is not there yet; empty for one named after the scan",
            outTypeDesc = "Path of the file that is being written")
    public String save(String file) throws DevFailed {
        return ask("Save", pipeline -> pipeline.save(file));
    }

    @Command(name = "SelfTest", outTypeDesc = "One line for each thing that a scan will need")
    public String selfTest() throws DevFailed {
        return ask("SelfTest", pipeline -> String.join("\n", pipeline.selfTest()));
    }

    @Override
    Snapshot snapshot() {
        OnlinePipeline running = pipeline;
        return running == null ? Snapshot.NONE : running.snapshot();
    }

    @Override
    Pictures pictures() {
        Optional<Published> last = snapshot().published();
        Pictures shown = pictures;
        if (!shown.show(last, slice())) {
            shown = new Pictures(last, slice());
            pictures = shown;
        }
        return shown;
    }

    @Override
    LivePicture live() {
        LivePicture shown = live.of(snapshot().live());
        live = shown;
        return shown;
    }

    @Override
    Optional<float[][]> preview() {
        Preview made = preview;
        return made == null ? Optional.empty() : made.of(snapshot().live());
    }

    @Override
    void changed(String setting) {
        OnlinePipeline running = pipeline;
        if (running != null) {
            running.trouble(setting, "");
            running.wish(before -> wishes());
        }
    }

    private <T> T ask(String command, Function<OnlinePipeline, T> question) throws DevFailed {
        return Failures.asked(command, () -> question.apply(running()));
    }

    private OnlinePipeline running() {
        OnlinePipeline running = pipeline;
        if (running == null) {
            throw new InputException("The device could not start: " + status);
        }
        return running;
    }
}
