package org.bcdi.volume;

import java.util.function.IntConsumer;
import java.util.stream.IntStream;

/** Runs a loop over z slabs on all cores: the one helper by which numeric loops become parallel. */
public final class Slabs {
    private Slabs() {}

    /** Calls {@code body} for 0 to count - 1, each on some core; returns when all are done. The bodies must not share what they write. */
    public static void parallel(int count, IntConsumer body) {
        IntStream.range(0, count).parallel().forEach(body);
    }
}
