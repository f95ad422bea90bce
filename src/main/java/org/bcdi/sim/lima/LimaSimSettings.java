package org.bcdi.sim.lima;

/**
 * A simulated detector server.
 *
 * @param instance name of the server instance
 * @param port TCP port, 0 for a free one
 * @param deviceName served without a Tango database; with one, the database names the devices
 * @param player what the camera sees
 * @param description which detector it claims to be
 * @param weaknesses what it does wrong on purpose
 * @param playsOn whether an acquisition goes on in the film where the one before ended, as the points of a step scan do,
 *     instead of starting it again
 */
public record LimaSimSettings(
        String instance,
        int port,
        String deviceName,
        FramePlayer player,
        CameraDescription description,
        Weaknesses weaknesses,
        boolean playsOn) {
    public LimaSimSettings {
        int height = player.layout().height();
        int width = player.layout().width();
        if (description.roi().height() != height || description.roi().width() != width) {
            throw new IllegalArgumentException("frames of " + height + "x" + width + " cannot show the region "
                    + description.roi() + " of detector " + description.name());
        }
    }

    /** A good detector by the name of {@code sim}, as large as the frames, on a free port. */
    public static LimaSimSettings of(FramePlayer player) {
        CameraDescription description = CameraDescription.whole(
                "sim", 55, player.layout().height(), player.layout().width());
        return new LimaSimSettings("sim", 0, "sim/lima/1", player, description, Weaknesses.NONE, false);
    }

    public LimaSimSettings withInstance(String name) {
        return new LimaSimSettings(name, port, deviceName, player, description, weaknesses, playsOn);
    }

    public LimaSimSettings withPort(int number) {
        return new LimaSimSettings(instance, number, deviceName, player, description, weaknesses, playsOn);
    }

    public LimaSimSettings withDeviceName(String name) {
        return new LimaSimSettings(instance, port, name, player, description, weaknesses, playsOn);
    }

    public LimaSimSettings withDescription(CameraDescription detector) {
        return new LimaSimSettings(instance, port, deviceName, player, detector, weaknesses, playsOn);
    }

    public LimaSimSettings withWeaknesses(Weaknesses chosen) {
        return new LimaSimSettings(instance, port, deviceName, player, description, chosen, playsOn);
    }

    /** Lets every acquisition go on in the film where the one before ended. */
    public LimaSimSettings playingOn() {
        return new LimaSimSettings(instance, port, deviceName, player, description, weaknesses, true);
    }
}
