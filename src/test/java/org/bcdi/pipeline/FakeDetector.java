package org.bcdi.pipeline;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bcdi.detector.Acquisition;
import org.bcdi.detector.DetectorLostException;
import org.bcdi.detector.DetectorStatus;
import org.bcdi.detector.DetectorStatus.State;
import org.bcdi.detector.FrameBlock;
import org.bcdi.detector.FrameSource;
import org.bcdi.detector.FramesGoneException;
import org.bcdi.detector.PixelType;
import org.bcdi.task.BcdiException;
import org.bcdi.volume.Roi;

/** A detector in memory that does only what the test tells it; safe for a test thread beside the pipeline's. */
final class FakeDetector implements FrameSource {
    private Runnable wakeUp = () -> {};
    private boolean silent;
    private boolean eventless;
    private boolean dark;
    private boolean lost;
    private boolean wedged;
    private long passedOver = -1;
    private String nonsense = "";
    private String unreadable = "";
    private State state = State.READY;
    private String fault = "";
    private int shot;
    private int looks;
    private int given;
    private long tag = Acquisition.UNTAGGED;
    private long preparedTag = Acquisition.UNTAGGED;
    private int frames = 1;
    private int height = 4;
    private int width = 6;
    private long lastReady = -1;
    private int buffer = Integer.MAX_VALUE;
    private int chunk = 3;
    private Optional<Roi> roi = Optional.empty();
    private Runnable beforeFetch = () -> {};
    private Runnable beforeAnswer = () -> {};
    final List<String> fetches = new ArrayList<>();

    /** What pixel {@code index} of a frame counts. */
    static int pixel(int shot, long frame, int index) {
        return (int) (1000 * shot + 10 * frame + index % 7);
    }

    synchronized FakeDetector silent() {
        silent = true;
        return this;
    }

    /** It has no events, and says so. */
    synchronized FakeDetector eventless() {
        eventless = true;
        return silent();
    }

    /** Nothing falls on it. */
    synchronized FakeDetector dark() {
        dark = true;
        return this;
    }

    synchronized FakeDetector size(int rows, int columns) {
        height = rows;
        width = columns;
        return this;
    }

    synchronized FakeDetector region(Roi part) {
        roi = Optional.of(part);
        return size(part.height(), part.width());
    }

    /** Set for the acquisition to be prepared, but told from now on, as Lima does. */
    synchronized FakeDetector tellRegion(Roi part) {
        roi = Optional.of(part);
        return this;
    }

    synchronized FakeDetector buffer(int kept) {
        buffer = kept;
        return this;
    }

    synchronized FakeDetector chunk(int most) {
        chunk = most;
        return this;
    }

    /** Written for the acquisition to be prepared, but told from now on, as Lima does. */
    synchronized FakeDetector tag(long number) {
        tag = number;
        return this;
    }

    /** Written for the acquisition to be prepared, but told from now on, as Lima does. */
    synchronized FakeDetector frames(int number) {
        frames = number;
        return this;
    }

    synchronized FakeDetector prepare(int expected) {
        shot++;
        preparedTag = tag;
        frames = expected;
        lastReady = -1;
        state = State.READY;
        fault = "";
        return woken();
    }

    synchronized FakeDetector start() {
        state = State.RUNNING;
        return woken();
    }

    /** Takes so many frames more. */
    synchronized FakeDetector expose(int count) {
        lastReady += count;
        return woken();
    }

    synchronized FakeDetector stop() {
        state = State.READY;
        return woken();
    }

    synchronized FakeDetector fault(String words) {
        state = State.FAULT;
        fault = words;
        return this;
    }

    /** A whole acquisition. */
    synchronized FakeDetector shoot(int count) {
        return prepare(count).start().expose(count).stop();
    }

    synchronized FakeDetector lose() {
        lost = true;
        return this;
    }

    synchronized FakeDetector find() {
        lost = false;
        return this;
    }

