package org.bcdi.picture;

/** Colour tables, from equally spaced stops. Viridis and magma are those of matplotlib. */
public enum ColourMap {
    /** For intensities: dark is low, even steps look even, also in grey and to the colour-blind. */
    VIRIDIS("440154 48186a 472d7b 424086 3b528b 33638d 2c728e 26828e 21918c 1fa088 28ae80 3fbc73 5ec962 84d44b addc30"
            + " d8e219 fde725"),
    /** For uncertainties. */
    MAGMA("000004 0a0822 1d1147 36106b 51127c 6a1c81 832681 9c2e7f b73779 d0416f e75263 f56b5c fc8961 fea772 fec488"
            + " fde2a3 fcfdbf"),
    /** For the one and only shape of something. */
    GREY("202020 f4f4f4"),
    /** For angles: ends where it starts, so that a wrap of the phase is no edge in the picture. */
    CYCLIC(
            "c3699e cb6889 d16a75 d57061 d6794d d3843c cd9130 c39f30 b4ac3d a1b752 8ac16a 6fc784 4fcb9c 29cbb4 00c8c8 00c1d9"
                    + " 28b8e5 49adec 64a1ee 7a94ea 8e88e1 9e7ed5 ac75c5 b86eb2 c3699e");

    @SuppressWarnings("ImmutableEnumChecker") // filled once, never handed out
    private final int[] stops;

    ColourMap(String hexadecimal) {
        String[] words = hexadecimal.split(" ");
        stops = new int[words.length];
        for (int i = 0; i < words.length; i++) {
            stops[i] = Integer.parseInt(words[i], 16);
        }
    }

    /** The colour (0xRRGGBB) of a fraction; below 0 and above 1 the end colours. */
    int rgb(double fraction) {
        double place = Math.min(Math.max(fraction, 0), 1) * (stops.length - 1);
        int below = Math.min((int) place, stops.length - 2);
        return mix(stops[below], stops[below + 1], place - below);
    }

    /** A colour between two, 0 giving the first and 1 the second. */
    static int mix(int first, int second, double fraction) {
        int mixed = 0;
        for (int shift = 0; shift <= 16; shift += 8) {
            int a = first >> shift & 0xff;
            int b = second >> shift & 0xff;
            mixed |= (int) Math.round(a + (b - a) * fraction) << shift;
        }
        return mixed;
    }
}
