package org.bcdi.device;

import fr.esrf.Tango.AttrQuality;
import fr.esrf.Tango.DevEncoded;
import fr.esrf.Tango.DevFailed;
import java.util.Map;
import java.util.Optional;
import org.bcdi.detector.lima.DataArray;
import org.tango.server.attribute.AttributeValue;

/**
 * Attribute values with their quality. JTango insists on a value even where the quality says that there is none, so an
 * invalid one carries a placeholder, which clients do not look at.
 */
final class Values {
    private static final Map<Class<?>, Object> PLACEHOLDERS = Map.of(
            Double.class,
            Double.NaN,
            int[][].class,
            new int[1][1],
            byte[][].class,
            new byte[1][1],
            float[][].class,
            new float[1][1]);

    private Values() {}

    /** @param type of the value, also where it is absent */
    static <T> AttributeValue of(Class<T> type, Optional<T> value) throws DevFailed {
        // A figure that cannot be told is none
        if (value.isPresent() && !value.get().equals(Double.NaN)) {
            return new AttributeValue(value.get());
        }
        Object placeholder =
                type == DevEncoded.class ? new DevEncoded(DataArray.FORMAT, new byte[0]) : PLACEHOLDERS.get(type);
        return new AttributeValue(placeholder, AttrQuality.ATTR_INVALID);
    }
}
