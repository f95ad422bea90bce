package org.bcdi.phase;

import java.util.List;
import org.bcdi.model.ExecutionProvider;
import org.bcdi.model.ModelCard;
import org.bcdi.model.Network;
import org.bcdi.phase.Recipe.Plan;
import org.bcdi.task.BcdiException;
import org.bcdi.task.InputException;
import org.bcdi.volume.ComplexVolume;

/**
 * The phases that a network reads off the intensity (Masto et al. 2025, arXiv 2507.06644), for a volume of any shape: the
 * network sees a {@link NetworkWindow} of it, and its answer, on the measured modulus, is the first wave. Voxels kept from the
 * solver are hidden from the network too. Each start sees the window in another {@link Orientation}, and when all those have been,
 * moved by some voxels besides.
 *
 * <p>Input (N, 2, 64, 64, 64): the logarithm of 1 + I over the scale that the model's card names,
 * 0 where nothing is known, and the mask, 1 = no data.
 * Output: the phase in radians (one channel), or its cosine and sine times how sure the network is (two).
 */
final class NetworkStart implements PhaseStart, AutoCloseable {
    private static final int SIDE = NetworkWindow.SIDE;
    private static final List<Long> INPUT = List.of(-1L, 2L, (long) SIDE, (long) SIDE, (long) SIDE);

    private final Network network;
    private final boolean pair;

    private NetworkStart(Network network, boolean pair) {
        this.network = network;
        this.pair = pair;
    }

    /**
     * Takes over the network, to be closed with the start.
     *
     * @throws InputException when the network is not one for phasing
     */
    static NetworkStart with(Network network) {
        ModelCard card = network.card();
        check(card);
        return new NetworkStart(network, card.output().shape().get(1) == 2);
    }

    /** @throws InputException when a model of this card is not one for phasing */
    static void check(ModelCard card) {
        if (!card.task().equals("phasing")) {
            throw new InputException("Model " + card.name() + " is made for " + card.task()
                    + ", not for phasing; choose another model, auto or none.");
        }
        List<Long> output = card.output().shape();
        boolean fits = card.input().shape().equals(INPUT)
                && output.size() == 5
                && output.subList(2, 5).equals(INPUT.subList(2, 5))
                && (output.get(1) == 1 || output.get(1) == 2);
        if (!fits) {
            throw new InputException("Phasing needs a model from " + INPUT + " to one or two such volumes, model "
                    + card.name() + " maps " + card.input().shape() + " to " + output + "; choose another model.");
        }
        if (!(card.normalisation().scale() > 0)) {
            throw new InputException("Model " + card.name() + " does not say what log(1 + counts) is divided by (scale "
                    + card.normalisation().scale() + "); export it anew.");
        }
    }

    ExecutionProvider provider() {
        return network.provider();
    }

    ModelCard card() {
        return network.card();
    }

    @Override
    public void close() {
        network.close();
    }

    @Override
    public Guess guess(Measurement measurement, Plan plan, long number, long seed) {
        NetworkWindow window = NetworkWindow.of(measurement).moved(shift(Math.floorDiv(number, Orientation.WAYS)));
        float[] photons = window.photons();
        Orientation orientation = Orientation.of(NetworkWindow.SHAPE, Math.floorMod(number, Orientation.WAYS));
        float[] answer = orientation.back(network.run(orientation.look(input(photons)), 1));
        float[] object = window.object(wave(photons, answer));
        ShrinkWrap rule = Stretch.of(plan).get(0).rule();
        Support first = Autocorrelation.support(measurement, plan.first());
        Support support = Support.shrinkWrap(object, first, rule, rule.sigma(0));
        return new Guess(new ComplexVolume(measurement.shape(), object), support.count() > 0 ? support : first);
    }

    /**
     * The number of a run's start: no two of one run are the same, the first {@link Orientation#WAYS} differ by their orientation.
     *
     * @param first orientation of the run, any number
     * @param index of the start in its run, from 0
     */
    static long number(long first, int index) {
        int round = index / Orientation.WAYS;
        // one further each round: MIX asks every third time, and so each round in eight ways that the one before left
        // out
        return Math.floorMod(Math.floorMod(first, Orientation.WAYS) + index + round, Orientation.WAYS)
                + (long) Orientation.WAYS * round;
    }

    /** By how much a round of starts moves the window along z, y, x: none, one to either side along x, then along y too ... */
    static int[] shift(long round) {
        int[] shift = new int[3];
        int step = 1;
        long left = round;
        for (int digit = 0; left > 0; digit++) {
            int sign = new int[] {0, 1, -1}[(int) (left % 3)];
            shift[2 - digit % 3] += step * sign;
            left /= 3;
            step *= digit % 3 == 2 ? 3 : 1;
        }
        return shift;
    }

    private float[] input(float[] photons) {
        double scale = card().normalisation().scale();
        float[] input = new float[2 * photons.length];
        for (int i = 0; i < photons.length; i++) {
            boolean known = !Float.isNaN(photons[i]);
            input[i] = known ? (float) (Math.log1p(photons[i]) / scale) : 0;
            input[photons.length + i] = known ? 0 : 1;
        }
        return input;
    }

    /** The measured modulus with the network's phases, origin at N/2. */
    private float[] wave(float[] photons, float[] answer) {
        float[] wave = new float[2 * photons.length];
        for (int i = 0; i < photons.length; i++) {
            double cos = pair ? answer[i] : Math.cos(answer[i]);
            double sin = pair ? answer[photons.length + i] : Math.sin(answer[i]);
            if (!Double.isFinite(cos) || !Double.isFinite(sin)) {
                throw new BcdiException("Model " + card().name()
                        + " gave no finite phases; choose another model, or a recipe without NET/.");
            }
            double modulus = Float.isNaN(photons[i]) ? 0 : Math.sqrt(photons[i]);
            wave[2 * i] = (float) (modulus * cos);
            wave[2 * i + 1] = (float) (modulus * sin);
        }
        return wave;
    }
}
