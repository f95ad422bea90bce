package org.bcdi.phase;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.IntConsumer;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.bcdi.model.ExecutionProvider;
import org.bcdi.model.ModelCard;
import org.bcdi.phase.Recipe.Plan;
import org.bcdi.task.InputException;
import org.bcdi.task.Monitor;
import org.bcdi.volume.Region3;
import org.jspecify.annotations.Nullable;

/** Phasing by several starts, one after the other, with one engine. */
final class StartsRetriever implements PhaseRetriever {
    /** 128^3: half a minute for 300 iterations on two CPU cores. */
    static final long MOST_VOXELS = 2_097_152;

    private static final Logger LOG = LogManager.getLogger(StartsRetriever.class);
    private static final int MOST_COMPARED = 5;
    /** How far apart in numbers the starts of neighbouring seeds begin; no divisor of the ways a network can look. */
    private static final long STARTS_APART = 7;

    private final long mostVoxels;
    private final PhaseStart random = new RandomStart();
    private final PhasingEngine engine;
    private final @Nullable NetworkStart network;

    /**
     * Takes over the engine and the network, to be closed with the retriever.
     *
     * @param network that recipes may start from
     */
    StartsRetriever(long mostVoxels, PhasingEngine engine, @Nullable NetworkStart network) {
        this.mostVoxels = mostVoxels;
        this.engine = engine;
        this.network = network;
    }

    /** One start's result. */
    private record Attempt(int index, Solution solution, Fit fit) {
        static final Comparator<Attempt> BEST_FIRST = Comparator.comparingDouble(
                        (Attempt attempt) -> attempt.fit.freeDeviance())
                .thenComparingDouble(attempt -> attempt.fit.rFactor());
    }

    @Override
    public Optional<ModelCard> model() {
        return Optional.ofNullable(network).map(NetworkStart::card);
    }

    @Override
    public ExecutionProvider provider() {
        boolean graphs = engine.provider() == ExecutionProvider.CUDA;
        boolean networks = network == null || network.provider() == ExecutionProvider.CUDA;
        return graphs && networks ? ExecutionProvider.CUDA : ExecutionProvider.CPU;
    }

    @Override
    public void close() {
        engine.close();
        if (network != null) {
            network.close();
        }
    }

    @Override
    public Reconstruction retrieve(PhasingProblem given, Recipe recipe, long seed, Monitor monitor) {
        PhasingProblem problem = given.sound();
        Region3 region = PhasingRegion.around(problem.intensity(), problem.free(), mostVoxels);
        AutoRecipe.Run run = (plan, part) -> retrieve(problem, region, plan, seed, part);
        if (recipe instanceof Plan plan) {
            return run.of(plan, monitor);
        }
        if (recipe instanceof Recipe.Auto) {
            return AutoRecipe.run(network != null, run, monitor);
        }
        throw new IllegalArgumentException("recipe " + recipe + " has nothing to run");
    }

    /** Phases a region that is given rather than found: the peak should lie at its middle. */
    Reconstruction retrieve(PhasingProblem problem, Region3 region, Plan plan, long seed, Monitor monitor) {
        PhasingProblem part = problem.crop(region);
        SplittableRandom seeds = new SplittableRandom(seed);
        Measurement measurement = Measurement.of(part, FreeSet.choose(part.intensity(), part.free(), seeds.nextLong()));
        List<Attempt> best = attempts(measurement, plan, STARTS_APART * seed, seeds, monitor);
        Reconstruction result = result(measurement, best, region, plan, seed);
        monitor.advance(1);
        return result;
    }

    private Reconstruction result(Measurement measurement, List<Attempt> best, Region3 region, Plan plan, long seed) {
        Attempt kept = best.get(0);
        List<Standard> standard =
                best.stream().map(attempt -> Standard.of(attempt.solution)).toList();
        List<Double> prtf = standard.size() > 1
                ? TransferFunction.of(standard.stream().map(Standard::object).toList())
                : List.of();
        Signs signs = Signs.of(standard, prtf, kept.fit.freeMisfit());
        Consensus consensus = Consensus.of(standard, plan.mean());
        Response response = kept.solution.response();
        Fit fit = consensus.averaged() == 1
                ? kept.fit
                : fit(measurement, response, consensus.object().data().clone());
        Map<String, Double> told = new TreeMap<>(signs.byName());
        if (plan.mean() > 1) {
            told.put("averaged", (double) consensus.averaged());
        }
        Reconstruction.Metrics metrics = new Reconstruction.Metrics(
                fit.rFactor(),
                fit.freeDeviance(),
                consensus.support().count(),
                prtf,
                plan.starts(),
                kept.index,
                Confidence.of(signs),
                told);
        LOG.info(
                "phased {} voxels by {} on the {}: mean of {} starts, {}, {}",
                region.shape(),
                plan,
                engine.provider().word(),
                consensus.averaged(),
                fit,
                response);
        return new Reconstruction(consensus.object(), consensus.support(), region, plan.text(), seed, metrics);
    }

    /** @param wave the object, overwritten; where it lies does not matter */
    private static Fit fit(Measurement measurement, Response response, float[] wave) {
        measurement.transform.forward(wave);
        return Fit.of(measurement, new CountModel(measurement, response), wave);
    }

    private PhaseStart start(Plan plan, int index) {
        if (!plan.start().asksNetwork(index)) {
            return random;
        }
        if (network == null) {
            throw new InputException("Recipe '" + plan + "' starts from a phasing network and none is loaded; "
                    + "leave out " + plan.start().text() + " to start from random phases.");
        }
        return network;
    }

    /** The best half of all starts, at least two where there are two and those to be averaged, best first. */
    private List<Attempt> attempts(
            Measurement measurement, Plan plan, long first, SplittableRandom seeds, Monitor monitor) {
        int compared = Math.max(Math.max(2, plan.mean()), Math.min(MOST_COMPARED, (plan.starts() + 1) / 2));
        List<Attempt> best = new ArrayList<>();
        Ticker ticker = new Ticker(monitor, (long) plan.starts() * plan.count());
        for (int index = 0; index < plan.starts(); index++) {
            long number = NetworkStart.number(first, index);
            Guess guess = start(plan, index).guess(measurement, plan, number, seeds.nextLong());
            Solution solution = Solver.solve(engine, measurement, plan, guess, ticker);
            Attempt attempt = new Attempt(
                    index,
                    solution,
                    fit(
                            measurement,
                            solution.response(),
                            solution.object().data().clone()));
            LOG.debug("start {} of {}: {}", index + 1, plan.starts(), attempt.fit);
            best.add(attempt);
            best.sort(Attempt.BEST_FIRST);
            if (best.size() > compared) {
                best.remove(compared);
            }
        }
        return best;
    }

    /** Counts iterations and looks at the monitor. */
    private static final class Ticker implements IntConsumer {
        private final Monitor monitor;
        private final long total;
        private long done;

        Ticker(Monitor monitor, long total) {
            this.monitor = monitor;
            this.total = total;
        }

        @Override
        public void accept(int iterations) {
            done += iterations;
            monitor.advance((double) done / (total + 1));
        }
    }
}
