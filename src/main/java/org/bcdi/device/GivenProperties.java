package org.bcdi.device;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.bcdi.task.InputException;

/**
 * Properties from the command line, which go before those of the Tango database. JTango makes devices by itself, without
 * arguments, so they wait here for it: one server a JVM.
 */
final class GivenProperties {
    private static final Map<String, String> NONE = Map.of();

    private static volatile Map<String, String> given = NONE;

    private GivenProperties() {}

    /** @throws InputException when a name is none of the device's properties */
    static void use(Map<String, String> properties, List<String> known) {
        Map<String, String> names = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        known.forEach(name -> names.put(name, name));
        given = properties.entrySet().stream()
                .collect(Collectors.toUnmodifiableMap(
                        entry -> {
                            String name = names.get(entry.getKey());
                            if (name == null) {
                                throw new InputException("Property '" + entry.getKey() + "' is unknown; choose one of "
                                        + String.join(", ", known) + ".");
                            }
                            return name;
                        },
                        Map.Entry::getValue));
    }

    static String or(String name, String fromDatabase) {
        return given.getOrDefault(name, fromDatabase);
    }
}
