package org.bcdi.fourier;

import static org.bytedeco.mkl.global.mkl_rt.DFTI_COMPLEX;
import static org.bytedeco.mkl.global.mkl_rt.DFTI_SINGLE;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.bcdi.task.BcdiException;
import org.bcdi.volume.Shape3;
import org.bytedeco.javacpp.CLongPointer;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.mkl.global.mkl_rt;
import org.bytedeco.mkl.global.mkl_rt.DFTI_DESCRIPTOR;

/**
 * Frames and columns by Intel's MKL, which uses the processor's vector units. Each call computes on its own thread only, so that
 * all threads are ours and the result does not depend on their number.
 */
final class MklLines implements LineTransforms {
    private static final Logger LOG = LogManager.getLogger(MklLines.class);
    private static final boolean AVAILABLE = load();

    private final Shape3 shape;
    private final DFTI_DESCRIPTOR frames;
    private final DFTI_DESCRIPTOR columns;
    /** Native memory for one frame or one plane of columns, as many as threads ever worked at once. */
    private final Queue<FloatPointer> buffers = new ConcurrentLinkedQueue<>();

    MklLines(Shape3 shape) {
        this.shape = shape;
        this.frames = descriptor(shape.ny(), shape.nx());
        this.columns = descriptor(shape.nz());
    }

    /** Whether the library is on the class path and can be loaded. */
    static boolean available() {
        return AVAILABLE;
    }

    private static boolean load() {
        String library = "/org/bytedeco/mkl/" + Loader.getPlatform() + "/libmkl_rt.so.2";
        if (MklLines.class.getResource(library) == null) {
            return false;
        }
        try {
            Loader.load(mkl_rt.class);
            mkl_rt.MKL_Set_Num_Threads(1);
            return true;
        } catch (LinkageError e) {
            LOG.warn("MKL is there but cannot be loaded; transforms go through JTransforms: {}", e.toString());
            return false;
        }
    }

    private static DFTI_DESCRIPTOR descriptor(int... extents) {
        DFTI_DESCRIPTOR descriptor = new DFTI_DESCRIPTOR();
        try (CLongPointer lengths = new CLongPointer(extents.length)) {
            for (int axis = 0; axis < extents.length; axis++) {
                lengths.put(axis, extents[axis]);
            }
            check(
                    extents.length == 1
                            ? mkl_rt.DftiCreateDescriptor(descriptor, DFTI_SINGLE, DFTI_COMPLEX, 1, extents[0])
                            : mkl_rt.DftiCreateDescriptor(
                                    descriptor, DFTI_SINGLE, DFTI_COMPLEX, extents.length, lengths));
        }
        check(mkl_rt.DftiCommitDescriptor(descriptor));
        return descriptor;
    }

    private static void check(long status) {
        if (status != 0) {
            throw new BcdiException(
                    "MKL cannot transform (status " + status + "); build without the profile mkl, or report this.");
        }
    }

    @Override
    public void frame(float[] data, int start, boolean forward) {
        int values = 2 * shape.frameSize();
        FloatPointer buffer = take();
        buffer.put(data, 2 * start, values);
        compute(frames, buffer, forward);
        buffer.get(data, 2 * start, values);
        buffers.add(buffer);
    }

    @Override
    public void columns(float[] data, int start, boolean forward) {
        int nz = shape.nz();
        int nx = shape.nx();
        float[] side = new float[2 * nz * nx];
        for (int z = 0; z < nz; z++) {
            int from = 2 * (start + z * shape.frameSize());
            for (int x = 0; x < nx; x++) {
                side[2 * (x * nz + z)] = data[from + 2 * x];
                side[2 * (x * nz + z) + 1] = data[from + 2 * x + 1];
            }
        }
        FloatPointer buffer = take();
        buffer.put(side, 0, side.length);
        for (int x = 0; x < nx; x++) {
            // not position(): where any pointer will do, it would count in bytes
            compute(columns, buffer.getPointer(2L * x * nz), forward);
        }
        buffer.get(side, 0, side.length);
        buffers.add(buffer);
        for (int z = 0; z < nz; z++) {
            int to = 2 * (start + z * shape.frameSize());
            for (int x = 0; x < nx; x++) {
                data[to + 2 * x] = side[2 * (x * nz + z)];
                data[to + 2 * x + 1] = side[2 * (x * nz + z) + 1];
            }
        }
    }

    private static void compute(DFTI_DESCRIPTOR descriptor, FloatPointer buffer, boolean forward) {
        check(forward ? mkl_rt.DftiComputeForward(descriptor, buffer) : mkl_rt.DftiComputeBackward(descriptor, buffer));
    }

    private FloatPointer take() {
        FloatPointer free = buffers.poll();
        return free != null ? free : new FloatPointer(2L * shape.nx() * Math.max(shape.ny(), shape.nz()));
    }
}
