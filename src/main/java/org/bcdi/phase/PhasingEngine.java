package org.bcdi.phase;

import org.bcdi.model.ExecutionProvider;

/** What does the iterations of ER, HIO and RAAR. Safe for one thread at a time. */
interface PhasingEngine extends AutoCloseable {
    /** @param object the first iterate; ownership passes to the projections, which live until the next call */
    Projections start(Measurement measurement, CountModel model, float[] object);

    /** Where it iterates, CUDA or CPU; AUTO as long as that is not chosen. */
    default ExecutionProvider provider() {
        return ExecutionProvider.CPU;
    }

    @Override
    void close();

    /** Transforms on the CPU, for any shape. */
    static PhasingEngine onCpu() {
        return new PhasingEngine() {
            @Override
            public Projections start(Measurement measurement, CountModel model, float[] object) {
                return new CpuProjections(measurement, model, object);
            }

            @Override
            public void close() {}
        };
    }
}
