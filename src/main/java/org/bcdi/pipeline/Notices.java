package org.bcdi.pipeline;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What the user should know, in sentences; empty ones say nothing.
 *
 * @param broken why nothing works until Reset
 * @param troubles that last, by subject, and end by themselves: the detector does not answer
 * @param alarm of the last scan: incomplete, not saved
 * @param note of the last scan when all went well
 */
record Notices(String broken, Map<String, String> troubles, String alarm, String note) {
    static final Notices NONE = new Notices("", Map.of(), "", "");

    Notices {
        troubles = Map.copyOf(troubles);
    }

    Notices withBroken(String sentence) {
        return new Notices(sentence, troubles, alarm, note);
    }

    /** Begins a trouble, or ends it by an empty sentence. */
    Notices withTrouble(String subject, String sentence) {
        Map<String, String> changed = new LinkedHashMap<>(troubles);
        changed.remove(subject);
        if (!sentence.isEmpty()) {
            changed.put(subject, sentence);
        }
        return new Notices(broken, changed, alarm, note);
    }

    Notices withAlarm(String sentence) {
        return new Notices(broken, troubles, sentence, note);
    }

    /** Adds to the alarm: a scan that came incomplete may fail to be phased, too. */
    Notices withFurtherAlarm(String sentence) {
        return alarm.contains(sentence) ? this : withAlarm((alarm + " " + sentence).strip());
    }

    /** Ends the alarm as far as it is this sentence. */
    Notices withoutAlarm(String sentence) {
        return withAlarm(alarm.replace(sentence, "").strip());
    }

    Notices withNote(String sentence) {
        return new Notices(broken, troubles, alarm, sentence);
    }
}
