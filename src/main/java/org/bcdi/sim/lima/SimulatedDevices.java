package org.bcdi.sim.lima;

import org.jspecify.annotations.Nullable;

/**
 * The way from {@link LimaServer} to its device: JTango makes that by reflection, one server to a JVM, so its settings and
 * its camera have to be found by static means. The fields are guarded by the class.
 */
final class SimulatedDevices {
    private static @Nullable LimaSimSettings settings;
    private static @Nullable SimulatedCamera camera;

    private SimulatedDevices() {}

    static synchronized void use(LimaSimSettings chosen) {
        close();
        settings = chosen;
        camera = new SimulatedCamera(chosen.player(), chosen.weaknesses().buffers(), chosen.playsOn());
    }

    static synchronized LimaSimSettings settings() {
        return announced(settings);
    }

    static synchronized SimulatedCamera camera() {
        return announced(camera);
    }

    static synchronized void close() {
        if (camera != null) {
            camera.close();
        }
    }

    private static <T> T announced(@Nullable T value) {
        if (value == null) {
            throw new IllegalStateException("no simulated detector was announced to this JVM");
        }
        return value;
    }
}
