package org.bcdi.store;

import java.util.Map;

/**
 * Where a result comes from, enough to make it again.
 *
 * @param command as it was given, or the device's name
 * @param settings as JSON
 * @param models sha256 by model name
 * @param metrics figures by name, as the user reads them
 * @param seed of every random choice
 */
public record Provenance(
        String command, String settings, Map<String, String> models, Map<String, Double> metrics, long seed) {
    public Provenance {
        models = Map.copyOf(models);
        metrics = Map.copyOf(metrics);
    }
}
