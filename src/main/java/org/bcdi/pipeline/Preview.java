package org.bcdi.pipeline;

import java.util.Optional;
import java.util.function.Supplier;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.bcdi.inpaint.FrameFill;
import org.bcdi.inpaint.FrameFiller;
import org.bcdi.model.ExecutionProvider;
import org.bcdi.task.BcdiException;
import org.jspecify.annotations.Nullable;

/**
 * The newest frame with its gaps filled. It is made on the thread preview, and only while somebody asks for it: neither the
 * scan nor those who ask wait for it. Any number of threads may ask.
 */
public final class Preview implements AutoCloseable {
    private static final Logger LOG = LogManager.getLogger(Preview.class);
    private static final long PATIENCE_MILLIS = 1000;

    private final Supplier<FrameFiller> opener;
    private final Bell asked = new Bell();
    private final Role role;

    private volatile @Nullable LiveFrame wanted;

    /** A frame with its gaps filled. */
    private volatile @Nullable LiveFrame made;

    /** Preview thread, and the one that closes when that has ended. */
    private @Nullable FrameFiller filler;

    private boolean failed;

    Preview(Supplier<FrameFiller> opener) {
        this.opener = opener;
        this.role = Role.start("preview", this::turn, e -> LOG.error("The preview of a frame failed.", e));
    }

    /** Prepares a preview; the network is opened when it is asked for first. */
    public static Preview open(ExecutionProvider provider, int gpu) {
        return new Preview(() -> FrameFill.open(provider, gpu));
    }

    /**
     * What there is now, made of this frame or an earlier one of the same scan; a better one is made meanwhile.
     *
     * @return photons, (y, x); nothing yet or at all when the network cannot be opened, which the log tells
     */
    public Optional<float[][]> of(Optional<LiveFrame> newest) {
        if (newest.isEmpty()) {
            return Optional.empty();
        }
        LiveFrame frame = newest.get();
        LiveFrame last = made;
        if (last == null || !last.sameAs(frame)) {
            wanted = frame;
            asked.ring();
        }
        return last != null && last.sameScanAs(frame) ? Optional.of(last.counts()) : Optional.empty();
    }

    private void turn() throws InterruptedException {
        LiveFrame frame = asked.await(PATIENCE_MILLIS) ? wanted : null;
        LiveFrame last = made;
        if (frame == null || failed || (last != null && last.sameAs(frame))) {
            return;
        }
        try {
            if (filler == null) {
                filler = opener.get();
            }
            made = frame.with(filler.fill(frame.counts()));
        } catch (BcdiException e) {
            failed = true;
            LOG.error("There is no preview of frames: {}", e.getMessage());
        }
    }

    @Override
    public void close() {
        role.finish();
        if (filler != null) {
            filler.close();
        }
    }
}
