package org.bcdi.phase;

import java.util.function.Supplier;
import org.bcdi.model.ExecutionProvider;
import org.jspecify.annotations.Nullable;

/** An engine that is chosen when something is phased first: looking for a GPU takes seconds, and many only inpaint. */
final class LateEngine implements PhasingEngine {
    private final Supplier<PhasingEngine> choice;
    /** Null before the first phasing, and after closing. */
    private @Nullable PhasingEngine chosen;

    LateEngine(Supplier<PhasingEngine> choice) {
        this.choice = choice;
    }

    @Override
    public Projections start(Measurement measurement, CountModel model, float[] object) {
        PhasingEngine engine = chosen != null ? chosen : choice.get();
        chosen = engine;
        return engine.start(measurement, model, object);
    }

    @Override
    public ExecutionProvider provider() {
        return chosen == null ? ExecutionProvider.AUTO : chosen.provider();
    }

    @Override
    public void close() {
        if (chosen != null) {
            chosen.close();
            chosen = null;
        }
    }
}
