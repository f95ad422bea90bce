package org.bcdi.pipeline;

/**
 * What the threads have in hand, or what became of it.
 *
 * @param taking the scan being taken, idle between scans
 * @param processing of a scan that was taken; then its outcome
 * @param saving of a result; then its outcome, until another scan is processed
 */
record Activity(Work taking, Work processing, Work saving) {
    static final Activity NONE = new Activity(Work.IDLE, Work.IDLE, Work.IDLE);

    Activity withTaking(Work now) {
        return new Activity(now, processing, saving);
    }

    Activity withProcessing(Work now) {
        return new Activity(taking, now, saving);
    }

    Activity processed(String job, Stage outcome) {
        return new Activity(taking, Work.ended(job, outcome), saving.active() ? saving : Work.IDLE);
    }

    /** A result waits to be saved or is being saved; the newest counts. */
    Activity saving(String job, long nanos) {
        return isOfAnother(job) ? this : new Activity(taking, processing, new Work(job, Stage.SAVING, 0, nanos));
    }

    /** The newest result of those that wait to be saved. */
    Activity waitingForSaving(String job, long nanos) {
        return new Activity(taking, processing, new Work(job, Stage.SAVING, 0, nanos));
    }

    Activity saved(String job, Stage outcome) {
        return isOfAnother(job) ? this : new Activity(taking, processing, Work.ended(job, outcome));
    }

    /** What matters most. A failure to process is not made good by saving the result of another scan meanwhile. */
    Work foremost() {
        if (processing.active()) {
            return processing;
        }
        if (saving.active()) {
            return saving;
        }
        if (taking.active()) {
            return taking;
        }
        return processing.stage() != Stage.FAILED && saving.stage() == Stage.FAILED ? saving : processing;
    }

    private boolean isOfAnother(String job) {
        return saving.active() && !saving.owner().equals(job);
    }
}
