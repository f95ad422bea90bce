package org.bcdi.device;

import fr.esrf.Tango.DevFailed;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.jspecify.annotations.Nullable;
import org.tango.server.attribute.AttributeValue;
import org.tango.server.device.DeviceManager;
import org.tango.server.events.EventType;

/**
 * Pushes a change event of each attribute whose value is another one than at the turn before. Pictures are only made while
 * somebody listens. Publish thread only.
 */
final class EventPusher {
    private static final Logger LOG = LogManager.getLogger(EventPusher.class);

    private final DeviceManager manager;
    private final Object device;
    private final List<AttributeTable.Entry> pushed;
    private final Map<String, Object> last = new HashMap<>();

    EventPusher(DeviceManager manager, Object device) {
        this.manager = manager;
        this.device = device;
        this.pushed = AttributeTable.of(device.getClass()).stream()
                .filter(entry -> entry.attribute().pushChangeEvent())
                .toList();
    }

    void push() {
        boolean heard = manager.hasEventSubsriber();
        for (AttributeTable.Entry entry : pushed) {
            if (heard || !entry.type().isArray()) {
                push(entry);
            }
        }
    }

    private void push(AttributeTable.Entry entry) {
        try {
            Object read = entry.read(device);
            AttributeValue value = read instanceof AttributeValue ready ? ready : new AttributeValue(read);
            Object shown = shown(value);
            if (!Objects.equals(shown, last.get(entry.name()))) {
                manager.pushEvent(entry.name(), value, EventType.CHANGE_EVENT);
                last.put(entry.name(), shown);
            }
        } catch (DevFailed e) {
            LOG.warn("No event of {}: {}", entry.name(), Failures.sentence(e), e);
        }
    }

    /** What makes one event another than the last: numbers by value, pictures by identity, no value by its absence. */
    private static @Nullable Object shown(AttributeValue value) {
        return value.getQuality() == fr.esrf.Tango.AttrQuality.ATTR_INVALID ? null : value.getValue();
    }
}
