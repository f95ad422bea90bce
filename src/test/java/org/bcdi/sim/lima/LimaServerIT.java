package org.bcdi.sim.lima;

import static org.assertj.core.api.Assertions.assertThat;

import fr.esrf.Tango.DevFailed;
import fr.esrf.TangoApi.DeviceProxy;
import java.util.List;
import org.bcdi.detector.Acquisition;
import org.bcdi.detector.PixelType;
import org.bcdi.detector.lima.DataArray;
import org.bcdi.detector.lima.LimaFrameSource;
import org.bcdi.task.BcdiException;
import org.bcdi.testing.ChildServer;
import org.junit.jupiter.api.Test;
import org.tango.DeviceState;
import org.tango.server.ServerManager;
import org.tango.server.annotation.Command;
import org.tango.server.annotation.Device;
import org.tango.server.annotation.State;

class LimaServerIT {
    private static final LimaSimSettings SETTINGS =
            LimaSimSettings.of(FramePlayers.synthetic(new DataArray.Layout(PixelType.UINT8, 2, 4), 5, 1, 1));

    @Test
    void it_serves_beside_another_class_in_one_process() throws DevFailed {
        String port = Integer.toString(ChildServer.freePort());
        try (ChildServer server = ChildServer.start(Guest.class, List.of("-DOAPort=" + port), port);
                LimaFrameSource source = LimaFrameSource.open("tango://127.0.0.1:" + port + "/sim/lima/1#dbase=no")) {
            server.awaitOutput("frames ready");

            assertThat(source.fetch(Acquisition.UNTAGGED, 0, 3).value(8)).isEqualTo(1);
            DeviceProxy other = new DeviceProxy("tango://127.0.0.1:" + port + "/test/guest/1#dbase=no");
            assertThat(other.command_inout("greet").extractString()).isEqualTo("hello");
        }
    }

    @Test
    void a_port_in_use_is_told_in_a_sentence() {
        String port = Integer.toString(ChildServer.freePort());
        try (ChildServer first = ChildServer.start(Alone.class, List.of(), port).awaitOutput("serving at");
                ChildServer second =
                        ChildServer.start(Alone.class, List.of(), port).awaitOutput("refused: ")) {
            assertThat(first.output()).contains("serving at tango://127.0.0.1:" + port + "/sim/lima/1#dbase=no");
            assertThat(second.output())
                    .contains("refused: Port " + port + " cannot be used for the simulated detector");
        }
    }

    /** Serves the simulated detector alone. */
    public static final class Alone {
        public static void main(String[] port) {
            try {
                System.out.println("serving at "
                        + LimaServer.start(SETTINGS.withPort(Integer.parseInt(port[0])), "-nodb")
                                .address());
            } catch (BcdiException e) {
                System.out.println("refused: " + e.getMessage());
            }
        }
    }

    /** Another Tango class, and the process that serves both. */
    @Device
    public static final class Guest {
        @State
        private DeviceState state = DeviceState.ON;

        public DeviceState getState() {
            return state;
        }

        public void setState(DeviceState next) {
            state = next;
        }

        @Command
        public String greet() {
            return "hello";
        }

        public static void main(String[] port) throws DevFailed {
            LimaServer.announce(SETTINGS);
            ServerManager.getInstance().addClass("Guest", Guest.class);
            ServerManager.getInstance().startError(new String[] {"1", "-nodb", "-dlist", "test/guest/1"}, "Guest");
            SimulatedCamera camera =
                    LimaServer.export(Integer.parseInt(port[0])).camera();
            camera.setup(camera.setup().withFrames(3).withExposure(0.001));
            camera.onChange(status -> System.out.println(status.lastReady() == 2 ? "frames ready" : "waiting"));
            camera.prepare();
            camera.start();
        }
    }
}
