package org.bcdi.phase;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.bcdi.model.ExecutionProvider;
import org.bcdi.model.GraphSession;
import org.bcdi.task.BcdiException;
import org.bcdi.volume.Shape3;

/** Iterations as a graph of matrix products, where networks run: on a GPU, and on the CPU so that it is tested everywhere. */
final class GraphEngine implements PhasingEngine {
    /** Iterations of one run: copies to and from a GPU cost as much as a few. */
    static final int UNROLLED = 20;

    private final ExecutionProvider provider;
    private final int gpu;
    /** Those of the last shape. */
    private final Map<Key, GraphSession> sessions = new HashMap<>();

    private record Key(Shape3 shape, boolean ideal, boolean limited, int iterations) {}

    /** @param provider CUDA or CPU */
    GraphEngine(ExecutionProvider provider, int gpu) {
        this.provider = provider;
        this.gpu = gpu;
    }

    @Override
    public Projections start(Measurement measurement, CountModel model, float[] object) {
        if (sessions.keySet().stream().anyMatch(key -> !key.shape.equals(measurement.shape()))) {
            close();
        }
        return new GraphProjections(this, measurement, model, object);
    }

    /** The session that does so many iterations at a run. */
    GraphSession session(Shape3 shape, boolean ideal, boolean limited, int iterations) {
        return sessions.computeIfAbsent(
                new Key(shape, ideal, limited, iterations),
                key -> GraphSession.open(IterationGraph.of(shape, ideal, limited, iterations), provider, gpu));
    }

    @Override
    public ExecutionProvider provider() {
        return provider;
    }

    @Override
    public void close() {
        Optional<BcdiException> failure = sessions.values().stream()
                .map(GraphEngine::closed)
                .flatMap(Optional::stream)
                .reduce((first, next) -> {
                    first.addSuppressed(next);
                    return first;
                });
        sessions.clear();
        failure.ifPresent(e -> {
            throw e;
        });
    }

    /** What came of closing a session: the others are to be closed all the same. */
    private static Optional<BcdiException> closed(GraphSession session) {
        try {
            session.close();
            return Optional.empty();
        } catch (BcdiException e) {
            return Optional.of(e);
        }
    }
}
