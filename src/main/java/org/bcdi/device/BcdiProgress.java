package org.bcdi.device;

import fr.esrf.Tango.DevState;
import fr.esrf.Tango.DispLevel;
import org.bcdi.pipeline.Snapshot;
import org.tango.DeviceState;
import org.tango.server.annotation.Attribute;
import org.tango.server.annotation.AttributeProperties;
import org.tango.server.annotation.Device;
import org.tango.server.annotation.TransactionType;

/** Attributes that tell how far the work is. */
@Device(transactionType = TransactionType.NONE)
public abstract class BcdiProgress extends BcdiProperties {
    /** The pipeline at this moment; never waits. */
    abstract Snapshot snapshot();

    /** For JTango's State. */
    public abstract DeviceState getState();

    /** For JTango's Status. */
    public abstract String getStatus();

    @Attribute(name = "State", pushChangeEvent = true, checkChangeEvent = false)
    @AttributeProperties(
            label = "State",
            description = "INIT loading models, STANDBY not following, ON waiting for the detector, RUNNING taking or"
                    + " processing a scan, ALARM somebody should look, FAULT somebody must act; Status tells at what")
    public DevState getStateAttribute() {
        return getState().getDevState();
    }

    @Attribute(name = "Status", pushChangeEvent = true, checkChangeEvent = false)
    @AttributeProperties(label = "Status", format = "%s", description = "What is going on and what to do next")
    public String getStatusAttribute() {
        return getStatus();
    }

    @Attribute(pushChangeEvent = true, checkChangeEvent = false)
    @AttributeProperties(
            label = "Stage",
            format = "%s",
            description = "What is being done: idle, acquiring, inpainting, phasing, saving, done or "
                    + "failed; processing goes before taking the next scan")
    public String getStage() {
        return snapshot().stage().word();
    }

    @Attribute(pushChangeEvent = true, checkChangeEvent = false)
    @AttributeProperties(label = "Progress", unit = "%", format = "%5.1f", description = "How far the stage is")
    public double getProgress() {
        return snapshot().progress();
    }

    @Attribute(pushChangeEvent = true, checkChangeEvent = false)
    @AttributeProperties(
            label = "Time left",
            unit = "s",
            format = "%6.1f",
            description = "Until the stage is done at the speed so far; 0 when nobody knows")
    public double getEta() {
        return snapshot().eta();
    }

    @Attribute(pushChangeEvent = true, checkChangeEvent = false)
    @AttributeProperties(
            label = "Scans",
            format = "%d",
            description = "Scans from the detector that ended since the device was initialised")
    public int getScanCount() {
        return snapshot().counters().scans();
    }

    @Attribute(pushChangeEvent = true, checkChangeEvent = false)
    @AttributeProperties(
            label = "Frames expected",
            unit = "frames",
            format = "%d",
            description = "Of the scan being taken or the last one; 0 when nobody said")
    public int getFramesExpected() {
        return snapshot().counters().expected();
    }

    @Attribute(pushChangeEvent = true, checkChangeEvent = false)
    @AttributeProperties(
            label = "Frames received",
            unit = "frames",
            format = "%d",
            description = "Of the scan being taken or the last one")
    public int getFramesReceived() {
        return snapshot().counters().received();
    }

    @Attribute(pushChangeEvent = true, checkChangeEvent = false)
    @AttributeProperties(
            label = "Frames missing",
            unit = "frames",
            format = "%d",
            description = "That left the detector's buffer before they were fetched; they are masked")
    public int getFramesMissing() {
        return snapshot().counters().missing();
    }

    @Attribute(pushChangeEvent = true, checkChangeEvent = false, displayLevel = DispLevel._EXPERT)
    @AttributeProperties(
            label = "Frame lag",
            unit = "frames",
            format = "%d",
            description = "Frames that the detector has ready and that are not fetched yet")
    public int getFrameLag() {
        return snapshot().counters().lag();
    }

    @Attribute(pushChangeEvent = true, checkChangeEvent = false)
    @AttributeProperties(
            label = "Scans dropped",
            format = "%d",
            description = "Scans that were lost: no room to wait, no memory, or frames that are not the "
                    + "named detector's")
    public int getCurvesDropped() {
        return snapshot().counters().dropped();
    }
}
