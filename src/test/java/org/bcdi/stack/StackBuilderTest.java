package org.bcdi.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import org.bcdi.detector.FrameBlock;
import org.bcdi.detector.PixelType;
import org.bcdi.mask.FrameMask;
import org.bcdi.task.BcdiException;
import org.bcdi.task.InputException;
import org.bcdi.testing.Warnings;
import org.bcdi.volume.Roi;
import org.bcdi.volume.Shape3;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class StackBuilderTest {
    private static final long PLENTY = 1 << 20;

    @Test
    void anEndlessStackGrowsToWhatTheBudgetLeavesWhereTwiceAsMuchDoesNotFit() {
        List<Integer> grown = new ArrayList<>();
        for (long budget = 20_000; budget < 2_000_000; budget += 2_000) {
            StackSettings settings = new StackSettings("s", 0, 10, 10, new RoiChoice.Whole(), none(10, 10), budget);
            try {
                grown.add(StackMemory.grown(settings, 100, 101));
            } catch (MemoryBudgetException e) {
                assertThat(grown).isEmpty();
            }
        }

        assertThat(grown).isSorted().contains(200).anyMatch(frames -> frames > 101 && frames < 200);
        assertThat(grown.get(0)).isBetween(101, 110);
    }

    @Test
    void framesBecomeAVolumeInTheirOrder() {
        StackBuilder stack = new StackBuilder(settings(2, 2, 3));

        stack.add(frames(1, 2, 3, 10, 11, 12, 13, 14, 15));
        stack.add(frames(0, 2, 3, 0, 1, 2, 3, 4, 5));
        RockingCurve curve = stack.finish(List.of(0.5, 0.25));

        assertThat(curve.name()).isEqualTo("scan 7");
        assertThat(curve.counts().shape()).isEqualTo(new Shape3(2, 2, 3));
        assertThat(curve.counts().data()).containsExactly(0, 1, 2, 3, 4, 5, 10, 11, 12, 13, 14, 15);
        assertThat(curve.mask().count()).isZero();
        assertThat(curve.positions()).containsExactly(0.5, 0.25);
        assertThat(curve.roi()).isEqualTo(new Roi(0, 2, 0, 3));
        assertThat(curve.complete()).isTrue();
    }

    @Test
    void aFrameThatComesTwiceIsKeptAsItCameLast() {
        StackBuilder stack = new StackBuilder(settings(1, 1, 2));

        stack.add(frames(0, 1, 2, 1, 2));
        stack.add(frames(0, 1, 2, 3, 4));

        assertThat(stack.received()).isEqualTo(1);
        assertThat(stack.finish(List.of()).counts().data()).containsExactly(3, 4);
    }

    @Test
    void manyFramesInOneBlockAreToldApart() {
        StackBuilder stack = new StackBuilder(settings(3, 1, 2));

        stack.add(frames(0, 1, 2, 1, 2, 3, 4, 5, 6));

        assertThat(stack.finish(List.of()).counts().data()).containsExactly(1, 2, 3, 4, 5, 6);
    }

    @Test
    void aFixedRegionIsCutFromEachFrame() {
        RoiChoice roi = new RoiChoice.Fixed(new Roi(1, 3, 1, 2));
        StackBuilder stack = new StackBuilder(new StackSettings("scan 7", 2, 3, 2, roi, FrameMask.none(3, 2), PLENTY));

        stack.add(frames(0, 3, 2, 1, 2, 3, 4, 5, 6, 11, 12, 13, 14, 15, 16));
        RockingCurve curve = stack.finish(List.of());

        assertThat(curve.counts().data()).containsExactly(4, 6, 14, 16);
        assertThat(curve.roi()).isEqualTo(new Roi(1, 3, 1, 2));
    }

    @Test
    void gapsAndInvalidValuesAreMaskedAndCountNothing() {
        FrameMask gap = new FrameMask(1, 4, new byte[] {0, 1, 0, 0});
        StackBuilder stack = new StackBuilder(new StackSettings("s", 1, 1, 4, new RoiChoice.Whole(), gap, PLENTY));

        stack.add(frames(0, 1, 4, 5, 6, 0xffffffff, 0xfffffffe));
        RockingCurve curve = stack.finish(List.of());

        assertThat(curve.mask().data()).containsExactly(0, 1, 1, 1);
        assertThat(curve.counts().data()).containsExactly(5, 0, 0, 0);
    }

    @ParameterizedTest
    @EnumSource(PixelType.class)
    void everyPixelTypeIsRead(PixelType type) {
        ByteBuffer pixels = ByteBuffer.allocate(3 * type.bytes()).order(ByteOrder.BIG_ENDIAN);
        for (int i = 0; i < 3; i++) {
            put(pixels, type, 40 * i + 7);
        }
        StackBuilder stack = new StackBuilder(settings(1, 1, 3));

        stack.add(new FrameBlock(0, 1, 1, 3, type, pixels));

        assertThat(stack.finish(List.of()).counts().data()).containsExactly(7, 47, 87);
    }

    @Test
    void notANumberAndNegativeCountsAreMasked() {
        ByteBuffer pixels = ByteBuffer.allocate(16);
        pixels.putFloat(0, Float.NaN)
                .putFloat(4, -1)
                .putFloat(8, Float.POSITIVE_INFINITY)
                .putFloat(12, 0.5f);
        StackBuilder stack = new StackBuilder(settings(1, 1, 4));

        stack.add(new FrameBlock(0, 1, 1, 4, PixelType.FLOAT32, pixels));
        RockingCurve curve = stack.finish(List.of());

        assertThat(curve.mask().data()).containsExactly(1, 1, 1, 0);
        assertThat(curve.counts().data()).containsExactly(0, 0, 0, 0.5f);
    }

    @Test
    void aScanFromWhichABackgroundWasTakenIsWarnedOf() {
        ByteBuffer pixels = ByteBuffer.allocate(16).order(ByteOrder.LITTLE_ENDIAN);
        pixels.putFloat(0, 2).putFloat(4, -1).putFloat(8, 1).putFloat(12, -0.5f);
        try (Warnings warnings = new Warnings(StackBuilder.class.getName())) {
            StackBuilder stack = new StackBuilder(settings(1, 1, 4));
            stack.add(new FrameBlock(0, 1, 1, 4, PixelType.FLOAT32, pixels));
            stack.finish(List.of());

            assertThat(warnings.told()).singleElement().asString().contains("50 % of the values are negative");
        }
    }

    @Test
    void countsUpTo2To24AreExact() {
        StackBuilder stack = new StackBuilder(settings(1, 1, 2));

        stack.add(frames(0, 1, 2, 16777215, 16777216));

        assertThat(stack.finish(List.of()).counts().data()).containsExactly(16777215, 16777216);
    }

    @Test
    void aMissingFrameStaysInPlaceMasked() {
        StackBuilder stack = new StackBuilder(settings(3, 1, 2));

        stack.add(frames(0, 1, 2, 1, 2));
        stack.add(frames(2, 1, 2, 5, 6));
        RockingCurve curve = stack.finish(List.of(0.0, 1.0, 2.0));

        assertThat(curve.counts().data()).containsExactly(1, 2, 0, 0, 5, 6);
        assertThat(curve.mask().data()).containsExactly(0, 0, 1, 1, 0, 0);
        assertThat(curve.missingFrames()).containsExactly(1);
        assertThat(curve.complete()).isFalse();
    }

    @Test
    void aLastFrameKnownToBeMissingKeepsItsStep() {
        StackBuilder stack = new StackBuilder(settings(3, 1, 1));

        stack.add(frames(0, 1, 1, 1));
        stack.missing(1, 2);

        RockingCurve curve = stack.finish(List.of());
        assertThat(curve.counts().shape().nz()).isEqualTo(3);
        assertThat(curve.missingFrames()).containsExactly(1, 2);
    }

    @Test
    void aMissingFrameThatComesAfterAllIsNoLongerMissing() {
        StackBuilder stack = new StackBuilder(settings(2, 1, 1));

        stack.missing(0, 1);
        stack.add(frames(0, 1, 1, 3, 4));

        assertThat(stack.finish(List.of()).complete()).isTrue();
    }

    @Test
    void anAbortedScanIsAsLongAsItGot() {
        StackBuilder stack = new StackBuilder(settings(20, 1, 1));

        stack.add(frames(0, 1, 1, 1, 2, 3));
        RockingCurve curve = stack.finish(List.of(1.0, 2.0, 3.0, 4.0));

        assertThat(curve.counts().data()).containsExactly(1, 2, 3);
        assertThat(curve.positions()).containsExactly(1.0, 2.0, 3.0);
        assertThat(curve.complete()).isTrue();
    }

    @Test
    void tooFewPositionsAreNotGuessed() {
        StackBuilder stack = new StackBuilder(settings(2, 1, 1));
        stack.add(frames(0, 1, 1, 1, 2));

        assertThat(stack.finish(List.of(1.0)).positions()).isEmpty();
    }

    @Test
    void anEndlessAcquisitionGrows() {
        StackBuilder stack = new StackBuilder(settings(0, 1, 2));
        for (int step = 0; step < 200; step++) {
            stack.add(frames(step, 1, 2, step, 2 * step));
        }

        RockingCurve curve = stack.finish(List.of());

        assertThat(curve.counts().shape()).isEqualTo(new Shape3(200, 1, 2));
        assertThat(curve.counts().at(199, 0, 1)).isEqualTo(398);
        assertThat(curve.counts().at(64, 0, 0)).isEqualTo(64);
    }

    @Test
    void anEndlessAcquisitionStopsAtItsBudget() {
        StackBuilder stack =
                new StackBuilder(new StackSettings("s", 0, 10, 10, new RoiChoice.Whole(), none(10, 10), 40_000));
        FrameBlock frame = frames(0, 10, 10, new int[100]);

        assertThatThrownBy(() -> {
                    for (int step = 0; step < 1000; step++) {
                        stack.add(new FrameBlock(step, 1, 10, 10, frame.type(), frame.pixels()));
                    }
                })
                .isInstanceOf(MemoryBudgetException.class)
                .hasMessageContaining("10x10");
        assertThat(stack.received()).isGreaterThanOrEqualTo(64);
    }

    @Test
    void aScanAboveItsBudgetIsRefusedBeforeItStarts() {
        assertThatThrownBy(() -> new StackBuilder(
                        new StackSettings("s", 2000, 516, 516, new RoiChoice.Whole(), none(516, 516), 1L << 30)))
                .isInstanceOf(MemoryBudgetException.class)
                .hasMessage("2000 frames of 516x516 need 2540 MiB and the memory budget is 1024 MiB; choose a smaller"
                        + " region of interest (y0:y1,x0:x1) or allow more memory.");
    }

    @Test
    void aScanOfMoreVoxelsThanAnArrayHoldsIsRefused() {
        assertThatThrownBy(() -> new StackBuilder(new StackSettings(
                        "s", 1000, 2162, 2068, new RoiChoice.Whole(), none(2162, 2068), Long.MAX_VALUE)))
                .isInstanceOf(MemoryBudgetException.class)
                .hasMessageContaining("more than 2^31 voxels");
    }

    @Test
    void aFrameOfAnotherSizeIsRefused() {
        StackBuilder stack = new StackBuilder(settings(2, 2, 2));

        assertThatThrownBy(() -> stack.add(frames(1, 2, 3, 0, 0, 0, 0, 0, 0)))
                .isInstanceOf(BcdiException.class)
                .hasMessageStartingWith("Frame 1 of scan 7 is 2x3 but the scan began with 2x2");
    }

    @Test
    void aFrameBeyondTheLastIsRefused() {
        StackBuilder stack = new StackBuilder(settings(2, 1, 1));

        assertThatThrownBy(() -> stack.add(frames(2, 1, 1, 0)))
                .isInstanceOf(BcdiException.class)
                .hasMessageContaining("2");
    }

    @Test
    void nothingReceivedIsNoCurve() {
        StackBuilder stack = new StackBuilder(settings(5, 1, 1));
        stack.missing(0, 5);

        assertThatThrownBy(() -> stack.finish(List.of()))
                .isInstanceOf(BcdiException.class)
                .hasMessageContaining("No frame of scan 7 arrived");
    }

    @Test
    void aMaskOrRegionThatDoesNotFitIsRefused() {
        assertThatThrownBy(() -> new StackSettings("s", 1, 2, 2, new RoiChoice.Whole(), none(2, 3), PLENTY))
                .isInstanceOf(InputException.class);
        RoiChoice outside = new RoiChoice.Fixed(new Roi(0, 3, 0, 2));
        assertThatThrownBy(() -> new StackSettings("s", 1, 2, 2, outside, none(2, 2), PLENTY))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("0:3,0:2");
    }

    @Test
    void aPartialStackCanBeLookedAt() {
        StackBuilder stack = new StackBuilder(settings(3, 2, 2));

        stack.add(frames(1, 2, 2, 1, 2, 0xffffffff, 4));

        assertThat(stack.lastReceived()).isEqualTo(1);
        assertThat(stack.frame(1)).isEqualTo(new float[][] {{1, 2}, {Float.NaN, 4}});
        assertThat(stack.frame(0)).isEqualTo(new float[][] {{Float.NaN, Float.NaN}, {Float.NaN, Float.NaN}});
    }

    @Test
    void anAutomaticRegionLiesAroundTheBraggPeak() {
        int size = 32;
        StackBuilder stack = new StackBuilder(
                new StackSettings("s", 3, size, size, new RoiChoice.Auto(8), none(size, size), PLENTY));
        int[] pixels = new int[3 * size * size];
        for (int dy = -1; dy <= 1; dy++) {
            for (int dx = -1; dx <= 1; dx++) {
                pixels[(size + 20 + dy) * size + 5 + dx] = 100;
            }
        }
        pixels[3 * size * size - 1] = 800;

        stack.add(frames(0, size, size, pixels));
        RockingCurve curve = stack.finish(List.of());

        assertThat(curve.roi()).isEqualTo(new Roi(16, 24, 1, 9));
        assertThat(curve.counts().at(1, 4, 4)).isEqualTo(100);
    }

    @Test
    void aHotPixelIsMaskedAndDoesNotDrawTheRegion() {
        int size = 16;
        int[] pixels = new int[10 * size * size];
        for (int step = 0; step < 10; step++) {
            pixels[(step * size + 2) * size + 3] = 5000;
        }
        pixels[(5 * size + 12) * size + 12] = 40;
        StackBuilder stack = new StackBuilder(
                new StackSettings("s", 10, size, size, new RoiChoice.Auto(16), none(size, size), PLENTY));

        stack.add(frames(0, size, size, pixels));
        RockingCurve curve = stack.finish(List.of());

        assertThat(curve.mask().count()).isEqualTo(10);
        assertThat(curve.mask().masked(curve.counts().shape().index(4, 2, 3))).isTrue();
        assertThat(curve.counts().at(4, 2, 3)).isZero();
        assertThat(curve.counts().at(5, 12, 12)).isEqualTo(40);
    }

    private static StackSettings settings(int frames, int height, int width) {
        return new StackSettings("scan 7", frames, height, width, new RoiChoice.Whole(), none(height, width), PLENTY);
    }

    private static FrameMask none(int height, int width) {
        return FrameMask.none(height, width);
    }

    private static FrameBlock frames(long first, int height, int width, int... values) {
        ByteBuffer pixels = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
        pixels.asIntBuffer().put(values);
        return new FrameBlock(first, values.length / (height * width), height, width, PixelType.UINT32, pixels);
    }

    private static void put(ByteBuffer buffer, PixelType type, int value) {
        switch (type) {
            case UINT8, INT8 -> buffer.put((byte) value);
            case UINT16, INT16 -> buffer.putShort((short) value);
            case UINT32, INT32 -> buffer.putInt(value);
            case UINT64, INT64 -> buffer.putLong(value);
            case FLOAT32 -> buffer.putFloat(value);
            case FLOAT64 -> buffer.putDouble(value);
        }
    }
}
