package org.bcdi.inpaint;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.bcdi.model.ModelCard.Calibration;
import org.bcdi.model.Network;
import org.bcdi.task.BcdiException;
import org.bcdi.task.Monitor;
import org.bcdi.volume.Shape3;

/** Takes a network through windows, batch by batch, and blends what it says of the gaps. */
final class WindowPass {
    private static final Logger LOG = LogManager.getLogger(WindowPass.class);
    /** Voxels of the windows run at once: enough to keep a GPU busy, few enough for the CPU's memory. */
    private static final int AT_ONCE = 8 * 32 * 32 * 32;

    private final Network network;
    private final Calibration calibration;

    WindowPass(Network network, Calibration calibration) {
        this.network = network;
        this.calibration = calibration;
    }

    /** @throws BcdiException when the network gives something that is not a finite number */
    Blend over(Clues clues, List<Window> windows, Monitor monitor) {
        LOG.debug(
                "{} gap voxels of {} in {} windows",
                clues.gaps().count(),
                clues.gaps().shape(),
                windows.size());
        Blend blend = new Blend(clues.gaps(), calibration);
        Patches patches = new Patches(clues, network.card().normalisation().deviationFloor());
        int done = 0;
        for (List<Window> alike : bySides(windows)) {
            int most = Math.max(1, AT_ONCE / alike.get(0).voxels());
            int batches = (alike.size() + most - 1) / most;
            for (int batch = 0; batch < batches; batch++) {
                // As even as possible: one window alone would cost as much as several
                int first = batch * alike.size() / batches;
                int end = (batch + 1) * alike.size() / batches;
                run(alike.subList(first, end), patches, blend);
                done += end - first;
                monitor.advance((double) done / windows.size());
            }
        }
        return blend;
    }

    private static Iterable<List<Window>> bySides(List<Window> windows) {
        return windows.stream()
                .collect(Collectors.groupingBy(Window::sides, LinkedHashMap::new, Collectors.toList()))
                .values();
    }

    private void run(List<Window> windows, Patches patches, Blend blend) {
        Shape3 sides = windows.get(0).sides();
        float[] batch = new float[windows.size() * Patches.CHANNELS * sides.size()];
        for (int i = 0; i < windows.size(); i++) {
            patches.cut(windows.get(i), batch, i * Patches.CHANNELS * sides.size());
        }
        float[] result = network.run(batch, windows.size(), sides.nz(), sides.ny(), sides.nx());
        for (int i = 0; i < windows.size(); i++) {
            if (!blend.add(windows.get(i), patches.scale(), batch, result, i)) {
                throw new BcdiException("Model " + network.card().name()
                        + " gave no finite numbers for the window at " + windows.get(i)
                        + "; choose another model or fill linear.");
            }
        }
    }
}
