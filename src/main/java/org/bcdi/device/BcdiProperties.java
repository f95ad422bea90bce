package org.bcdi.device;

import java.util.List;
import org.tango.server.annotation.Device;
import org.tango.server.annotation.DeviceProperty;
import org.tango.server.annotation.TransactionType;

/**
 * The properties of the Tango class. All are read as text, so that what is wrong with one can be said in a sentence.
 * JTango fills them in through the setters, which are not named after attributes: it would take those for writable. The
 * layers of this class are what its reflection asks for.
 */
@Device(transactionType = TransactionType.NONE)
public abstract class BcdiProperties {
    static final List<String> PROPERTIES = List.of(
            "DetectorDevice",
            "DetectorName",
            "MaskFile",
            "InpaintingModel",
            "PhasingModel",
            "ExecutionProvider",
            "GpuDevice",
            "ResultDirectory",
            "MemoryBudget",
            "PollingPeriod",
            "ScanShape",
            "OverloadPolicy");

    @DeviceProperty(
            name = "DetectorDevice",
            description = "Lima device to follow: a name of the Tango database such as id01/limaccds/mpx, "
                    + "or a full address; empty to process files only")
    private String givenDetectorDevice = "";

    @DeviceProperty(
            name = "DetectorName",
            defaultValue = "none",
            description = "Whose gaps the frames have: maxipix-2x2, maxipix-5x1, eiger-500k, eiger-1m, "
                    + "eiger-4m, eiger-9m, eiger-16m, eiger2-500k, eiger2-1m, eiger2-4m, eiger2-9m, "
                    + "eiger2-16m, eiger2m-id01, or none")
    private String givenDetectorName = "none";

    @DeviceProperty(
            name = "MaskFile",
            description = "Pixels without data besides the gaps: FILE or FILE:PATH of an HDF5, npy or EDF "
                    + "file, of a frame")
    private String givenMaskFile = "";

    @DeviceProperty(
            name = "InpaintingModel",
            defaultValue = "auto",
            description = "How gaps are filled: auto for the shipped network, a model file or card, "
                    + "linear, nearest, biharmonic, ridge or none")
    private String givenInpaintingModel = "auto";

    @DeviceProperty(
            name = "PhasingModel",
            defaultValue = "auto",
            description = "Network that recipes with NET/ start from: auto for the shipped one where there is one, "
                    + "a model file or card, or none")
    private String givenPhasingModel = "auto";

    @DeviceProperty(
            name = "ExecutionProvider",
            defaultValue = "auto",
            description = "Where networks run: auto takes the GPU when there is one, cuda insists on it, " + "cpu")
    private String givenExecutionProvider = "auto";

    @DeviceProperty(name = "GpuDevice", defaultValue = "0", description = "Number of the GPU, from 0")
    private String givenGpuDevice = "0";

    @DeviceProperty(
            name = "ResultDirectory",
            description = "Where results are saved and nowhere else; empty for nowhere")
    private String givenResultDirectory = "";

    @DeviceProperty(
            name = "MemoryBudget",
            defaultValue = "0",
            description = "Memory in MiB for the scan being taken, those that wait and the result that is shown; 0 for "
                    + "60 % of what the process may take, shared by the devices of one server, which leaves the rest to filling and"
                    + " phasing")
    private String givenMemoryBudget = "0";

    @DeviceProperty(
            name = "PollingPeriod",
            defaultValue = "50",
            description = "Milliseconds between two looks at the detector when no event wakes the device " + "up")
    private String givenPollingPeriod = "50";

    @DeviceProperty(
            name = "ScanShape",
            defaultValue = "acquisition",
            description = "acquisition: a rocking curve is one acquisition of many frames; step: one "
                    + "acquisition of one frame per point between BeginScan and EndScan")
    private String givenScanShape = "acquisition";

    @DeviceProperty(
            name = "OverloadPolicy",
            defaultValue = "wait",
            description = "What happens to a scan when two wait to be processed already: wait leaves the "
                    + "next frames in the detector's buffer, drop drops and counts it")
    private String givenOverloadPolicy = "wait";

    public void setGivenDetectorDevice(String value) {
        givenDetectorDevice = value;
    }

    public void setGivenDetectorName(String value) {
        givenDetectorName = value;
    }

    public void setGivenMaskFile(String value) {
        givenMaskFile = value;
    }

    public void setGivenInpaintingModel(String value) {
        givenInpaintingModel = value;
    }

    public void setGivenPhasingModel(String value) {
        givenPhasingModel = value;
    }

    public void setGivenExecutionProvider(String value) {
        givenExecutionProvider = value;
    }

    public void setGivenGpuDevice(String value) {
        givenGpuDevice = value;
    }

    public void setGivenResultDirectory(String value) {
        givenResultDirectory = value;
    }

    public void setGivenMemoryBudget(String value) {
        givenMemoryBudget = value;
    }

    public void setGivenPollingPeriod(String value) {
        givenPollingPeriod = value;
    }

    public void setGivenScanShape(String value) {
        givenScanShape = value;
    }

    public void setGivenOverloadPolicy(String value) {
        givenOverloadPolicy = value;
    }

    /** Before they are read anew: JTango leaves out those that are empty and have no default value. */
    final void forgetProperties() {
        givenDetectorDevice = "";
        givenMaskFile = "";
        givenResultDirectory = "";
    }

    /** The properties as they are now, those of the command line first. */
    DeviceSettings settings() {
        return new DeviceSettings(
                GivenProperties.or("DetectorDevice", givenDetectorDevice),
                GivenProperties.or("DetectorName", givenDetectorName),
                GivenProperties.or("MaskFile", givenMaskFile),
                GivenProperties.or("InpaintingModel", givenInpaintingModel),
                GivenProperties.or("PhasingModel", givenPhasingModel),
                GivenProperties.or("ExecutionProvider", givenExecutionProvider),
                GivenProperties.or("GpuDevice", givenGpuDevice),
                GivenProperties.or("ResultDirectory", givenResultDirectory),
                GivenProperties.or("MemoryBudget", givenMemoryBudget),
                GivenProperties.or("PollingPeriod", givenPollingPeriod),
                GivenProperties.or("ScanShape", givenScanShape),
                GivenProperties.or("OverloadPolicy", givenOverloadPolicy));
    }
}
