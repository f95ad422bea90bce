package org.bcdi.inpaint;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.bcdi.mask.Mask;
import org.bcdi.model.ExecutionProvider;
import org.bcdi.model.ModelCard;
import org.bcdi.model.ModelCard.Calibration;
import org.bcdi.model.Network;
import org.bcdi.task.InputException;
import org.bcdi.task.Monitor;
import org.bcdi.volume.Volume;

/**
 * Fills gaps by a network that looks at overlapping windows around them (Masto et al. 2024, doi 10.1107/S1600576724004163)
 * and corrects a ridge regression, as far as trials on the scan itself confirm its corrections. Wide gaps are filled on a coarser grid, too coarse for their fringes;
 * what lies too deep in them has an infinite standard deviation. Needs three volumes of floats besides the counts, and 44 bytes a gap voxel.
 */
final class NetworkFill implements GapFiller {
    private static final Logger LOG = LogManager.getLogger(NetworkFill.class);

    private final Network network;
    private final Calibration calibration;
    private final WindowPass pass;

    private NetworkFill(Network network) {
        Calibration given = network.card().calibration();
        this.network = network;
        this.calibration = given == null ? Calibration.NONE : given;
        this.pass = new WindowPass(network, calibration);
    }

    /**
     * Takes over the network, to be closed with the filler.
     *
     * @throws InputException when the network is not one for inpainting
     */
    static NetworkFill with(Network network) {
        GapModel.require(network.card());
        return new NetworkFill(network);
    }

    @Override
    public String name() {
        return network.card().name();
    }

    @Override
    public ExecutionProvider provider() {
        return network.provider();
    }

    @Override
    public Optional<ModelCard> model() {
        return Optional.of(network.card());
    }

    @Override
    public Inpainted fill(Volume counts, Mask mask, Monitor monitor) {
        monitor.advance(0);
        Gaps gaps = Gaps.of(mask);
        if (gaps.count() == 0) {
            monitor.advance(1);
            return Inpainted.unchanged(counts);
        }
        if (gaps.count() == gaps.shape().size()) {
            monitor.advance(1);
            return Inpainted.unknown(gaps.shape());
        }
        byte[] wide = WideGaps.of(gaps);
        Gaps narrow = gaps.without(wide);
        List<Window> trials = new ArrayList<>();
        double share = share(counts, gaps, narrow, trials, monitor.part(0, 0.3));
        List<Window> windows = Windows.over(narrow);
        Clues clues = Clues.of(gaps, counts, Monitor.NONE);
        int[] beyond = gaps.numbersIn(wide);
        Monitor rest = monitor.part(0.3, beyond.length > 0 ? 0.7 : 1);
        LogEstimate estimate = pass.over(clues, windows, rest).over(clues.ridge(), share);
        int patches = trials.size() + windows.size();
        if (beyond.length > 0) {
            patches += fillCoarsely(counts, gaps, beyond, estimate, monitor.part(0.7, 1));
        }
        return estimate.inPhotons(counts, gaps, clues.ridge(), patches, share);
    }

    /**
     * The part of the network's corrections that is made: the root of the part that would have been best in gaps for trial, since
     * these lie elsewhere and are judged by noisy counts, whose logarithms lie below that of the rate.
     *
     * @param trials takes the windows looked through
     */
    private double share(Volume counts, Gaps gaps, Gaps narrow, List<Window> trials, Monitor monitor) {
        Gaps trial = TrialGaps.beside(gaps, narrow);
        if (trial.count() == 0) {
            return 1;
        }
        trials.addAll(TrialGaps.brightest(Windows.smallOver(trial), trial, counts));
        Clues clues = Clues.within(trials, gaps.and(trial), counts);
        double right = pass.over(clues, trials, monitor)
                .share(clues.ridge(), voxel -> Math.log1p(counts.data()[voxel]), trial);
        double made = Math.sqrt(right);
        LOG.info(
                "In {} windows over measured voxels {} % of the network's corrections were right: {} % are made",
                trials.size(), Math.round(100 * right), Math.round(100 * made));
        return made;
    }

    /**
     * Replaces the estimate in wide gaps by the envelope that a coarser grid shows; where it shows nothing, they are lost.
     *
     * @return number of windows run
     */
    private int fillCoarsely(Volume counts, Gaps gaps, int[] beyond, LogEstimate estimate, Monitor monitor) {
        CoarseGrid grid = CoarseGrid.of(counts, gaps);
        LOG.info(
                "{} voxels lie in gaps wider than the network knows: their envelope is filled on a grid {} times coarser",
                beyond.length,
                grid.factor());
        if (grid.gaps().count() == grid.gaps().shape().size()) {
            // As of a volume in which nothing was measured: no network knows anything about it
            LOG.warn("No block of that grid was measured: {} gap voxels are not recoverable", beyond.length);
            Arrays.stream(beyond).forEach(estimate::lose);
            monitor.advance(1);
            return 0;
        }
        Clues clues = Clues.of(grid.gaps(), grid.counts(), Monitor.NONE);
        List<Window> windows = Windows.over(grid.gaps());
        LogEstimate envelope = pass.over(clues, windows, monitor).over(clues.ridge(), 1);
        float[] log = clues.ridge();
        envelope.writeTo(grid.gaps(), log);
        estimate.replace(beyond, grid, log, envelope.deviations(grid.gaps()), gaps);
        loseTheDeep(beyond, Fringes.of(gaps, counts), estimate);
        return windows.size();
    }

    /** What lies too many fringes away from anything measured cannot be recovered. */
    private void loseTheDeep(int[] beyond, Fringes fringes, LogEstimate estimate) {
        int lost = 0;
        for (int number : beyond) {
            if (fringes.reach(number)) {
                estimate.scaleDeviation(number, calibration.wide());
            } else {
                estimate.lose(number);
                lost++;
            }
        }
        if (lost > 0) {
            LOG.warn(
                    "{} gap voxels are not recoverable, farther than {} fringe periods ({}) from any measured one: their standard deviation is infinite and phasing leaves them free",
                    lost,
                    Fringes.REACH,
                    fringes);
        }
    }

    @Override
    public void close() {
        network.close();
    }
}
