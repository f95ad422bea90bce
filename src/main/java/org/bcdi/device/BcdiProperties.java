package org.bcdi.device;

import java.util.List;
import org.tango.server.annotation.Device;
import org.tango.server.annotation.DeviceProperty;
import org.tango.server.annotation.TransactionType;

/**
 * The properties of the Tango class. All are read as text, so that what is wrong with one can be said in a sentence.
 * JTango fills them in through the setters; the layers of this class are what JTango's reflection asks for.
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
    private String detectorDevice = "";

    @DeviceProperty(
            name = "DetectorName",
            defaultValue = "none",
            description = "Whose gaps the frames have: maxipix-2x2, maxipix-5x1, eiger-500k, eiger-1m, "
                    + "eiger-4m, eiger-9m, eiger-16m, eiger2-500k, eiger2-1m, eiger2-4m, eiger2-9m, "
                    + "eiger2-16m, eiger2m-id01, or none")
    private String detectorName = "none";

    @DeviceProperty(
            name = "MaskFile",
            description = "Pixels without data besides the gaps: FILE or FILE:PATH of an HDF5, npy or EDF "
                    + "file, of a frame")
    private String maskFile = "";

    @DeviceProperty(
            name = "InpaintingModel",
            defaultValue = "auto",
            description = "How gaps are filled: auto for the shipped network, a model file or card, "
                    + "linear, nearest, biharmonic, ridge or none")
    private String inpaintingModel = "auto";

    @DeviceProperty(
            name = "PhasingModel",
            defaultValue = "auto",
            description =
                    "Network for recipes that start with NET/: auto for the shipped one, or a model " + "file or card")
    private String phasingModel = "auto";

    @DeviceProperty(
            name = "ExecutionProvider",
            defaultValue = "auto",
            description = "Where networks run: auto takes the GPU when there is one, cuda insists on it, " + "cpu")
    private String executionProvider = "auto";

    @DeviceProperty(name = "GpuDevice", defaultValue = "0", description = "Number of the GPU, from 0")
    private String gpuDevice = "0";

    @DeviceProperty(
            name = "ResultDirectory",
            description = "Where results are saved and nowhere else; empty for nowhere")
    private String resultDirectory = "";

    @DeviceProperty(
            name = "MemoryBudget",
            defaultValue = "0",
            description = "Memory in MiB for the scan being taken and those that wait; 0 for 60 % of what "
                    + "the process may take")
    private String memoryBudget = "0";

    @DeviceProperty(
            name = "PollingPeriod",
            defaultValue = "100",
            description = "Milliseconds between two looks at the detector when no event wakes the device " + "up")
    private String pollingPeriod = "100";

    @DeviceProperty(
            name = "ScanShape",
            defaultValue = "acquisition",
            description = "acquisition: a rocking curve is one acquisition of many frames; step: one "
                    + "acquisition of one frame per point between BeginScan and EndScan")
    private String scanShape = "acquisition";

    @DeviceProperty(
            name = "OverloadPolicy",
            defaultValue = "wait",
            description = "What happens to a scan when two wait to be processed already: wait leaves the "
                    + "next frames in the detector's buffer, drop drops and counts it")
    private String overloadPolicy = "wait";

    public void setDetectorDevice(String value) {
        detectorDevice = value;
    }

    public void setDetectorName(String value) {
        detectorName = value;
    }

    public void setMaskFile(String value) {
        maskFile = value;
    }

    public void setInpaintingModel(String value) {
        inpaintingModel = value;
    }

    public void setPhasingModel(String value) {
        phasingModel = value;
    }

    public void setExecutionProvider(String value) {
        executionProvider = value;
    }

    public void setGpuDevice(String value) {
        gpuDevice = value;
    }

    public void setResultDirectory(String value) {
        resultDirectory = value;
    }

    public void setMemoryBudget(String value) {
        memoryBudget = value;
    }

    public void setPollingPeriod(String value) {
        pollingPeriod = value;
    }

    public void setScanShape(String value) {
        scanShape = value;
    }

    public void setOverloadPolicy(String value) {
        overloadPolicy = value;
    }

    /** The properties as they are now, those of the command line first. */
    DeviceSettings settings() {
        return new DeviceSettings(
                GivenProperties.or("DetectorDevice", detectorDevice),
                GivenProperties.or("DetectorName", detectorName),
                GivenProperties.or("MaskFile", maskFile),
                GivenProperties.or("InpaintingModel", inpaintingModel),
                GivenProperties.or("PhasingModel", phasingModel),
                GivenProperties.or("ExecutionProvider", executionProvider),
                GivenProperties.or("GpuDevice", gpuDevice),
                GivenProperties.or("ResultDirectory", resultDirectory),
                GivenProperties.or("MemoryBudget", memoryBudget),
                GivenProperties.or("PollingPeriod", pollingPeriod),
                GivenProperties.or("ScanShape", scanShape),
                GivenProperties.or("OverloadPolicy", overloadPolicy));
    }
}
