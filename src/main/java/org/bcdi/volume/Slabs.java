package org.bcdi.volume;

import java.util.concurrent.ForkJoinTask;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;
import java.util.stream.Stream;

/**
 * Runs a loop over z slabs on all cores: the one helper by which numeric loops become parallel. A slab goes to whoever is free
 * first, the caller among them: a parallel stream deals all of them out beforehand, and waits for helpers that wake up late.
 */
public final class Slabs {
    private Slabs() {}

    /**
     * Calls {@code body} for 0 to count - 1, each on some core; returns when all are done. The bodies must not share what they
     * write. When one fails, those not begun are left out and its exception is thrown.
     */
    public static void parallel(int count, IntConsumer body) {
        AtomicInteger next = new AtomicInteger();
        Runnable some = () -> {
            try {
                for (int i = next.getAndIncrement(); i < count; i = next.getAndIncrement()) {
                    body.accept(i);
                }
            } catch (RuntimeException | Error e) {
                next.set(count);
                throw e;
            }
        };
        ForkJoinTask<?>[] helpers = Stream.generate(
                        () -> ForkJoinTask.adapt(some).fork())
                .limit(Math.max(0, Math.min(count, Runtime.getRuntime().availableProcessors()) - 1))
                .toArray(ForkJoinTask<?>[]::new);
        try {
            some.run();
        } finally {
            for (ForkJoinTask<?> helper : helpers) {
                helper.quietlyJoin();
            }
        }
        for (ForkJoinTask<?> helper : helpers) {
            helper.join();
        }
    }
}
