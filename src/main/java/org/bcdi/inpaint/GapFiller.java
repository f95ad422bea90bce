package org.bcdi.inpaint;

import java.util.Optional;
import org.bcdi.mask.Mask;
import org.bcdi.model.ExecutionProvider;
import org.bcdi.model.ModelCard;
import org.bcdi.task.Monitor;
import org.bcdi.volume.Volume;

/** A way to fill gaps. Safe for one thread at a time. */
public interface GapFiller extends AutoCloseable {
    /** The word users choose it by, or the model's name. */
    String name();

    /**
     * Fills the masked voxels; measured voxels keep their counts exactly.
     *
     * @param counts photons, shape (nz, ny, nx); masked voxels are not looked at
     * @param mask 1 = no data
     * @throws org.bcdi.task.CancelledException when the monitor asks for it
     */
    Inpainted fill(Volume counts, Mask mask, Monitor monitor);

    /** Where it computes, CUDA or CPU. */
    default ExecutionProvider provider() {
        return ExecutionProvider.CPU;
    }

    /** The card of the network it fills with; empty for interpolation. */
    default Optional<ModelCard> model() {
        return Optional.empty();
    }

    /** Frees the network, where there is one. */
    @Override
    default void close() {}
}
