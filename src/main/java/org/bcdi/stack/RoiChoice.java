package org.bcdi.stack;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bcdi.task.InputException;
import org.bcdi.volume.Roi;

/** Which part of the frames becomes the rocking curve. */
public sealed interface RoiChoice {
    /** All of it: an empty text. */
    record Whole() implements RoiChoice {
        @Override
        public String toString() {
            return "";
        }
    }

    /** A given region: {@code y0:y1,x0:x1}, half open. */
    record Fixed(Roi roi) implements RoiChoice {
        @Override
        public int[] size(int height, int width) {
            return new int[] {roi.height(), roi.width()};
        }

        @Override
        public String toString() {
            return roi.toString();
        }
    }

    /** A square of {@code size} pixels around the Bragg peak: {@code auto:256}; smaller where the frame is. */
    record Auto(int size) implements RoiChoice {
        public Auto {
            if (size < 1) {
                throw new IllegalArgumentException("an automatic region needs at least one pixel: " + size);
            }
        }

        @Override
        public int[] size(int height, int width) {
            return new int[] {Math.min(size, height), Math.min(size, width)};
        }

        @Override
        public String toString() {
            return "auto:" + size;
        }
    }

    /** Rows and columns that are kept of a frame. */
    default int[] size(int height, int width) {
        return new int[] {height, width};
    }

    /**
     * Reads a choice as users write it.
     *
     * @throws InputException when the text is none
     */
    static RoiChoice parse(String text) {
        String plain = text.replaceAll("\\s", "");
        if (plain.isEmpty()) {
            return new Whole();
        }
        try {
            Matcher auto = Pattern.compile("auto:(\\d{1,9})").matcher(plain);
            if (auto.matches()) {
                return new Auto(Integer.parseInt(auto.group(1)));
            }
            Matcher fixed = Pattern.compile("(\\d{1,9}):(\\d{1,9}),(\\d{1,9}):(\\d{1,9})")
                    .matcher(plain);
            if (fixed.matches()) {
                return new Fixed(new Roi(
                        Integer.parseInt(fixed.group(1)),
                        Integer.parseInt(fixed.group(2)),
                        Integer.parseInt(fixed.group(3)),
                        Integer.parseInt(fixed.group(4))));
            }
        } catch (IllegalArgumentException e) {
            throw new InputException("The region of interest '" + text + "' is not one: " + e.getMessage() + ".", e);
        }
        throw new InputException("The region of interest '" + text
                + "' is not understood; write y0:y1,x0:x1, auto:256 for a box around the Bragg peak, or nothing for the"
                + " whole frame.");
    }
}
