package org.bcdi.testing;

import fr.esrf.Tango.DevFailed;
import fr.esrf.TangoApi.DeviceAttribute;
import fr.esrf.TangoApi.DeviceData;
import fr.esrf.TangoApi.DeviceProxy;
import java.io.IOException;
import java.util.List;
import org.bcdi.detector.PixelType;
import org.bcdi.detector.lima.DataArray;
import org.bcdi.sim.lima.FramePlayer;
import org.bcdi.sim.lima.FramePlayers;
import org.bcdi.sim.lima.LimaServer;
import org.bcdi.sim.lima.LimaSimSettings;
import org.bcdi.sim.lima.Weaknesses;

/**
 * The simulated Lima device in a process of its own, without a database, showing synthetic frames; driven through Tango as
 * a beamline's scan does.
 */
public final class SimulatedDetector implements AutoCloseable {
    private static final String READY = "detector ready at ";

    private final int port;
    private final Film film;
    private final Weaknesses weaknesses;
    private ChildServer server;
    private DeviceProxy proxy;

    /**
     * What it shows: frame {@code n} has {@code n} in its first four bytes, the rest is noise from a fixed seed.
     *
     * @param frames length of the film
     * @param playsOn whether the film goes on with the next acquisition instead of starting again
     */
    public record Film(PixelType type, int height, int width, int frames, boolean playsOn) {
        public FramePlayer player() {
            return FramePlayers.synthetic(new DataArray.Layout(type, height, width), frames, Math.min(frames, 16), 5);
        }
    }

    private SimulatedDetector(int port, Film film, Weaknesses weaknesses) {
        this.port = port;
        this.film = film;
        this.weaknesses = weaknesses;
    }

    /** Starts it on a free port and waits until it answers. */
    public static SimulatedDetector start(Film film, Weaknesses weaknesses) {
        SimulatedDetector detector = new SimulatedDetector(ChildServer.freePort(), film, weaknesses);
        detector.restart();
        return detector;
    }

    /** Starts it again on the same port after {@link #kill}. */
    public void restart() {
        server = ChildServer.start(
                        SimulatedDetector.class,
                        List.of("-Xmx512m"),
                        Integer.toString(port),
                        film.type().name(),
                        Integer.toString(film.height()),
                        Integer.toString(film.width()),
                        Integer.toString(film.frames()),
                        Boolean.toString(film.playsOn()),
                        Boolean.toString(weaknesses.imageEvents()),
                        Double.toString(weaknesses.eventsPerSecond()),
                        Boolean.toString(weaknesses.finalEvent()),
                        Boolean.toString(weaknesses.staleStatus()),
                        Integer.toString(weaknesses.buffers()),
                        Boolean.toString(weaknesses.sequences()),
                        Double.toString(weaknesses.secondsPerFrame()))
                .awaitOutput(READY);
        try {
            proxy = new DeviceProxy(address());
        } catch (DevFailed e) {
            throw failed(e);
        }
    }

    public String address() {
        return "tango://127.0.0.1:" + port + "/sim/lima/1#dbase=no";
    }

    /** Its film, to compare with. */
    public FramePlayer player() {
        return film.player();
    }

    /** Everything the process has printed. */
    public String output() {
        return server.output();
    }

    /** Prepares and starts an acquisition. */
    public void acquire(int frames, double exposureSeconds, double latencySeconds) {
        prepare(frames, exposureSeconds, latencySeconds);
        command("startAcq");
    }

    public void prepare(int frames, double exposureSeconds, double latencySeconds) {
        write(new DeviceAttribute("acq_nb_frames", frames));
        write(new DeviceAttribute("acq_expo_time", exposureSeconds));
        write(new DeviceAttribute("latency_time", latencySeconds));
        command("prepareAcq");
    }

    public void write(DeviceAttribute attribute) {
        try {
            proxy.write_attribute(attribute);
        } catch (DevFailed e) {
            throw failed(e);
        }
    }

    public DeviceAttribute read(String attribute) {
        try {
            return proxy.read_attribute(attribute);
        } catch (DevFailed e) {
            throw failed(e);
        }
    }

    /** Runs a command without argument, such as {@code stopAcq}. */
    public void command(String name) {
        try {
            proxy.command_inout(name);
        } catch (DevFailed e) {
            throw failed(e);
        }
    }

    public void fail(String words) {
        try {
            DeviceData argument = new DeviceData();
            argument.insert(words);
            proxy.command_inout("simulateFault", argument);
        } catch (DevFailed e) {
            throw failed(e);
        }
    }

    /** Its process stands still, as behind a network that is cut, or goes on. */
    public void freeze(boolean still) {
        try {
            new ProcessBuilder("kill", still ? "-STOP" : "-CONT", Long.toString(server.pid()))
                    .start()
                    .waitFor();
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    public void kill() {
        server.kill();
    }

    @Override
    public void close() {
        server.close();
    }

    private static AssertionError failed(DevFailed e) {
        return new AssertionError(e.errors.length == 0 ? e.getMessage() : e.errors[0].desc, e);
    }

    /** The child process. */
    public static void main(String[] a) {
        Film film = new Film(
                PixelType.valueOf(a[1]),
                Integer.parseInt(a[2]),
                Integer.parseInt(a[3]),
                Integer.parseInt(a[4]),
                Boolean.parseBoolean(a[5]));
        Weaknesses weaknesses = new Weaknesses(
                Boolean.parseBoolean(a[6]),
                Double.parseDouble(a[7]),
                Boolean.parseBoolean(a[8]),
                Boolean.parseBoolean(a[9]),
                Integer.parseInt(a[10]),
                Boolean.parseBoolean(a[11]),
                Double.parseDouble(a[12]));
        LimaSimSettings settings = LimaSimSettings.of(film.player())
                .withPort(Integer.parseInt(a[0]))
                .withWeaknesses(weaknesses);
        LimaServer server = LimaServer.start(film.playsOn() ? settings.playingOn() : settings, "-nodb");
        System.out.println(READY + server.address());
    }
}
