package org.bcdi.cli;

/**
 * What {@code bcdi doctor} found about one thing.
 *
 * @param name of the thing
 * @param verdict on it
 * @param finding in a few words
 * @param cure what to do about it, empty when nothing needs doing
 */
record Check(String name, Verdict verdict, String finding, String cure) {
    enum Verdict {
        OK("ok"),
        NOTE("note"),
        FAIL("FAIL");

        private final String word;

        Verdict(String word) {
            this.word = word;
        }
    }

    static Check ok(String name, String finding) {
        return new Check(name, Verdict.OK, finding, "");
    }

    static Check note(String name, String finding, String cure) {
        return new Check(name, Verdict.NOTE, finding, cure);
    }

    static Check fail(String name, String finding, String cure) {
        return new Check(name, Verdict.FAIL, finding, cure);
    }

    String line() {
        return String.format("%-4s  %-10s %s%s", verdict.word, name, finding, cure.isEmpty() ? "" : " -> " + cure);
    }
}
