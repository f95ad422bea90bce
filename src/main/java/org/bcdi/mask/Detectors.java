package org.bcdi.mask;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.bcdi.task.InputException;
import org.bcdi.volume.Roi;

/**
 * The detectors that this program knows by name.
 *
 * <p>MAXIPIX: 4 empty rows and columns between chips, widened to the 6 that hold no true counts in any fill mode, because
 * the border pixels of a chip are three times as wide and the fill modes spread or invent their counts. EIGER and EIGER2:
 * exactly the empty rows and columns between modules, no margin. {@code eiger2m-id01}, the detector of ESRF and PSI at
 * ID01: module gaps with the margin used for analysis there, chip borders and known bad blocks. Sizes and gaps after
 * pyFAI (detectors/_esrf.py, _dectris.py) and cdiutils (loader.py).
 */
public final class Detectors {
    /** The name for a detector without gaps, of any size. */
    public static final String NONE = "none";

    private static final double MAXIPIX_PIXEL = 55;
    private static final double EIGER_PIXEL = 75;

    private static final Map<String, Supplier<DetectorGeometry>> KNOWN = new LinkedHashMap<>();

    static {
        know("maxipix-2x2", name -> maxipix(name, 2, 2));
        know("maxipix-5x1", name -> maxipix(name, 1, 5));
        know("eiger-500k", name -> eiger(name, 1, 1));
        know("eiger-1m", name -> eiger(name, 2, 1));
        know("eiger-4m", name -> eiger(name, 4, 2));
        know("eiger-9m", name -> eiger(name, 6, 3));
        know("eiger-16m", name -> eiger(name, 8, 4));
        know("eiger2-500k", name -> eiger2(name, 1, 1));
        know("eiger2-1m", name -> eiger2(name, 2, 1));
        know("eiger2-4m", name -> eiger2(name, 4, 2));
        know("eiger2-9m", name -> eiger2(name, 6, 3));
        know("eiger2-16m", name -> eiger2(name, 8, 4));
        know("eiger2m-id01", Detectors::eiger2mOfId01);
    }

    private Detectors() {}

    /** All names that are accepted, {@code none} last. */
    public static List<String> names() {
        List<String> names = new ArrayList<>(KNOWN.keySet());
        names.add(NONE);
        return List.copyOf(names);
    }

    /** Whether this is the name for no gaps at all. */
    public static boolean isNone(String name) {
        return name.toLowerCase(Locale.ROOT).equals(NONE);
    }

    /**
     * The geometry of a detector.
     *
     * @throws InputException when the name is unknown, listing those that are known; also for {@code none}, which has no size
     */
    public static DetectorGeometry named(String name) {
        Supplier<DetectorGeometry> geometry = KNOWN.get(name.toLowerCase(Locale.ROOT));
        if (geometry == null) {
            throw new InputException("Detector '" + name + "' "
                    + (isNone(name) ? "has no frame size of its own" : "is unknown") + "; choose one of "
                    + String.join(", ", isNone(name) ? List.copyOf(KNOWN.keySet()) : names()) + ".");
        }
        return geometry.get();
    }

    /**
     * The gaps in a frame.
     *
     * @param detector a name, or {@code none}
     * @param height rows of the frame
     * @param width columns of the frame
     * @param roi which part of the whole detector the frame is, empty when it is all of it
     * @throws InputException when the frame has another size than the detector, or the region leaves it
     */
    public static FrameMask maskFor(String detector, int height, int width, Optional<Roi> roi) {
        if (isNone(detector)) {
            return FrameMask.none(height, width);
        }
        DetectorGeometry geometry = named(detector);
        Roi part = roi.orElseGet(() -> new Roi(0, geometry.height(), 0, geometry.width()));
        if (!part.fitsIn(geometry.height(), geometry.width())) {
            throw new InputException("The region " + part + " leaves the " + geometry.height() + "x" + geometry.width()
                    + " frame of detector " + geometry.name() + "; choose another detector name, or none.");
        }
        if (part.height() != height || part.width() != width) {
            throw new InputException("Frames of " + height + "x" + width + " are not "
                    + (roi.isPresent() ? "the region " + part + " of detector " : "those of detector ")
                    + geometry.name() + " (" + part.height() + "x" + part.width()
                    + "); name the right detector, its region of interest, or none.");
        }
        return geometry.gaps().crop(part);
    }

    private static void know(String name, Function<String, DetectorGeometry> make) {
        KNOWN.put(name, () -> make.apply(name));
    }

    private static DetectorGeometry maxipix(String name, int rows, int columns) {
        int chip = 256;
        int empty = 4;
        int height = rows * (chip + empty) - empty;
        int width = columns * (chip + empty) - empty;
        GapPainter gaps = new GapPainter(height, width);
        gaps.rowsBetween(chip, empty, 1);
        gaps.columnsBetween(chip, empty, 1);
        return new DetectorGeometry(name, height, width, MAXIPIX_PIXEL, gaps.mask());
    }

    private static DetectorGeometry eiger(String name, int rows, int columns) {
        return dectris(name, rows, columns, 514, 1030, 37, 10);
    }

    private static DetectorGeometry eiger2(String name, int rows, int columns) {
        return dectris(name, rows, columns, 512, 1028, 38, 12);
    }

    private static DetectorGeometry dectris(
            String name, int rows, int columns, int moduleHeight, int moduleWidth, int emptyRows, int emptyColumns) {
        int height = rows * (moduleHeight + emptyRows) - emptyRows;
        int width = columns * (moduleWidth + emptyColumns) - emptyColumns;
        GapPainter gaps = new GapPainter(height, width);
        gaps.rowsBetween(moduleHeight, emptyRows, 0);
        gaps.columnsBetween(moduleWidth, emptyColumns, 0);
        return new DetectorGeometry(name, height, width, EIGER_PIXEL, gaps.mask());
    }

    private static DetectorGeometry eiger2mOfId01(String name) {
        int height = 2164;
        int width = 1030;
        GapPainter gaps = new GapPainter(height, width);
        int[][] rows = {{511, 552}, {1061, 1102}, {1611, 1652}, {255, 259}, {804, 809}, {1355, 1359}, {1905, 1909}};
        int[][] columns = {{255, 259}, {513, 517}, {771, 775}};
        for (int[] range : rows) {
            gaps.block(range[0], range[1], 0, width);
        }
        for (int[] range : columns) {
            gaps.block(0, height, range[0], range[1]);
        }
        gaps.block(0, 257, 72, 80);
        gaps.block(1248, 1290, 478, 479);
        gaps.block(1214, 1298, 481, 482);
        gaps.block(1649, 1910, 620, 628);
        return new DetectorGeometry(name, height, width, EIGER_PIXEL, gaps.mask());
    }
}
