package org.bcdi.pipeline;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import org.bcdi.inpaint.GapFiller;
import org.bcdi.inpaint.Inpainted;
import org.bcdi.mask.Mask;
import org.bcdi.model.ExecutionProvider;
import org.bcdi.model.ModelCard;
import org.bcdi.phase.PhaseRetriever;
import org.bcdi.phase.PhasingProblem;
import org.bcdi.phase.Recipe;
import org.bcdi.phase.Reconstruction;
import org.bcdi.task.CancelledException;
import org.bcdi.task.Monitor;
import org.bcdi.volume.ComplexVolume;
import org.bcdi.volume.Region3;
import org.bcdi.volume.Shape3;
import org.bcdi.volume.Volume;

/** Engines that add 1 to masked voxels, as slowly as the test wants. */
final class FakeEngines implements GapFiller, PhaseRetriever {
    private static final Semaphore OPEN = new Semaphore(Integer.MAX_VALUE / 2);

    /** What inpainting and phasing wait for; a permit lets one scan through. */
    volatile Semaphore fillGate = OPEN;

    volatile Semaphore phaseGate = OPEN;
    volatile Throwable phaseError;
    volatile Throwable fillError;
    volatile RuntimeException loadError;
    volatile Runnable beforeLoad = () -> {};
    volatile ExecutionProvider provider = ExecutionProvider.CPU;
    volatile boolean closed;

    Processor processor() {
        beforeLoad.run();
        if (loadError != null) {
            throw loadError;
        }
        return new Processor(
                new ProcessingSettings("fake", "none", "ER1", 3, ExecutionProvider.CPU, 0), new Engines(this, this));
    }

    @Override
    public String name() {
        return "fake";
    }

    @Override
    public ExecutionProvider provider() {
        return provider;
    }

    @Override
    public Optional<ModelCard> model() {
        return Optional.empty();
    }

    @Override
    public void close() {
        closed = true;
    }

    @Override
    public Inpainted fill(Volume counts, Mask mask, Monitor monitor) {
        pass(fillGate, monitor);
        raise(fillError);
        float[] filled = counts.data().clone();
        for (int i = 0; i < filled.length; i++) {
            filled[i] += mask.masked(i) ? 1 : 0;
        }
        Shape3 shape = counts.shape();
        return new Inpainted(new Volume(shape, filled), Volume.zeros(shape), mask.count(), 1, 1);
    }

    @Override
    public Reconstruction retrieve(PhasingProblem problem, Recipe recipe, long seed, Monitor monitor) {
        pass(phaseGate, monitor);
        raise(phaseError);
        Shape3 shape = problem.intensity().shape();
        float[] object = new float[2 * shape.size()];
        object[0] = problem.intensity().data()[0];
        return new Reconstruction(
                new ComplexVolume(shape, object),
                Mask.none(shape),
                Region3.whole(shape),
                recipe.text(),
                seed,
                new Reconstruction.Metrics(0.5, 1.5, 3, List.of(), 1, 0));
    }

    /** Throws it, if there is one. */
    static void raise(Throwable error) {
        if (error instanceof Error broken) {
            throw broken;
        }
        if (error != null) {
            throw (RuntimeException) error;
        }
    }

    /** Waits for the gate as a long computation would: looking at the monitor again and again. */
    private static void pass(Semaphore gate, Monitor monitor) {
        try {
            while (!gate.tryAcquire(2, java.util.concurrent.TimeUnit.MILLISECONDS)) {
                monitor.advance(0.5);
            }
        } catch (InterruptedException e) {
            throw new CancelledException();
        }
    }
}
