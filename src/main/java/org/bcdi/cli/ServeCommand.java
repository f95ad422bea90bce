package org.bcdi.cli;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.bcdi.device.DeviceServer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code bcdi serve}: the device server, until it is told to stop. */
@Command(
        name = "serve",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Runs the Tango device server BcdiOnline.")
final class ServeCommand implements Callable<Integer> {
    @Parameters(paramLabel = "INSTANCE", description = "name of the server instance")
    @SuppressWarnings("NullAway.Init") // set by picocli
    String instance;

    @Option(
            names = "--property",
            paramLabel = "NAME=VALUE",
            description = "device property, before the Tango database's: DetectorDevice, DetectorName, MaskFile,"
                    + " InpaintingModel, PhasingModel, ExecutionProvider, GpuDevice, ResultDirectory, MemoryBudget,"
                    + " PollingPeriod, ScanShape, OverloadPolicy")
    Map<String, String> properties = new LinkedHashMap<>();

    @Mixin
    @SuppressWarnings("NullAway.Init") // set by picocli
    ServerOptions server;

    @Override
    @SuppressWarnings("try") // the server lives as long as this method
    public Integer call() throws InterruptedException {
        server.settle();
        server.requirePlace();
        try (DeviceServer running = DeviceServer.start(instance, properties, server.tango())) {
            return ServerOptions.untilStopped();
        }
    }
}
