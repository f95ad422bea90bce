package org.bcdi.pipeline;

/**
 * One scan on its way through processing.
 *
 * @param id by which Reprocess names it
 * @param scan name of the scan
 * @param source {@code detector}, a file, or {@code memory} for the last scan again
 * @param state queued, inpainting, phasing, saving, done, failed or cancelled
 * @param sentence what the scan lacks and why it failed; empty where all is well
 * @param file where the result was saved, else empty
 */
public record Job(String id, String scan, String source, String state, String sentence, String file) {
    /** @param why it failed, empty where it did not; added to what is known */
    Job withState(String now, String why) {
        String all = sentence.contains(why) ? sentence : (sentence + " " + why).strip();
        return new Job(id, scan, source, now, all, file);
    }

    Job withScan(String name) {
        return new Job(id, name, source, state, sentence, file);
    }

    Job withFile(String path) {
        return new Job(id, scan, source, state, sentence, path);
    }

    boolean queued() {
        return state.equals("queued");
    }

    boolean ended() {
        return state.equals("done") || state.equals("failed") || state.equals("cancelled");
    }
}
