package org.bcdi.cli;

import java.util.EnumSet;
import java.util.Set;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.bcdi.pipeline.Stage;
import org.bcdi.pipeline.StageMonitor;
import org.jspecify.annotations.Nullable;

/** One progress bar on stderr for each stage of a scan, one below the other. For one thread at a time. */
final class StageBars implements StageMonitor, AutoCloseable {
    private static final String TERMINAL = "bcdi.terminal";
    private static final int WIDTH = 78;
    private static final int INTERVAL_MILLIS = 100;
    /** Into a log file go a few lines only. */
    private static final int LOG_INTERVAL_MILLIS = 10_000;

    private static final Set<Stage> WORK = EnumSet.of(Stage.ACQUIRING, Stage.INPAINTING, Stage.PHASING, Stage.SAVING);

    private final boolean visible;
    private @Nullable ProgressBar bar;
    private Stage shown = Stage.IDLE;

    private StageBars(boolean visible) {
        this.visible = visible;
    }

    /** Bars in any case. */
    static StageBars always() {
        return new StageBars(true);
    }

    /** Bars where a person watches stderr, which the launcher knows, silence where a script does. */
    static StageBars onTerminal() {
        return new StageBars(Boolean.getBoolean(TERMINAL));
    }

    @Override
    public void progress(Stage stage, double fraction) {
        if (stage != shown) {
            close();
            shown = stage;
            bar = visible && WORK.contains(stage) ? open(stage) : null;
        }
        if (bar != null) {
            bar.stepTo(Math.round(100 * Math.min(Math.max(fraction, 0), 1)));
        }
    }

    @Override
    public boolean cancelled() {
        return false;
    }

    /** Ends the bar of the last stage, which is then done. */
    @Override
    public void close() {
        if (bar != null) {
            bar.stepTo(100);
            bar.close();
            bar = null;
        }
    }

    private static ProgressBar open(Stage stage) {
        boolean onTerminal = Boolean.getBoolean(TERMINAL);
        return new ProgressBarBuilder()
                .setTaskName(String.format("%-10s", stage.word()))
                .setInitialMax(100)
                .setUnit(" %", 1)
                .hideEta()
                .setStyle(ProgressBarStyle.UNICODE_BLOCK)
                .setUpdateIntervalMillis(onTerminal ? INTERVAL_MILLIS : LOG_INTERVAL_MILLIS)
                .setConsumer(new ConsoleProgressBarConsumer(System.err, WIDTH))
                .build();
    }
}
