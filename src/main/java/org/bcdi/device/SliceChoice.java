package org.bcdi.device;

/** Where volumes are cut: across which axis (0 z, 1 y, 2 x) and at which index. */
record SliceChoice(int axis, int index) {
    static final int THROUGH_PEAK = -1;

    /** The index to cut at. */
    int at(int peak) {
        return index == THROUGH_PEAK ? peak : index;
    }
}
