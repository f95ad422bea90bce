package org.bcdi.device;

import fr.esrf.Tango.DevFailed;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Field;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.tango.server.annotation.Attribute;
import org.tango.server.annotation.AttributeProperties;

/** The attributes of a device class as its annotations declare them, by the rules of JTango. */
final class AttributeTable {
    private AttributeTable() {}

    /**
     * One attribute.
     *
     * @param type in Java
     * @param getter that JTango reads it by
     * @param setter that JTango writes it by, empty where clients may not
     */
    record Entry(
            String name,
            Class<?> type,
            Method getter,
            Optional<Method> setter,
            Attribute attribute,
            AttributeProperties properties) {
        boolean writable() {
            return setter.isPresent();
        }

        /** Its value, or an {@code AttributeValue} that holds it. */
        Object read(Object device) throws DevFailed {
            return call(getter, device);
        }

        void write(Object device, Object value) throws DevFailed {
            call(setter.orElseThrow(), device, value);
        }

        private Object call(Method method, Object device, Object... arguments) throws DevFailed {
            try {
                return method.invoke(device, arguments);
            } catch (InvocationTargetException e) {
                if (e.getCause() instanceof DevFailed failure) {
                    throw failure;
                }
                throw new IllegalStateException(method.getName() + " failed", e);
            } catch (IllegalAccessException e) {
                throw new IllegalStateException("JTango needs a public " + method.getName(), e);
            }
        }
    }

    /** Those of the class and of all that it extends, in the order of their names. */
    static List<Entry> of(Class<?> device) {
        List<Entry> entries = new ArrayList<>();
        for (Class<?> layer = device; layer != null; layer = layer.getSuperclass()) {
            for (Field field : layer.getDeclaredFields()) {
                if (field.isAnnotationPresent(Attribute.class)) {
                    entries.add(entry(device, field, capital(field.getName()), field.getType()));
                }
            }
            for (Method method : layer.getDeclaredMethods()) {
                if (method.isAnnotationPresent(Attribute.class)) {
                    entries.add(entry(device, method, method.getName().substring(3), method.getReturnType()));
                }
            }
        }
        entries.sort(Comparator.comparing(Entry::name, String.CASE_INSENSITIVE_ORDER));
        return entries;
    }

    /** @param stem name of the getter after {@code get} */
    private static Entry entry(Class<?> device, AnnotatedElement declared, String stem, Class<?> type) {
        Attribute attribute = declared.getAnnotation(Attribute.class);
        String name = attribute.name().isEmpty()
                ? stem.substring(0, 1).toLowerCase(Locale.ROOT) + stem.substring(1)
                : attribute.name();
        try {
            Method getter = device.getMethod("get" + stem);
            Optional<Method> setter = Arrays.stream(device.getMethods())
                    .filter(method -> method.getName().equals("set" + stem) && method.getParameterCount() == 1)
                    .findAny();
            return new Entry(name, type, getter, setter, attribute, declared.getAnnotation(AttributeProperties.class));
        } catch (NoSuchMethodException e) {
            throw new IllegalStateException("attribute " + name + " has no getter", e);
        }
    }

    private static String capital(String name) {
        return name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1);
    }
}
