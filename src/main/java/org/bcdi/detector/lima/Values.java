package org.bcdi.detector.lima;

import fr.esrf.Tango.DevFailed;
import fr.esrf.TangoApi.DeviceAttribute;
import fr.esrf.TangoDs.TangoConst;
import java.util.Arrays;

/** Takes values out of Tango attributes, whichever integer or boolean type a server chose for them. */
final class Values {
    private Values() {}

    static String text(TangoLink link, DeviceAttribute attribute) {
        try {
            return attribute.extractString();
        } catch (DevFailed e) {
            throw link.translated("read an attribute", e);
        }
    }

    static long number(TangoLink link, DeviceAttribute attribute) {
        return numbers(link, attribute)[0];
    }

    static long[] numbers(TangoLink link, DeviceAttribute attribute) {
        try {
            return switch (attribute.getType()) {
                case TangoConst.Tango_DEV_BOOLEAN -> widened(attribute.extractBooleanArray());
                case TangoConst.Tango_DEV_SHORT -> widened(attribute.extractShortArray());
                case TangoConst.Tango_DEV_USHORT -> widened(attribute.extractUShortArray());
                case TangoConst.Tango_DEV_ULONG -> attribute.extractULongArray();
                case TangoConst.Tango_DEV_LONG64 -> attribute.extractLong64Array();
                case TangoConst.Tango_DEV_ULONG64 -> attribute.extractULong64Array();
                default -> widened(attribute.extractLongArray());
            };
        } catch (DevFailed e) {
            throw link.translated("read an attribute", e);
        }
    }

    private static long[] widened(int[] values) {
        return Arrays.stream(values).asLongStream().toArray();
    }

    private static long[] widened(boolean[] values) {
        long[] wide = new long[values.length];
        for (int i = 0; i < values.length; i++) {
            wide[i] = values[i] ? 1 : 0;
        }
        return wide;
    }

    private static long[] widened(short[] values) {
        long[] wide = new long[values.length];
        for (int i = 0; i < values.length; i++) {
            wide[i] = values[i];
        }
        return wide;
    }
}
