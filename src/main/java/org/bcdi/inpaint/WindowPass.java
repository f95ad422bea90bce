package org.bcdi.inpaint;

import java.util.List;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.bcdi.inpaint.Patches.Scale;
import org.bcdi.inpaint.Windows.Corner;
import org.bcdi.model.ModelCard.Calibration;
import org.bcdi.model.Network;
import org.bcdi.task.BcdiException;
import org.bcdi.task.Monitor;

/** Takes a network through windows, batch by batch, and blends what it says of the gaps. */
final class WindowPass {
    private static final Logger LOG = LogManager.getLogger(WindowPass.class);
    /** Windows run at once: enough to keep a GPU busy, few enough for the CPU's memory. */
    private static final int BATCH = 16;

    private final Network network;
    private final Calibration calibration;

    WindowPass(Network network, Calibration calibration) {
        this.network = network;
        this.calibration = calibration;
    }

    /** @throws BcdiException when the network gives something that is not a finite number */
    Blend over(Clues clues, List<Corner> corners, Monitor monitor) {
        LOG.debug(
                "{} gap voxels of {} in {} windows",
                clues.gaps().count(),
                clues.gaps().shape(),
                corners.size());
        Blend blend = new Blend(clues.gaps(), calibration);
        Patches patches = new Patches(clues, network.card().normalisation().deviationFloor());
        float[] batch = new float[Math.min(BATCH, corners.size()) * Patches.CHANNELS * Patches.VOXELS];
        for (int first = 0; first < corners.size(); first += BATCH) {
            run(corners.subList(first, Math.min(first + BATCH, corners.size())), patches, batch, blend);
            monitor.advance((double) Math.min(first + BATCH, corners.size()) / corners.size());
        }
        return blend;
    }

    private void run(List<Corner> corners, Patches patches, float[] batch, Blend blend) {
        Scale[] scales = new Scale[corners.size()];
        for (int i = 0; i < scales.length; i++) {
            scales[i] = patches.cut(corners.get(i), batch, i * Patches.CHANNELS * Patches.VOXELS);
        }
        float[] result = network.run(batch, scales.length);
        for (int i = 0; i < scales.length; i++) {
            LOG.trace("window at {} scaled by {}", corners.get(i), scales[i]);
            if (!blend.add(corners.get(i), scales[i], batch, result, i)) {
                throw new BcdiException("Model " + network.card().name()
                        + " gave no finite numbers for the window at " + corners.get(i)
                        + "; choose another model or fill linear.");
            }
        }
    }
}
