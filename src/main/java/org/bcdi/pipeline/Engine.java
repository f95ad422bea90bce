package org.bcdi.pipeline;

import java.util.Map;

/**
 * What was loaded to process scans.
 *
 * @param fill way of filling gaps
 * @param provider where its network runs, {@code cuda} or {@code cpu}
 * @param models sha256 by name
 */
public record Engine(String fill, String provider, Map<String, String> models) {
    public Engine {
        models = Map.copyOf(models);
    }
}
