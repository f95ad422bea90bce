package org.bcdi.pipeline;

import org.bcdi.model.ExecutionProvider;

/**
 * How scans are processed.
 *
 * @param fill {@code auto}, a model file or card, or the name of an interpolation
 * @param phasing network that recipes with {@code NET/} start from: {@code auto}, {@code none} or a model
 * @param recipe of phasing, {@code auto} or {@code none}
 * @param seed of every random choice
 * @param provider where networks run
 * @param gpu number of the GPU, from 0
 */
public record ProcessingSettings(
        String fill, String phasing, String recipe, long seed, ExecutionProvider provider, int gpu) {
    public ProcessingSettings {
        if (gpu < 0) {
            throw new IllegalArgumentException("GPUs are numbered from 0: " + gpu);
        }
    }
}