    /** It answers, but with something that nobody understands; empty for sense again. */
    synchronized FakeDetector confuse(String sentence) {
        nonsense = sentence;
        return this;
    }

    /** Its frames are nothing that anybody understands; empty for sense again. */
    synchronized FakeDetector confuseFetches(String sentence) {
        unreadable = sentence;
        return this;
    }

    /** Frames are announced but cannot be fetched yet. */
    synchronized FakeDetector wedge(boolean now) {
        wedged = now;
        return woken();
    }

    /** This frame left the buffer, but is said not to be there yet. */
    synchronized FakeDetector passOver(long frame) {
        passedOver = frame;
        return this;
    }

    /** The server's process dies and a new one starts. */
    synchronized FakeDetector restart() {
        lost = false;
        state = State.READY;
        lastReady = -1;
        tag = Acquisition.UNTAGGED;
        preparedTag = tag;
        return woken();
    }

    /** Something happens just before the next frame is fetched. */
    synchronized FakeDetector beforeFetch(Runnable once) {
        beforeFetch = once;
        return this;
    }

    /** Something happens just before each answer of it. */
    synchronized FakeDetector beforeAnswer(Runnable always) {
        beforeAnswer = always;
        return this;
    }

    /** How often somebody looked. */
    synchronized int looks() {
        return looks;
    }

    /** How many frames somebody got. */
    synchronized int given() {
        return given;
    }

    private FakeDetector woken() {
        if (!silent) {
            wakeUp.run();
        }
        return this;
    }

    @Override
    public String name() {
        return "sim/lima/1";
    }

    @Override
    public synchronized void onWakeUp(Runnable listener) {
        wakeUp = listener;
    }

    @Override
    public synchronized boolean wakes() {
        return !eventless;
    }

    @Override
    public synchronized DetectorStatus status() {
        looks++;
        answer();
        return new DetectorStatus(state, lastReady, fault);
    }

    @Override
    public synchronized Acquisition acquisition() {
        answer();
        return new Acquisition(frames, height, width, PixelType.UINT32, tag, roi);
    }

    @Override
    public synchronized FrameBlock fetch(long wanted, long first, int count) {
        answer();
        if (!unreadable.isEmpty()) {
            throw new BcdiException(unreadable);
        }
        Runnable once = beforeFetch;
        beforeFetch = () -> {};
        once.run();
        fetches.add(first + "+" + count);
        if (wanted != Acquisition.UNTAGGED && wanted != preparedTag) {
            throw new FramesGoneException("of another acquisition", first + count, new IllegalStateException());
        }
        if (wedged || first > lastReady || (first <= passedOver && passedOver < first + count)) {
            return new FrameBlock(first, 0, height, width, PixelType.UINT32, ByteBuffer.allocate(0));
        }
        long oldest = lastReady + 1 - buffer;
        if (first < oldest) {
            throw new FramesGoneException("gone", oldest, new IllegalStateException());
        }
        int there = (int) Math.min(count, lastReady + 1 - first);
        given += there;
        ByteBuffer pixels = ByteBuffer.allocate(there * height * width * 4).order(ByteOrder.LITTLE_ENDIAN);
        for (int frame = 0; frame < there; frame++) {
            for (int i = 0; i < height * width; i++) {
                pixels.putInt(dark ? 0 : pixel(shot, first + frame, i));
            }
        }
        return new FrameBlock(first, there, height, width, PixelType.UINT32, pixels.rewind());
    }

    private void answer() {
        beforeAnswer.run();
        if (lost) {
            throw new DetectorLostException("Detector sim/lima/1 does not answer.", new IllegalStateException());
        }
        if (!nonsense.isEmpty()) {
            throw new BcdiException(nonsense);
        }
    }

    @Override
    public synchronized int chunk(long frameBytes) {
        return chunk;
    }

    @Override
    public void close() {}
}
