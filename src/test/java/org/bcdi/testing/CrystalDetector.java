package org.bcdi.testing;

import java.util.List;
import org.bcdi.detector.PixelType;
import org.bcdi.sim.CrystalSimulator;
import org.bcdi.sim.SimulationSettings;
import org.bcdi.sim.lima.FramePlayers;
import org.bcdi.sim.lima.LimaServer;
import org.bcdi.sim.lima.LimaSimSettings;
import org.bcdi.volume.Shape3;
import org.bcdi.volume.Volume;

/** A simulated Lima device in a process of its own that shows the rocking curve of a simulated crystal. */
public final class CrystalDetector implements AutoCloseable {
    /** Frames of the rocking curve. */
    public static final int FRAMES = 32;

    private static final int SIZE = 48;
    private static final String READY = "detector ready at ";

    private final int port;
    private final ChildServer server;

    private CrystalDetector(int port, ChildServer server) {
        this.port = port;
        this.server = server;
    }

    public static CrystalDetector start() {
        int port = ChildServer.freePort();
        ChildServer server = ChildServer.start(CrystalDetector.class, List.of("-Xmx512m"), Integer.toString(port))
                .awaitOutput(READY);
        return new CrystalDetector(port, server);
    }

    public String address() {
        return "tango://127.0.0.1:" + port + "/sim/lima/1#dbase=no";
    }

    @Override
    public void close() {
        server.close();
    }

    /** What it shows, to compare with. */
    public static Volume film() {
        SimulationSettings crystal = new SimulationSettings(new Shape3(FRAMES, SIZE, SIZE), 7, 0.5, 1e7);
        return CrystalSimulator.simulate(crystal).counts();
    }

    /** The child process. */
    public static void main(String[] arguments) {
        LimaSimSettings settings =
                LimaSimSettings.of(FramePlayers.of(film(), PixelType.UINT32)).withPort(Integer.parseInt(arguments[0]));
        System.out.println(READY + LimaServer.start(settings, "-nodb").address());
    }
}
