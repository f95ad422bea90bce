package org.bcdi.pipeline;

import org.bcdi.task.Monitor;

/** Hears which stage a scan is in and how far, and says whether to stop. Called on the working thread; returns at once. */
public interface StageMonitor {
    /** Asks for nothing and hears nothing. */
    StageMonitor NONE = new StageMonitor() {
        @Override
        public void progress(Stage stage, double fraction) {}

        @Override
        public boolean cancelled() {
            return false;
        }
    };

    /** @param fraction of this stage's work that is done, 0 to 1 */
    void progress(Stage stage, double fraction);

    /** Whether the work should stop. */
    boolean cancelled();

    /** What the engine of one stage reports to. */
    default Monitor of(Stage stage) {
        return new Monitor() {
            @Override
            public void progress(double fraction) {
                StageMonitor.this.progress(stage, fraction);
            }

            @Override
            public boolean cancelled() {
                return StageMonitor.this.cancelled();
            }
        };
    }
}
