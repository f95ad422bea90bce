package org.bcdi.pipeline;

/**
 * One scan on its way through processing.
 *
 * @param id by which Reprocess names it
 * @param scan name of the scan
 * @param source {@code detector}, a file, or {@code memory} for the last scan again
 * @param state queued, inpainting, phasing, saving, done, failed or cancelled
 * @param sentence why it failed, else empty
 * @param file where the result was saved, else empty
 */
public record Job(String id, String scan, String source, String state, String sentence, String file) {
    Job withState(String now, String why) {
        return new Job(id, scan, source, now, why, file);
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
