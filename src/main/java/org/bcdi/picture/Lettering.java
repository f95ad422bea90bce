package org.bcdi.picture;

import java.awt.image.BufferedImage;
import java.awt.image.Raster;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import javax.imageio.ImageIO;

/**
 * Letters from glyphs drawn beforehand (by {@code make_glyphs.py}), so that pictures come out the same on every machine and
 * need neither fonts nor a font system, which headless Java on a bare host may lack.
 */
enum Lettering {
    SMALL("small"),
    BOLD("bold"),
    LARGE("large");

    /** Empty columns on either side of a glyph, into which a letter such as j reaches. */
    private static final int PAD = 3;

    private final String characters;

    @SuppressWarnings("ImmutableEnumChecker") // filled once, never handed out
    private final int[] starts;

    @SuppressWarnings("ImmutableEnumChecker") // read once, never handed out
    private final Raster coverage;

    Lettering(String sheet) {
        try (InputStream table = open(sheet + ".txt");
                BufferedReader lines = new BufferedReader(new InputStreamReader(table, StandardCharsets.UTF_8));
                InputStream image = open(sheet + ".png")) {
            characters = Objects.requireNonNull(lines.readLine());
            String[] widths = Objects.requireNonNull(lines.readLine()).split(" ");
            starts = new int[widths.length + 1];
            for (int i = 0; i < widths.length; i++) {
                starts[i + 1] = starts[i] + Integer.parseInt(widths[i]) + 2 * PAD;
            }
            coverage = ImageIO.read(image).getRaster();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static InputStream open(String name) {
        return Objects.requireNonNull(Lettering.class.getResourceAsStream(name), name);
    }

    int height() {
        return coverage.getHeight();
    }

    /** Pixels that a text takes from left to right. */
    int width(String text) {
        int width = 0;
        for (int i = 0; i < text.length(); i++) {
            width += advance(glyph(text.charAt(i)));
        }
        return width;
    }

    private int advance(int glyph) {
        return starts[glyph + 1] - starts[glyph] - 2 * PAD;
    }

    /** The longest beginning of a text that fits into some pixels. */
    String fitting(String text, int width) {
        int end = text.length();
        while (end > 0 && width(text.substring(0, end)) > width) {
            end--;
        }
        return text.substring(0, end);
    }

    /** Draws a text whose upper left corner is (x, y); what would leave the picture is cut off. */
    void draw(BufferedImage picture, String text, int x, int y, int colour) {
        int pen = x;
        for (int i = 0; i < text.length(); i++) {
            int glyph = glyph(text.charAt(i));
            int left = pen - PAD - starts[glyph];
            for (int column = starts[glyph]; column < starts[glyph + 1]; column++) {
                for (int row = 0; row < height(); row++) {
                    blend(picture, left + column, y + row, colour, coverage.getSample(column, row, 0) / 255.0);
                }
            }
            pen += advance(glyph);
        }
    }

    private static void blend(BufferedImage picture, int x, int y, int colour, double part) {
        if (part > 0 && x >= 0 && y >= 0 && x < picture.getWidth() && y < picture.getHeight()) {
            picture.setRGB(x, y, ColourMap.mix(picture.getRGB(x, y), colour, part));
        }
    }

    private int glyph(char letter) {
        int glyph = characters.indexOf(letter);
        return glyph >= 0 ? glyph : characters.indexOf('?');
    }
}
