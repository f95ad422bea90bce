package org.bcdi.phase;

import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.bcdi.model.ExecutionProvider;
import org.bcdi.task.BcdiException;

/**
 * A GPU as long as it can and the CPU from then on, with a warning: a GPU that others fill fails when it is to iterate, not when
 * it is looked for. It is not tried again, so that a full one does not delay every scan.
 */
final class FallbackEngine implements PhasingEngine {
    private static final Logger LOG = LogManager.getLogger(FallbackEngine.class);

    private final PhasingEngine cpu;
    /** The one that iterates now; guarded by the one thread that phases. */
    private PhasingEngine engine;

    /** Takes over both, to be closed with this. */
    FallbackEngine(PhasingEngine gpu, PhasingEngine cpu) {
        this.cpu = cpu;
        this.engine = gpu;
    }

    @Override
    public ExecutionProvider provider() {
        return engine.provider();
    }

    @Override
    public Projections start(Measurement measurement, CountModel model, float[] object) {
        return new Yielding(measurement, model, engine.start(measurement, model, object));
    }

    @Override
    public void close() {
        engine.close();
        cpu.close();
    }

    private void fallBack(IterationsFailedException failure) {
        LOG.warn(
                "Phasing goes on on the CPU, many times slower, until models are loaded anew: {}",
                failure.getMessage());
        PhasingEngine failed = engine;
        engine = cpu;
        try {
            failed.close();
        } catch (BcdiException e) {
            LOG.warn("{}", e.getMessage());
        }
    }

    /** Those of the GPU, then those of the CPU from the same iterate on. */
    private final class Yielding implements Projections {
        private final Measurement measurement;
        private final CountModel model;
        private Projections projections;

        Yielding(Measurement measurement, CountModel model, Projections projections) {
            this.measurement = measurement;
            this.model = model;
            this.projections = projections;
        }

        @Override
        public int block() {
            return projections.block();
        }

        @Override
        public void iterate(Mixing mixing, Support support, int count) {
            try {
                projections.iterate(mixing, support, count);
            } catch (IterationsFailedException e) {
                if (engine == cpu) {
                    throw e;
                }
                fallBack(e);
                projections = cpu.start(measurement, model, projections.object());
                projections.iterate(mixing, support, count - e.done());
            }
        }

        @Override
        public float[] object() {
            return projections.object();
        }

        @Override
        public float[] projected() {
            return projections.projected();
        }
    }
}
