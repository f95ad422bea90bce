package org.bcdi.pipeline;

import java.util.Map;
import org.bcdi.inpaint.GapFiller;
import org.bcdi.inpaint.Inpainted;
import org.bcdi.mask.Mask;
import org.bcdi.phase.PhaseRetriever;
import org.bcdi.phase.Phasing;
import org.bcdi.task.InputException;
import org.bcdi.task.Monitor;
import org.bcdi.volume.Volume;

/**
 * What does the computing.
 *
 * @param provider where the filler's network runs, {@code cuda} or {@code cpu}
 * @param models sha256 by name of the models that were loaded
 * @param release frees what the filler holds
 */
record Engines(
        GapFiller filler, PhaseRetriever retriever, String provider, Map<String, String> models, Runnable release) {
    Engines {
        models = Map.copyOf(models);
    }

    static Engines open(ProcessingSettings settings) {
        if (!settings.fill().equals("none")) {
            throw new InputException("Fill '" + settings.fill() + "' is unknown; choose none.");
        }
        return new Engines(new NoFill(), Phasing.onCpu(), "cpu", Map.of(), () -> {});
    }

    private static final class NoFill implements GapFiller {
        @Override
        public String name() {
            return "none";
        }

        @Override
        public Inpainted fill(Volume counts, Mask mask, Monitor monitor) {
            float[] deviation = new float[counts.shape().size()];
            for (int i = 0; i < deviation.length; i++) {
                deviation[i] = mask.masked(i) ? Float.NaN : 0;
            }
            return new Inpainted(counts, new Volume(counts.shape(), deviation), mask.count(), 0);
        }
    }
}
