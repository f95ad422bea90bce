package org.bcdi.model;

import java.util.function.Supplier;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.bcdi.task.BcdiException;
import org.bcdi.task.InputException;

/**
 * A network on the GPU as long as it runs there and on the CPU from then on, with a warning: a GPU that others fill has room for
 * the weights and then none for a batch. It is not tried again, so that a full one does not delay every scan.
 */
final class FallbackNetwork implements Network {
    private static final Logger LOG = LogManager.getLogger(FallbackNetwork.class);

    private final Supplier<Network> cpu;
    /** The one that runs now; guarded by the one thread that runs networks. */
    private Network network;

    /**
     * Takes over the network.
     *
     * @param cpu loads the same one on the CPU
     */
    FallbackNetwork(Network gpu, Supplier<Network> cpu) {
        this.network = gpu;
        this.cpu = cpu;
    }

    @Override
    public ModelCard card() {
        return network.card();
    }

    @Override
    public ExecutionProvider provider() {
        return network.provider();
    }

    @Override
    public float[] run(float[] batch, int samples, int... free) {
        try {
            return network.run(batch, samples, free);
        } catch (InputException e) {
            throw e;
        } catch (BcdiException e) {
            if (network.provider() == ExecutionProvider.CPU) {
                throw e;
            }
            LOG.warn(
                    "Model {} goes on on the CPU, many times slower, until it is loaded anew: {}",
                    card().name(),
                    e.getMessage());
            Network failed = network;
            network = cpu.get();
            failed.close();
            return network.run(batch, samples, free);
        }
    }

    @Override
    public void close() {
        network.close();
    }
}
