package org.bcdi.pipeline;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Random;
import org.bcdi.stack.RockingCurve;

/** A macro that takes scan after scan beside a follower, its steps done just before an answer of the detector when a seed says so. */
final class MacroBeside extends FollowerSetup {
    private static final int SCANS = 4;
    private static final int IDLE_LOOKS = 4;
    private static final double HASTE = 0.1;
    private static final double MISHAPS = 0.02;
    private static final int LONGEST = 30;

    /** Steps that the last scan may take. */
    private static final int LAST = 35;

    /**
     * @param due idle looks that have to come before it
     * @param answered whether it needs a detector that answers
     */
    private record Step(int due, boolean answered, Runnable action) {}

    /** @param frames the acquisition of each, a dot where it is missing, a question mark where it is not in its place */
    private record Taken(String name, String frames, String flaw) {}

    private final int seed;
    private final boolean ends;
    private final Random random;
    private final Queue<Step> steps = new ArrayDeque<>();
    private final List<Taken> wanted = new ArrayList<>();
    private final List<Taken> taken = new ArrayList<>();

    private boolean patient;
    private boolean troubled;
    private int shots;

    /** Answers that the detector still fails to give. */
    private int away;

    /** Looks without anything to do since the last step. */
    private int idle;

    private boolean rung;

    MacroBeside(int seed, ScanShape shape, boolean ends) {
        this.seed = seed;
        this.ends = ends;
        this.shape = shape;
        this.random = new Random(seed);
    }

    /** It leaves time for one look at the detector between its acquisitions, and does several steps at once otherwise. */
    MacroBeside patient() {
        patient = true;
        return this;
    }

    /** The detector fails to answer now and then, or answers nonsense, until its last scan. */
    MacroBeside troubled() {
        troubled = true;
        return this;
    }

    /**
     * Runs to the end.
     *
     * @return what went wrong without a word
     */
    List<String> play() {
        for (int scan = 1; scan <= SCANS; scan++) {
            write("S" + scan, 2 + random.nextInt(5));
        }
        detector.chunk(1 + random.nextInt(4));
        follow();
        detector.onWakeUp(() -> rung = true);
        detector.beforeAnswer(this::act);
        while (idle < IDLE_LOOKS || !steps.isEmpty()) {
            act();
            boolean woken = rung;
            rung = false;
            follower.look(woken);
            collect();
            idle = rung ? 0 : idle + 1;
        }
        return taken.stream()
                .filter(curve -> curve.flaw.isEmpty() && !wanted.contains(curve))
                .map(curve -> "seed " + seed + ": " + curve)
                .toList();
    }

    /** Scans that did not come whole. */
    List<String> lost() {
        return wanted.stream()
                .filter(curve -> !taken.contains(curve))
                .map(curve -> "seed " + seed + ": no " + curve)
                .toList();
    }

    private void write(String name, int frames) {
        order(pause(), () -> follower.begin(ScanPlan.parse("{\"name\":\"" + name + "\"}")));
        StringBuilder whole = new StringBuilder();
        if (shape == ScanShape.STEP) {
            for (int point = 0; point < frames; point++) {
                acquire(pause(), 1, whole);
            }
        } else {
            acquire(0, frames, whole);
        }
        if (ends) {
            order(0, () -> follower.end());
        }
        wanted.add(new Taken(name, whole.toString(), ""));
    }

    private int pause() {
        return patient ? 1 : 0;
    }

    private void acquire(int due, int frames, StringBuilder whole) {
        int shot = ++shots;
        whole.append(Integer.toString(shot % 10).repeat(frames));
        if (seed % 3 == 0) {
            steps.add(new Step(due, true, () -> detector.tag(shot)));
        }
        steps.add(new Step(due, true, () -> detector.prepare(frames)));
        steps.add(new Step(0, false, detector::start));
        for (int left = frames; left > 0; ) {
            int now = 1 + random.nextInt(left);
            steps.add(new Step(0, false, () -> detector.expose(now)));
            left -= now;
        }
        steps.add(new Step(0, false, detector::stop));
    }

    private void order(int due, Runnable order) {
        steps.add(new Step(due, true, () -> {
            follower.order(order);
            rung = true;
        }));
    }

    private void act() {
        if (away > 0) {
            recover();
        } else if (troubled && steps.size() > LAST && random.nextDouble() < MISHAPS) {
            mishap();
        }
        double likely = patient ? 0.9 : HASTE;
        int most = patient ? steps.size() : 1;
        for (int i = 0; i < most && random.nextDouble() < likely && isDue(); i++) {
            idle = 0;
            steps.remove().action.run();
        }
    }

    private void mishap() {
        away = 1 + random.nextInt(LONGEST);
        switch (random.nextInt(3)) {
            case 0 -> detector.lose();
            case 1 -> detector.confuse("It answers nonsense.");
            default -> detector.confuseFetches("Its frames are nonsense.");
        }
    }

    private void recover() {
        away--;
        // The look at which it comes back is none without anything to do
        idle = -1;
        if (away == 0) {
            detector.find().confuse("").confuseFetches("");
        }
    }

    private boolean isDue() {
        return Optional.ofNullable(steps.peek())
                .filter(step -> step.due <= idle && (away == 0 || !step.answered))
                .isPresent();
    }

    private void collect() {
        for (Optional<Task> task = backlog.poll(); task.isPresent(); task = backlog.poll()) {
            String id = task.get().id();
            String flaw = board.latest().jobs().stream()
                    .filter(job -> job.id().equals(id))
                    .findFirst()
                    .map(Job::sentence)
                    .orElseThrow();
            taken.add(new Taken(task.get().scan(), frames(task.get().curve()), flaw));
            board.change(s -> s.withJob(id, job -> job.withState("done", "")));
        }
    }

    private String frames(RockingCurve curve) {
        StringBuilder frames = new StringBuilder();
        for (int z = 0; z < curve.counts().shape().nz(); z++) {
            int value = (int) curve.counts().at(z, 0, 0);
            int shot = value / 1000;
            boolean inPlace = value == FakeDetector.pixel(shot, shape == ScanShape.STEP ? 0 : z, 0);
            boolean missing = curve.missingFrames().contains(z);
            frames.append(missing ? "." : inPlace ? Integer.toString(shot % 10) : "?");
        }
        return frames.toString();
    }
}
