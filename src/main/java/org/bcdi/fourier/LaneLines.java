package org.bcdi.fourier;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;
import org.bcdi.volume.Shape3;

/** Lines of good sizes, many side by side. */
final class LaneLines implements LineTransforms {
    /** Lanes to aim at: with fewer, loops hardly begin before they end; with many more, numbers leave the cache next to the core. */
    private static final int WIDTH = 128;

    private final Shape3 shape;
    private final int framesOfBlock;
    private final LaneTransform alongZ;
    private final LaneTransform alongY;
    private final LaneTransform alongX;
    /** As many as threads ever worked at once. */
    private final Queue<Desk> desks = new ConcurrentLinkedQueue<>();

    /** Where one thread works. */
    private record Desk(Lanes x, Lanes y, Lanes z) {}

    LaneLines(Shape3 shape) {
        this.shape = shape;
        this.framesOfBlock = Math.max(1, WIDTH / Math.max(shape.ny(), shape.nx()));
        this.alongX = new LaneTransform(shape.nx());
        this.alongY = new LaneTransform(shape.ny());
        this.alongZ = new LaneTransform(shape.nz());
    }

    /** Whether all three extents are good sizes. */
    static boolean transforms(Shape3 shape) {
        return GoodSizes.isGood(shape.nz()) && GoodSizes.isGood(shape.ny()) && GoodSizes.isGood(shape.nx());
    }

    @Override
    public int framesOfBlock() {
        return framesOfBlock;
    }

    @Override
    public int columnsOfBlock() {
        return WIDTH;
    }

    @Override
    public void frames(float[] data, int first, int count, boolean forward) {
        int ny = shape.ny();
        int nx = shape.nx();
        int start = first * shape.frameSize();
        Desk desk = take();
        desk.x.gatherRows(data, start, count * ny);
        alongX.transform(desk.x, count * ny, forward);
        for (int frame = 0; frame < count; frame++) {
            desk.y.transpose(desk.x, frame * ny, frame * nx);
        }
        alongY.transform(desk.y, count * nx, forward);
        for (int frame = 0; frame < count; frame++) {
            desk.y.scatter(data, start + frame * shape.frameSize(), nx, frame * nx, nx);
        }
        desks.add(desk);
    }

    @Override
    public void columns(float[] data, int first, int count, boolean forward) {
        columns(data, first, count, lanes -> alongZ.transform(lanes, count, forward));
    }

    @Override
    public void columns(float[] data, int first, int count, WaveRow row) {
        columns(data, first, count, lanes -> {
            alongZ.transform(lanes, count, true);
            for (int z = 0; z < shape.nz(); z++) {
                row.change(first + z * shape.frameSize(), lanes.re[z], lanes.im[z], count);
            }
            alongZ.transform(lanes, count, false);
        });
    }

    private void columns(float[] data, int first, int count, Consumer<Lanes> work) {
        Desk desk = take();
        desk.z.gather(data, first, shape.frameSize(), 0, count);
        work.accept(desk.z);
        desk.z.scatter(data, first, shape.frameSize(), 0, count);
        desks.add(desk);
    }

    private Desk take() {
        Desk desk = desks.poll();
        return desk != null
                ? desk
                : new Desk(
                        new Lanes(shape.nx(), framesOfBlock * shape.ny()),
                        new Lanes(shape.ny(), framesOfBlock * shape.nx()),
                        new Lanes(shape.nz(), WIDTH));
    }
}
