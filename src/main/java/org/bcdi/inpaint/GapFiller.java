package org.bcdi.inpaint;

import org.bcdi.mask.Mask;
import org.bcdi.task.Monitor;
import org.bcdi.volume.Volume;

/** A way to fill gaps. Safe for one thread at a time. */
public interface GapFiller {
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
}
