package org.bcdi.volume;

import java.util.concurrent.ForkJoinTask;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
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
        AtomicReference<Throwable> failure = new AtomicReference<>();
        Runnable some = () -> {
            try {
                for (int i = next.getAndIncrement(); i < count; i = next.getAndIncrement()) {
                    body.accept(i);
                }
            } catch (RuntimeException | Error e) {
                next.set(count);
                failure.compareAndSet(null, e);
            }
        };
        ForkJoinTask<?>[] helpers = Stream.generate(
                        () -> ForkJoinTask.adapt(some).fork())
                .limit(Math.max(0, Math.min(count, Runtime.getRuntime().availableProcessors()) - 1))
                .toArray(ForkJoinTask<?>[]::new);
        some.run();
        for (ForkJoinTask<?> helper : helpers) {
            helper.join();
        }
        // As it was thrown: a task that fails in a helper comes out of join as a copy with another message.
        if (failure.get() instanceof Error error) {
            throw error;
        }
        if (failure.get() instanceof RuntimeException exception) {
            throw exception;
        }
    }
}
