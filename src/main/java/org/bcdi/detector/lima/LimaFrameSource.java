package org.bcdi.detector.lima;

import fr.esrf.Tango.DevEncoded;
import fr.esrf.TangoApi.DeviceAttribute;
import fr.esrf.TangoApi.DeviceData;
import java.nio.ByteBuffer;
import java.util.Locale;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.bcdi.detector.Acquisition;
import org.bcdi.detector.DetectorLostException;
import org.bcdi.detector.DetectorStatus;
import org.bcdi.detector.FrameBlock;
import org.bcdi.detector.FrameSource;
import org.bcdi.detector.FramesGoneException;
import org.bcdi.detector.PixelType;
import org.bcdi.task.BcdiException;
import org.omg.CORBA.TIMEOUT;

/**
 * A Lima detector server, followed through its Tango device. It is only ever read: no attribute is written and no command
 * runs but {@code readImageSeq} and {@code readImage}.
 *
 * <p>Lima drops and reorders its events and pushes none for a fault, so they only wake the follower up; what counts is
 * read together in {@link #status()}. The detector may be away when the source is opened, and may go away and come back.
 */
public final class LimaFrameSource implements FrameSource {
    private static final Logger LOG = LogManager.getLogger(LimaFrameSource.class);

    /** Commands hold Lima's device monitor and time out after 3 s: 16 MiB take some 0.2 s. */
    private static final long CHUNK_BYTES = 16L << 20;

    private static final String SEQUENCE = "readImageSeq";

    private final TangoLink link;
    private final AcquisitionReader prepared;
    private final WakeUps wakeUps;

    /** Less where they did not come within the time-out, as over a slow network; more again with each fetch that does. */
    private long chunkBytes = CHUNK_BYTES;

    private long frameBytes = 1;

    /** Lima before 1.10 has only readImage; asked once. */
    private boolean sequences = true;

    private LimaFrameSource(TangoLink link, WakeUps wakeUps) {
        this.link = link;
        this.prepared = new AcquisitionReader(link);
        this.wakeUps = wakeUps;
    }

    /**
     * @param tangoAddress a device name of the Tango database, such as {@code id01/limaccds/mpx}, or a full address such as
     *     {@code tango://127.0.0.1:12200/sim/lima/1#dbase=no}
     */
    public static LimaFrameSource open(String tangoAddress) {
        return new LimaFrameSource(new TangoLink(tangoAddress), new WakeUps(tangoAddress));
    }

    @Override
    public String name() {
        return link.address();
    }

    @Override
    public void onWakeUp(Runnable wakeUp) {
        wakeUps.onWakeUp(wakeUp);
    }

    @Override
    public boolean wakes() {
        return wakeUps.subscribed();
    }

