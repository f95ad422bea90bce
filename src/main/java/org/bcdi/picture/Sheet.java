package org.bcdi.picture;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;
import org.bcdi.task.BcdiException;

/**
 * Panels in rows under a heading, each with its title and colour bar.
 *
 * @param heading of the sheet
 * @param subheading below it, small; may be empty
 * @param rows of panels, drawn from left to right
 */
record Sheet(String heading, String subheading, List<List<Panel>> rows) {
    private static final int SIDE = 320;
    private static final int MARGIN = 20;
    private static final int BAR = 14;
    private static final int BAR_GAP = 8;
    private static final int TICKS = 52;
    private static final int CELL = SIDE + BAR_GAP + BAR + TICKS;
    private static final int GAP = 10;
    /** Beyond this ratio of its sides a panel is stretched, else a short scan would be a line. */
    private static final double SLIMMEST = 2.5;

    private static final int PAPER = 0xffffff;
    private static final int INK = 0x1a1a1a;
    private static final int PALE_INK = 0x606060;

    /** Writes the sheet as PNG. */
    void write(Path file) {
        try (OutputStream stream = Files.newOutputStream(file)) {
            ImageIO.write(draw(), "png", stream);
        } catch (IOException e) {
            throw new BcdiException("Picture " + file + " cannot be written (" + e.getMessage() + ").", e);
        }
    }

    BufferedImage draw() {
        int columns = rows.stream().mapToInt(List::size).max().orElse(0);
        int width = 2 * MARGIN + columns * CELL + (columns - 1) * GAP;
        int head = headHeight();
        int height = MARGIN + head + rows.stream().mapToInt(Sheet::rowHeight).sum();
        BufferedImage picture = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        fill(picture, 0, 0, width, height, PAPER);
        int room = width - 2 * MARGIN;
        Lettering.LARGE.draw(picture, Lettering.LARGE.fitting(heading, room), MARGIN, MARGIN / 2, INK);
        Lettering.SMALL.draw(
                picture,
                Lettering.SMALL.fitting(subheading, room),
                MARGIN,
                MARGIN / 2 + Lettering.LARGE.height(),
                PALE_INK);
        int y = head;
        for (List<Panel> row : rows) {
            for (int i = 0; i < row.size(); i++) {
                draw(row.get(i), picture, MARGIN + i * (CELL + GAP), y);
            }
            y += rowHeight(row);
        }
        return picture;
    }

    private int headHeight() {
        int small = subheading.isEmpty() ? 0 : Lettering.SMALL.height();
        return MARGIN + Lettering.LARGE.height() + small;
    }

    private static int rowHeight(List<Panel> row) {
        int tallest = row.stream().mapToInt(Sheet::height).max().orElse(0);
        return Lettering.BOLD.height() + tallest + Lettering.SMALL.height() + 2 * GAP;
    }

    private static int height(Panel panel) {
        double ratio = (double) panel.rows() / panel.columns();
        return (int) Math.round(SIDE * Math.min(1, Math.max(ratio, 1 / SLIMMEST)));
    }

    private static int width(Panel panel) {
        double ratio = (double) panel.columns() / panel.rows();
        return (int) Math.round(SIDE * Math.min(1, Math.max(ratio, 1 / SLIMMEST)));
    }

    private static void draw(Panel panel, BufferedImage picture, int x, int top) {
        int width = width(panel);
        int height = height(panel);
        Lettering.BOLD.draw(picture, Lettering.BOLD.fitting(panel.title(), CELL), x, top, INK);
        int y = top + Lettering.BOLD.height() + 2;
        for (int row = 0; row < height; row++) {
            for (int column = 0; column < width; column++) {
                picture.setRGB(x + column, y + row, panel.rgb(row, column, height, width));
            }
        }
        drawBar(panel.scale(), picture, x + width + BAR_GAP, y, height);
        Lettering.SMALL.draw(picture, Lettering.SMALL.fitting(panel.caption(), CELL), x, y + height + 1, PALE_INK);
    }

    private static void drawBar(ColourScale scale, BufferedImage picture, int x, int y, int height) {
        for (int row = 0; row < height; row++) {
            fill(picture, x, y + row, BAR, 1, scale.map().rgb(1 - (row + 0.5) / height));
        }
        int lowestFree = Integer.MAX_VALUE;
        for (ColourScale.Tick tick : scale.ticks()) {
            int at = y + (int) Math.round((1 - scale.fraction(tick.value())) * (height - 1));
            int top = Math.min(
                    Math.max(at - Lettering.SMALL.height() / 2, y - 2), y + height - Lettering.SMALL.height() + 2);
            if (top + Lettering.SMALL.height() <= lowestFree) {
                fill(picture, x + BAR, at, 4, 1, INK);
                Lettering.SMALL.draw(picture, tick.label(), x + BAR + 6, top, INK);
                lowestFree = top;
            }
        }
    }

    private static void fill(BufferedImage picture, int x, int y, int width, int height, int colour) {
        for (int row = y; row < y + height; row++) {
            for (int column = x; column < x + width; column++) {
                picture.setRGB(column, row, colour);
            }
        }
    }
}
