package org.bcdi.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A command line in the making, to be pasted into a shell. */
final class ShellLine {
    private static final Pattern PLAIN = Pattern.compile("[\\w./:=,@%+-]+");

    private final List<String> words = new ArrayList<>();

    ShellLine(String... words) {
        this.words.addAll(List.of(words));
    }

    /** Adds words one by one. */
    ShellLine add(Object... more) {
        for (Object word : more) {
            words.add(word.toString());
        }
        return this;
    }

    /** Adds an option where its value is not the one that it has anyway. */
    ShellLine unless(String usual, String option, String value) {
        return value.equals(usual) ? this : add(option, value);
    }

    /** Words that a shell would not leave alone are quoted. */
    @Override
    public String toString() {
        return words.stream().map(ShellLine::quoted).collect(Collectors.joining(" "));
    }

    private static String quoted(String word) {
        return PLAIN.matcher(word).matches() ? word : "'" + word.replace("'", "'\\''") + "'";
    }
}
