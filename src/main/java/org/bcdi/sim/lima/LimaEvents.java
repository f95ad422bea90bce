package org.bcdi.sim.lima;

import fr.esrf.Tango.DevFailed;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.tango.server.attribute.AttributeValue;
import org.tango.server.device.DeviceManager;
import org.tango.server.events.EventType;

/**
 * Pushes change events of one device the way Lima does: at most so many a second, what comes in between being dropped.
 * Told of changes on the camera's thread, pushes on one of its own.
 */
final class LimaEvents implements Consumer<CameraStatus>, AutoCloseable {
    private static final Logger LOG = LogManager.getLogger(LimaEvents.class);

    private final DeviceManager device;
    private final Weaknesses weaknesses;
    private final ExecutorService pusher = Executors.newSingleThreadExecutor(task -> {
        Thread thread = new Thread(task, "sim-lima-events");
        thread.setDaemon(true);
        return thread;
    });

    /** Of the pusher's thread alone. */
    private long lastPushNanos = Long.MIN_VALUE / 2;

    /** Of the pusher's thread alone. */
    private String lastWord = "Ready";

    LimaEvents(DeviceManager device, Weaknesses weaknesses) {
        this.device = device;
        this.weaknesses = weaknesses;
    }

    @Override
    public void accept(CameraStatus status) {
        pusher.execute(() -> push(status));
    }

    private void push(CameraStatus status) {
        String word = weaknesses.staleStatus() ? lastWord : status.word();
        lastWord = status.word();
        boolean due = System.nanoTime() - lastPushNanos >= 1e9 / weaknesses.eventsPerSecond();
        if (status.last() ? weaknesses.finalEvent() : due) {
            lastPushNanos = System.nanoTime();
            if (weaknesses.imageEvents()) {
                push("last_image_ready", (int) status.lastReady());
            }
            push("acq_status", word);
        }
    }

    private void push(String attribute, Object value) {
        try {
            device.pushEvent(attribute, new AttributeValue(value), EventType.CHANGE_EVENT);
        } catch (DevFailed e) {
            LOG.warn("Device {} could not push {}: {}", device.getName(), attribute, e.getMessage());
        }
    }

    @Override
    public void close() {
        pusher.shutdownNow();
    }
}
