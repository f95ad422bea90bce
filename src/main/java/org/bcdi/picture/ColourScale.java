package org.bcdi.picture;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * How values become colours, and what is written beside the colour bar.
 *
 * @param map of colours
 * @param logarithmic whether colours follow log(1 + value), as for photons, or the value itself
 * @param low value of the first colour
 * @param high value of the last colour, above {@code low}
 * @param ticks to write beside the bar, from low to high
 */
record ColourScale(ColourMap map, boolean logarithmic, double low, double high, List<Tick> ticks) {
    /** A number beside the colour bar. */
    record Tick(double value, String label) {}

    /** Photons: colours follow log(1 + photons), so that zero has a colour and weak fringes show. */
    static ColourScale photons(ColourMap map, double most) {
        double high = Math.max(most, 1);
        List<Tick> ticks = new ArrayList<>(List.of(new Tick(0, "0")));
        for (double decade = 1; decade <= high; decade *= 10) {
            ticks.add(new Tick(decade, shortened(decade)));
        }
        return new ColourScale(map, true, 0, high, ticks);
    }

    /** Values from zero, linear. */
    static ColourScale linear(ColourMap map, double most) {
        double high = most > 0 ? most : 1;
        double step = Math.pow(10, Math.floor(Math.log10(high)));
        step = high / step >= 5 ? step * 2 : high / step >= 2 ? step : step / 2;
        List<Tick> ticks = new ArrayList<>();
        for (int i = 0; i * step <= high * 1.0001; i++) {
            ticks.add(new Tick(i * step, shortened(i * step)));
        }
        return new ColourScale(map, false, 0, high, ticks);
    }

    /** Radians, once around. */
    static ColourScale phase() {
        return new ColourScale(
                ColourMap.CYCLIC,
                false,
                -Math.PI,
                Math.PI,
                List.of(
                        new Tick(-Math.PI, "\u2212\u03c0"),
                        new Tick(-Math.PI / 2, "\u2212\u03c0/2"),
                        new Tick(0, "0"),
                        new Tick(Math.PI / 2, "\u03c0/2"),
                        new Tick(Math.PI, "\u03c0")));
    }

    /** Where a value lies between the first colour (0) and the last (1). */
    double fraction(double value) {
        return logarithmic
                ? (Math.log1p(Math.max(value, 0)) - Math.log1p(low)) / (Math.log1p(high) - Math.log1p(low))
                : (value - low) / (high - low);
    }

    boolean isOfAngles() {
        return map == ColourMap.CYCLIC;
    }

    int rgb(double value) {
        return map.rgb(fraction(value));
    }

    private static String shortened(double value) {
        if (value >= 1e9) {
            return String.format(Locale.ROOT, "%.0e", value).replace("e+0", "e");
        }
        if (value >= 1e6) {
            return plain(value / 1e6) + "M";
        }
        return value >= 1e3 ? plain(value / 1e3) + "k" : plain(value);
    }

    private static String plain(double value) {
        String digits = String.format(Locale.ROOT, "%.4g", value);
        return digits.contains(".") && !digits.contains("e")
                ? digits.replaceAll("0+$", "").replaceAll("\\.$", "")
                : digits;
    }
}
