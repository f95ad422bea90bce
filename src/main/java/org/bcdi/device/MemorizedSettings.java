package org.bcdi.device;

import fr.esrf.Tango.DevFailed;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.bcdi.task.InputException;
import org.jspecify.annotations.Nullable;

/**
 * Restores what clients wrote before the last restart, each setting by itself. JTango would do so only after init, when the
 * detector is followed already, and would end at the first that is refused; so the attributes are not memorized «at init».
 */
final class MemorizedSettings {
    private static final Logger LOG = LogManager.getLogger(MemorizedSettings.class);

    /** Where the values are kept: the Tango database. */
    interface Memory {
        /** The value of an attribute as text, empty or null for none. */
        @Nullable
        String of(String attribute) throws DevFailed;

        /** Keeps a value, as text, in place of that of before. */
        void keep(String attribute, String value) throws DevFailed;
    }

    private MemorizedSettings() {}

    /** Sets all that is memorized; what could not be set by attribute, with a sentence each. */
    static Map<String, String> restore(BcdiSettings device, Memory memory) {
        Map<String, String> refused = new LinkedHashMap<>();
        for (AttributeTable.Entry entry : AttributeTable.of(device.getClass())) {
            if (entry.attribute().isMemorized()) {
                try {
                    restore(device, entry, memory);
                } catch (DevFailed e) {
                    refused.put(entry.name(), refused(device, entry, Failures.sentence(e)));
                } catch (InputException e) {
                    refused.put(entry.name(), refused(device, entry, e.getMessage()));
                }
            }
        }
        return refused;
    }

    private static void restore(BcdiSettings device, AttributeTable.Entry entry, Memory memory) throws DevFailed {
        String text = memory.of(entry.name());
        if (text == null || text.isEmpty()) {
            return;
        }
        try {
            entry.write(device, value(entry, text));
        } finally {
            // JTango reads numbers and booleans too, after init, and is at FAULT for good where it cannot
            String kept = now(device, entry).toString();
            if (entry.type() != String.class && !kept.equals(text)) {
                memory.keep(entry.name(), kept);
            }
        }
    }

    private static Object value(AttributeTable.Entry entry, String text) {
        if (entry.type() == boolean.class) {
            return switch (text.strip().toLowerCase(Locale.ROOT)) {
                case "true", "1" -> true;
                case "false", "0" -> false;
                default -> throw new InputException("'" + text + "' is neither true nor false.");
            };
        }
        if (entry.type() == int.class) {
            try {
                return Integer.parseInt(text.strip());
            } catch (NumberFormatException e) {
                throw new InputException("'" + text + "' is no whole number.", e);
            }
        }
        return text;
    }

    private static String refused(BcdiSettings device, AttributeTable.Entry entry, String why) {
        String sentence = "The memorized " + entry.name() + " is not restored: " + why + " It is '" + now(device, entry)
                + "' now; write it anew, or call Reset.";
        LOG.error(sentence);
        return sentence;
    }

    private static Object now(BcdiSettings device, AttributeTable.Entry entry) {
        try {
            return entry.read(device);
        } catch (DevFailed e) {
            throw new IllegalStateException("settings can always be read", e);
        }
    }
}
