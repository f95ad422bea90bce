package org.bcdi.device;

import static org.assertj.core.api.Assertions.assertThat;

import fr.esrf.Tango.DevEncoded;
import fr.esrf.Tango.DevState;
import fr.esrf.Tango.DispLevel;
import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.tango.server.annotation.Command;
import org.tango.server.annotation.DeviceProperty;

/**
 * {@code docs/reference/attributes.md} is made from the annotations of the Tango class. Run with {@code
 * -Dbcdi.write=true} to write it anew.
 */
class AttributesReferenceTest {
    private static final Path FILE = Path.of("docs/reference/attributes.md");
    private static final Map<Class<?>, String> TYPES = Map.of(
            String.class, "DevString",
            int.class, "DevLong",
            double.class, "DevDouble",
            boolean.class, "DevBoolean",
            DevState.class, "DevState",
            DevEncoded.class, "DevEncoded",
            int[][].class, "IMAGE of DevLong",
            byte[][].class, "IMAGE of DevUChar",
            float[][].class, "IMAGE of DevFloat");

    @Test
    void theReferenceIsThatOfTheCode() throws IOException {
        String made = page();
        if (Boolean.getBoolean("bcdi.write")) {
            Files.createDirectories(FILE.getParent());
            Files.writeString(FILE, made);
        }
        assertThat(Files.readString(FILE))
                .as("write it anew: mvn test -Dtest=AttributesReferenceTest -Dbcdi.write=true")
                .isEqualTo(made);
    }

    @Test
    void everyAttributeSaysWhatItIs() {
        assertThat(AttributeTable.of(BcdiOnline.class)).hasSize(48).allSatisfy(entry -> {
            assertThat(entry.properties().label()).as(entry.name()).isNotBlank();
            assertThat(entry.properties().description()).as(entry.name()).hasSizeGreaterThan(9);
        });
    }

    private static String page() {
        StringBuilder page = new StringBuilder("# Tango class BcdiOnline\n\n"
                + "Made from the annotations of the class by `AttributesReferenceTest`; do not edit.\n\n## Properties\n\n"
                + "| property | default | |\n|---|---|---|\n");
        Arrays.stream(BcdiProperties.class.getDeclaredFields())
                .filter(field -> field.isAnnotationPresent(DeviceProperty.class))
                .map(field -> field.getAnnotation(DeviceProperty.class))
                .forEach(property ->
                        row(page, property.name(), String.join(", ", property.defaultValue()), property.description()));
        page.append(
                "\n## Commands\n\nAll return at once. `Start` follows the detector, `Stop` ends the scan being taken with the frames that"
                        + " are in, `Abort` drops the\nwork in hand, `Reset` leaves `ALARM`, and `FAULT` when its cause is gone; `Init` reads the"
                        + " properties anew.\n\n| command | takes | gives |\n|---|---|---|\n");
        commands()
                .forEach(method -> row(
                        page,
                        method.getAnnotation(Command.class).name(),
                        told(
                                method.getParameterCount() > 0,
                                method.getAnnotation(Command.class).inTypeDesc()),
                        told(
                                method.getReturnType() != void.class,
                                method.getAnnotation(Command.class).outTypeDesc())));
        page.append("\n## Attributes\n\n| attribute | type | | unit | |\n|---|---|---|---|---|\n");
        AttributeTable.of(BcdiOnline.class)
                .forEach(entry -> row(
                        page,
                        entry.name(),
                        TYPES.get(entry.type()),
                        entry.writable() ? "RW, memorized" : "R",
                        entry.properties().unit().equals("No unit")
                                ? ""
                                : entry.properties().unit(),
                        entry.properties().description()
                                + (entry.attribute().displayLevel() == DispLevel._EXPERT ? " (expert)" : "")));
        return page.toString();
    }

    private static Stream<Method> commands() {
        return Arrays.stream(BcdiOnline.class.getDeclaredMethods())
                .filter(method -> method.isAnnotationPresent(Command.class))
                .sorted(Comparator.comparing(
                        method -> method.getAnnotation(Command.class).name()));
    }

    private static String told(boolean any, String description) {
        return any ? description : "";
    }

    private static void row(StringBuilder page, String name, String... cells) {
        page.append("| `").append(name).append('`');
        for (String cell : cells) {
            page.append(" | ").append(cell.replace("|", "\\|"));
        }
        page.append(" |\n");
    }
}
