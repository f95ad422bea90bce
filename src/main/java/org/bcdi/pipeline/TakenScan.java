package org.bcdi.pipeline;

import org.bcdi.stack.StackBuilder;

/**
 * A scan whose last frame is in, on its way to processing.
 *
 * @param stack of its frames; belongs to whoever holds this
 * @param flaw why it is incomplete, empty when it is not
 * @param bytes that it takes
 * @param availableNanos when its last frame could be fetched, a reading of {@link System#nanoTime}
 */
record TakenScan(String name, StackBuilder stack, ScanPlan plan, String flaw, long bytes, long availableNanos) {}
