package org.bcdi.pipeline;

import org.bcdi.inpaint.Fills;
import org.bcdi.inpaint.GapFiller;
import org.bcdi.phase.PhaseRetriever;
import org.bcdi.phase.Phasing;

/** What does the computing. */
record Engines(GapFiller filler, PhaseRetriever retriever) implements AutoCloseable {
    static Engines open(ProcessingSettings settings) {
        GapFiller filler = Fills.open(settings.fill(), settings.provider(), settings.gpu());
        try {
            return new Engines(filler, Phasing.open(settings.phasing(), settings.provider(), settings.gpu()));
        } catch (RuntimeException e) {
            filler.close();
            throw e;
        }
    }

    @Override
    public void close() {
        filler.close();
        retriever.close();
    }
}
