package org.bcdi.inpaint;

/** Scale of a window of a frame: log value = mean + deviation * standardised value. */
record Scale(double mean, double deviation) {
    /**
     * Of the measured values of a window alone; at work nobody knows the others. 0 and 1 if nothing is measured.
     *
     * @param batch from {@code offset} on {@code size} values, and behind them as many of the mask
     * @param floor below which no deviation is divided by
     */
    static Scale of(float[] batch, int offset, int size, double floor) {
        double sum = 0;
        int visible = 0;
        for (int i = offset; i < offset + size; i++) {
            if (batch[i + size] == 0) {
                sum += batch[i];
                visible++;
            }
        }
        if (visible == 0) {
            return new Scale(0, 1);
        }
        double mean = sum / visible;
        double squares = 0;
        for (int i = offset; i < offset + size; i++) {
            if (batch[i + size] == 0) {
                squares += (batch[i] - mean) * (batch[i] - mean);
            }
        }
        return new Scale(mean, Math.max(Math.sqrt(squares / visible), floor));
    }

    float standardised(double value) {
        return (float) ((value - mean) / deviation);
    }
}
