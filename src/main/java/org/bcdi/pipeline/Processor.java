package org.bcdi.pipeline;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.bcdi.inpaint.Inpainted;
import org.bcdi.phase.Phasing;
import org.bcdi.phase.PhasingProblem;
import org.bcdi.phase.Recipe;
import org.bcdi.phase.Reconstruction;
import org.bcdi.stack.RockingCurve;
import org.bcdi.store.ScanResult;
import org.bcdi.volume.Volume;
import org.jspecify.annotations.Nullable;

/**
 * From a rocking curve to its result, on the calling thread: fills the gaps, then phases. Safe for one thread at a time;
 * models are loaded once, by {@link #open}.
 */
public final class Processor implements AutoCloseable {
    private static final Logger LOG = LogManager.getLogger(Processor.class);

    private final ProcessingSettings settings;
    private final Engines engines;

    Processor(ProcessingSettings settings, Engines engines) {
        this.settings = settings;
        this.engines = engines;
    }

    /**
     * Loads the models.
     *
     * @throws org.bcdi.task.InputException when the fill, the model or the recipe cannot be used
     * @throws org.bcdi.task.BcdiException when CUDA is demanded and absent
     */
    public static Processor open(ProcessingSettings settings) {
        Phasing.check(Recipe.parse(settings.recipe()), settings.phasing());
        return new Processor(settings, Engines.open(settings));
    }

    public ProcessingSettings settings() {
        return settings;
    }

    /** Where the network runs, {@code cuda} or {@code cpu}; {@code cpu} for interpolation. */
    public String provider() {
        return engines.filler().provider().word();
    }

    /** Sha256 by name of the models that were loaded. */
    public Map<String, String> models() {
        Map<String, String> models = new TreeMap<>();
        Stream.of(engines.filler().model(), engines.retriever().model())
                .flatMap(Optional::stream)
                .forEach(card -> models.put(card.name(), card.sha256()));
        return models;
    }

    /**
     * Fills the gaps and phases by the recipe of the settings.
     *
     * @throws org.bcdi.task.CancelledException when the monitor asks for it
     */
    public ProcessedScan process(RockingCurve curve, StageMonitor monitor) {
        return phase(inpaint(curve, monitor), settings.recipe(), settings.seed(), monitor);
    }

    /** Fills the gaps only. */
    public ProcessedScan inpaint(RockingCurve curve, StageMonitor monitor) {
        long start = System.nanoTime();
        monitor.of(Stage.INPAINTING).advance(0);
        Inpainted filled = engines.filler().fill(curve.counts(), curve.mask(), monitor.of(Stage.INPAINTING));
        monitor.progress(Stage.INPAINTING, 1);
        Timings timings = Timings.NONE.withInpaint(Timings.since(start));
        LOG.debug("{}: {} gap voxels filled in {} s", curve.name(), filled.gapVoxels(), timings.inpaint());
        ScanResult result = new ScanResult(
                curve,
                filled.intensity(),
                filled.deviation(),
                null,
                History.inpainted(curve, filled, settings, models()));
        return new ProcessedScan(result, provider(), "", filled.patches(), filled.gapVoxels(), timings);
    }

    /**
     * Phases a filled scan anew.
     *
     * @param recipe {@code none} leaves the scan as it is
     * @param seed of every random choice
     */
    public ProcessedScan phase(ProcessedScan scan, String recipe, long seed, StageMonitor monitor) {
        Recipe steps = Recipe.parse(recipe);
        if (steps instanceof Recipe.None) {
            return scan;
        }
        long start = System.nanoTime();
        monitor.of(Stage.PHASING).advance(0);
        PhasingProblem problem =
                new PhasingProblem(scan.intensity(), scan.curve().mask(), trust(scan));
        Reconstruction object = engines.retriever().retrieve(problem, steps, seed, monitor.of(Stage.PHASING));
        monitor.progress(Stage.PHASING, 1);
        Timings timings = scan.timings().withPhase(Timings.since(start));
        LOG.debug("{}: phased by {} in {} s", scan.curve().name(), recipe, timings.phase());
        String where = engines.retriever().provider().word();
        return scan.with(object, where, History.phased(scan.result().provenance(), object), timings);
    }

    /**
     * How firmly phasing may hold each gap voxel to its filled value: by the filler's own standard deviation; where an
     * interpolation knows none, by that of counting; not at all where nothing was filled in.
     */
    private @Nullable Volume trust(ProcessedScan scan) {
        if (engines.filler().name().equals("none")) {
            return null;
        }
        float[] deviation = scan.deviation().data().clone();
        float[] intensity = scan.intensity().data();
        for (int i = 0; i < deviation.length; i++) {
            if (Float.isNaN(deviation[i])) {
                deviation[i] = (float) Math.sqrt(Math.max(intensity[i], 1));
            }
        }
        return new Volume(scan.deviation().shape(), deviation);
    }

    @Override
    public void close() {
        engines.close();
    }
}
