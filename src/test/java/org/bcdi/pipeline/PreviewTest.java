package org.bcdi.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.bcdi.detector.FrameBlock;
import org.bcdi.detector.PixelType;
import org.bcdi.inpaint.FrameFiller;
import org.bcdi.mask.FrameMask;
import org.bcdi.stack.RoiChoice;
import org.bcdi.stack.StackBuilder;
import org.bcdi.stack.StackSettings;
import org.bcdi.task.InputException;
import org.junit.jupiter.api.Test;

class PreviewTest {
    private final AtomicInteger opened = new AtomicInteger();
    private final AtomicInteger closed = new AtomicInteger();

    @Test
    void aFrameIsFilledWhenSomebodyAsksAndNotBefore() {
        try (Preview preview = new Preview(this::doubling)) {
            assertThat(preview.of(Optional.empty())).isEmpty();
            assertThat(opened).hasValue(0);
            LiveFrame frame = frame("one", 0, 21);

            assertThat(preview.of(Optional.of(frame))).isEmpty();

            await().until(() -> preview.of(Optional.of(frame)).isPresent());
            assertThat(preview.of(Optional.of(frame)).orElseThrow()).isDeepEqualTo(new float[][] {{42}});
            assertThat(opened).hasValue(1);
        }
        assertThat(closed).hasValue(1);
    }

    @Test
    void whoeverAsksGetsAnEarlierFrameOfTheSameScanMeanwhile() {
        CountDownLatch go = new CountDownLatch(1);
        try (Preview preview = new Preview(() -> waiting(go))) {
            LiveFrame first = frame("one", 0, 1);
            LiveFrame second = frame("one", 1, 2);
            await().until(() -> preview.of(Optional.of(first)).isPresent());

            assertThat(preview.of(Optional.of(second)).orElseThrow()).isDeepEqualTo(new float[][] {{1}});
            assertThat(preview.of(Optional.of(frame("two", 0, 3)))).isEmpty();

            go.countDown();
            await().until(() -> preview.of(Optional.of(second))
                    .filter(seen -> seen[0][0] == 2)
                    .isPresent());
        }
    }

    @Test
    void aFrameOfAnotherScanIsNotTakenForTheSameFrameOfTheOneBefore() {
        CountDownLatch go = new CountDownLatch(1);
        OpenScan before = scan(1);
        OpenScan again = scan(2);
        try (Preview preview = new Preview(() -> waiting(go))) {
            await().until(() -> preview.of(Optional.of(before.lastFrame())).isPresent());

            assertThat(preview.of(Optional.of(again.lastFrame()))).isEmpty();

            go.countDown();
            await().until(() -> preview.of(Optional.of(again.lastFrame()))
                    .filter(seen -> seen[0][0] == 2)
                    .isPresent());
        }
    }

    @Test
    void aNetworkThatCannotBeOpenedLeavesNoPictureAndIsNotTriedAgain() {
        try (Preview preview = new Preview(() -> {
            opened.incrementAndGet();
            throw new InputException("The model is damaged.");
        })) {
            await().until(() -> {
                preview.of(Optional.of(frame("one", 0, 1)));
                return opened.get() > 0;
            });
            assertThat(preview.of(Optional.of(frame("one", 1, 1)))).isEmpty();
        }
        assertThat(opened).hasValue(1);
    }

    /** Each has the same name and one frame of one pixel. */
    private static OpenScan scan(int count) {
        OpenScan scan = new OpenScan("S1", ScanPlan.NONE, 1);
        scan.begin(
                new StackBuilder(
                        new StackSettings("S1", 1, 1, 1, new RoiChoice.Whole(), FrameMask.none(1, 1), 1 << 20)),
                Optional.empty());
        ByteBuffer pixel = ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putInt(0, count);
        scan.add(new FrameBlock(0, 1, 1, 1, PixelType.INT32, pixel));
        return scan;
    }

    private static LiveFrame frame(String scan, int number, float value) {
        return new LiveFrame(scan, number, new float[][] {{value}});
    }

    private FrameFiller doubling() {
        opened.incrementAndGet();
        return filler(counts -> new float[][] {{2 * counts[0][0]}});
    }

    /** Holds up the second frame. */
    private FrameFiller waiting(CountDownLatch go) {
        return filler(counts -> {
            if (counts[0][0] == 2) {
                awaitUninterruptibly(go);
            }
            return counts;
        });
    }

    private static void awaitUninterruptibly(CountDownLatch go) {
        try {
            go.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private FrameFiller filler(java.util.function.UnaryOperator<float[][]> work) {
        return new FrameFiller() {
            @Override
            public float[][] fill(float[][] counts) {
                return work.apply(counts);
            }

            @Override
            public void close() {
                closed.incrementAndGet();
            }
        };
    }
}
