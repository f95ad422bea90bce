package org.bcdi.pipeline;

import java.util.ArrayList;
import java.util.List;

/** A report on everything that a scan will need, one line each, made without disturbing the work in hand. */
final class SelfTest {
    private static final long MIB = 1 << 20;

    private SelfTest() {}

    static List<String> report(PipelineSettings settings, Snapshot now) {
        List<String> lines = new ArrayList<>();
        String detector = now.notices().troubles().getOrDefault(Follower.SUBJECT, "");
        if (now.source().isEmpty()) {
            lines.add("detector: none, set DetectorDevice to follow one");
        } else if (now.following() == Following.NOT) {
            lines.add("detector: " + now.source() + " is not followed, call Start");
        } else if (!detector.isEmpty()) {
            lines.add("detector: " + detector);
        } else {
            lines.add(
                    now.following() == Following.WATCHING
                            ? "detector: ok, " + now.source() + " answers"
                            : "detector: " + now.source() + " is being looked for");
        }
        lines.add(now.engine()
                .map(engine -> "network: ok, fill '" + engine.fill() + "' on the " + engine.provider())
                .orElse("network: not loaded (" + now.sentence() + ")"));
        String folder = settings.resultDirectory()
                .map(place -> new ResultFolder(place).trouble())
                .orElse("none, set ResultDirectory to save results");
        lines.add("results: "
                + (folder.isEmpty() ? "ok, " + settings.resultDirectory().orElseThrow() : folder));
        long free = Runtime.getRuntime().maxMemory()
                - Runtime.getRuntime().totalMemory()
                + Runtime.getRuntime().freeMemory();
        lines.add("memory: " + settings.memoryBudgetBytes() / MIB + " MiB for scans, " + free / MIB + " MiB free");
        return lines;
    }
}
