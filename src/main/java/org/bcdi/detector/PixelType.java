package org.bcdi.detector;

/** The ten pixel types of Lima. The order is that of the type codes in a DATA_ARRAY header. */
public enum PixelType {
    UINT8(1, false, false),
    UINT16(2, false, false),
    UINT32(4, false, false),
    UINT64(8, false, false),
    INT8(1, true, false),
    INT16(2, true, false),
    INT32(4, true, false),
    INT64(8, true, false),
    FLOAT32(4, true, true),
    FLOAT64(8, true, true);

    /** Of what unsigned 32 bits say of dead pixels; float32 rounds both up. */
    private static final double COPIED_FROM = 0x1p32 - 2;

    private static final double COPIED_TO = 0x1p32;

    private final int bytes;
    private final boolean signed;
    private final boolean floating;
    private final double ceiling;

    PixelType(int bytes, boolean signed, boolean floating) {
        this.bytes = bytes;
        this.signed = signed;
        this.floating = floating;
        this.ceiling = signed ? Float.MAX_VALUE : Math.pow(2, 8 * bytes) - 2;
    }

    public int bytes() {
        return bytes;
    }

    public boolean signed() {
        return signed;
    }

    public boolean floating() {
        return floating;
    }

    /**
     * Whether a value says that the pixel measured nothing: the two highest values of an unsigned type (detectors put them
     * into gaps and saturated pixels), also those of 32 bits that were copied into a type that holds more, NaN, negative ones and
     * what float32 cannot hold.
     */
    public boolean invalid(double value) {
        return !(value >= 0 && value < ceiling) || (value >= COPIED_FROM && value <= COPIED_TO);
    }
}