    @Override
    public DetectorStatus status() {
        DeviceAttribute[] read = link.read("acq_status", "last_image_ready");
        wakeUps.detectorAnswers();
        String word = Values.text(link, read[0]);
        DetectorStatus.State state;
        try {
            state = DetectorStatus.State.valueOf(word.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            throw new BcdiException(
                    "Detector " + name() + " is in the unknown acquisition state '" + word
                            + "'; look whether it is a Lima server.",
                    e);
        }
        String fault = state == DetectorStatus.State.FAULT ? fault() : "";
        return new DetectorStatus(state, Values.number(link, read[1]), fault);
    }

    @Override
    public Acquisition acquisition() {
        return prepared.read();
    }

    @Override
    public FrameBlock fetch(long tag, long first, int count) {
        try {
            FrameBlock block = ask(tag, first, count);
            if (count * frameBytes > chunkBytes / 2) {
                chunkBytes = Math.min(CHUNK_BYTES, chunkBytes + chunkBytes / 16 + 1);
            }
            return block;
        } catch (RefusedException refused) {
            return switch (refused.refusal()) {
                case NOT_YET -> new FrameBlock(first, 0, 0, 0, PixelType.UINT8, ByteBuffer.allocate(0));
                case NO_COMMAND -> withoutSequences(tag, first, refused);
                case NO_TAG, OTHER_ACQUISITION -> throw gone(first, first + count, refused);
                case GONE -> afterGone(tag, first, count, refused);
            };
        } catch (DetectorLostException lost) {
            if (!sequences || count == 1 || !(lost.getCause() instanceof TIMEOUT)) {
                throw lost;
            }
            int fewer = Math.max(1, count / 4);
            chunkBytes = fewer * frameBytes;
            LOG.warn(
                    "Detector {} did not send {} frames within Tango's time-out: {} are asked for at once instead",
                    name(),
                    count,
                    fewer);
            return fetch(tag, first, fewer);
        }
    }

    @Override
    public int chunk(long frameBytes) {
        this.frameBytes = Math.max(1, frameBytes);
        return (int) Math.max(1, Math.min(chunkBytes / this.frameBytes, 0xffff));
    }

    @Override
    public void close() {
        wakeUps.close();
    }

    private String fault() {
        DeviceAttribute error = link.read("acq_status_fault_error")[0];
        return error.hasFailed() ? "unknown fault" : Values.text(link, error);
    }

    private FrameBlock withoutSequences(long tag, long first, RefusedException refused) {
        if (!sequences) {
            throw refused;
        }
        LOG.info("Detector {} has no {}: its frames are read one by one", name(), SEQUENCE);
        sequences = false;
        return fetch(tag, first, 1);
    }

    private FrameBlock ask(long tag, long first, int count) {
        return sequences ? sequence(tag, first, count) : single(tag, first);
    }

    private FrameBlock sequence(long tag, long first, int count) {
        DeviceData argument = link.argument();
        argument.insert(
                tag == Acquisition.UNTAGGED
                        ? new long[] {first, first + count}
                        : new long[] {first, first + count, 1, tag});
        return image(SEQUENCE, argument, tag, first);
    }

    private FrameBlock single(long tag, long frame) {
        DeviceData argument = link.argument();
        argument.insert((int) frame);
        return image("readImage", argument, tag, frame);
    }

    private FrameBlock image(String command, DeviceData argument, long tag, long first) {
        DevEncoded encoded = link.image(command, argument);
        if (!DataArray.FORMAT.equals(encoded.encoded_format)) {
            throw new BcdiException("Detector " + name() + " sent an image in the format '" + encoded.encoded_format
                    + "', only " + DataArray.FORMAT + " can be read.");
        }
        DataArray array = DataArray.decode(encoded.encoded_data);
        if (array.firstFrame() != DataArray.NONE && array.firstFrame() != first) {
            throw new BcdiException("Detector " + name() + " sent frame " + array.firstFrame() + " instead of " + first
                    + "; look whether its Lima server is well.");
        }
        if (tag != Acquisition.UNTAGGED && array.tag() != DataArray.NONE && array.tag() != tag) {
            throw new RefusedException(
                    "Detector " + name() + " sent a frame of acquisition " + array.tag() + " instead of " + tag + ".",
                    Refusal.OTHER_ACQUISITION);
        }
        return array.block(first);
    }

    /** A sequence is refused as a whole when one of its frames is gone; frames leave the buffer in order. */
    private FrameBlock afterGone(long tag, long first, int count, RefusedException refused) {
        long low = first;
        long high = first + count;
        while (low < high) {
            long middle = (low + high) / 2;
            if (present(tag, middle)) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        if (low == first) {
            return ask(tag, first, 1);
        }
        throw gone(first, low, refused);
    }

    private boolean present(long tag, long frame) {
        try {
            ask(tag, frame, 1);
            return true;
        } catch (RefusedException refused) {
            return refused.refusal() == Refusal.NOT_YET;
        }
    }

    private FramesGoneException gone(long first, long next, Throwable cause) {
        return new FramesGoneException(
                "Frames " + first + " to " + (next - 1) + " are not or no more in the buffer of detector " + name()
                        + ".",
                next,
                cause);
    }
}
