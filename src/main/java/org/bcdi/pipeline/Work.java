package org.bcdi.pipeline;

/**
 * What is under way with one scan.
 *
 * @param owner scan or job that it is about
 * @param stage acquiring, inpainting, phasing or saving; idle, done or failed between two scans
 * @param fraction of the stage that is done, 0 to 1
 * @param startedNanos when the stage began, a reading of {@link System#nanoTime}
 */
record Work(String owner, Stage stage, double fraction, long startedNanos) {
    static final Work IDLE = new Work("", Stage.IDLE, 0, 0);

    static Work ended(String owner, Stage outcome) {
        return new Work(owner, outcome, 1, 0);
    }

    boolean active() {
        return stage != Stage.IDLE && stage != Stage.DONE && stage != Stage.FAILED;
    }

    /** The same stage further on, or another one from its start. */
    Work at(Stage now, double reached, long nanos) {
        return new Work(owner, now, reached, now == stage ? startedNanos : nanos);
    }

    /** Seconds until the stage is done at the speed it had so far. */
    double remainingSeconds(long nanos) {
        return fraction <= 0 || !active() ? 0 : (nanos - startedNanos) * 1e-9 * (1 - fraction) / fraction;
    }
}
