package org.bcdi.volume;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SlabsTest {
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 64, 1000})
    void eachSlabIsDoneOnceBeforeItReturns(int count) {
        AtomicIntegerArray calls = new AtomicIntegerArray(count);
        Slabs.parallel(count, calls::incrementAndGet);
        for (int i = 0; i < count; i++) {
            assertThat(calls.get(i)).isEqualTo(1);
        }
    }

    @Test
    void loopsInsideOfLoopsEnd() {
        AtomicInteger calls = new AtomicInteger();
        Slabs.parallel(20, i -> Slabs.parallel(20, j -> calls.incrementAndGet()));
        assertThat(calls.get()).isEqualTo(400);
    }

    @Test
    void whatAHelperThrowsComesOutUnchanged() {
        Thread caller = Thread.currentThread();
        IllegalStateException failure = new IllegalStateException("the helper's");
        CompletableFuture<Void> thrown = new CompletableFuture<>();

        // Without a second core there is no helper, and the caller throws.
        int helpers = Runtime.getRuntime().availableProcessors() - 1;
        assertThatThrownBy(() -> Slabs.parallel(2, i -> {
                    if (helpers > 0 && Thread.currentThread().equals(caller)) {
                        thrown.join();
                        return;
                    }
                    thrown.complete(null);
                    throw failure;
                }))
                .isSameAs(failure);
    }

    @Test
    void whatABodyThrowsComesOutAndNothingIsBegunAfterIt() {
        AtomicInteger calls = new AtomicInteger();
        assertThatThrownBy(() -> Slabs.parallel(1_000_000, i -> {
                    calls.incrementAndGet();
                    throw new IllegalStateException("slab " + i);
                }))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageStartingWith("slab ");
        int atTheEnd = calls.get();
        assertThat(atTheEnd).isLessThan(1000);
        assertThat(calls.get()).isEqualTo(atTheEnd);
    }
}
