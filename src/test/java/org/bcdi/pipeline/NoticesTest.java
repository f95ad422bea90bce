package org.bcdi.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class NoticesTest {
    private static final String INCOMPLETE = "S1 is incomplete: the detector was stopped after frame 5.";
    private static final String FAILED = "S1 could not be phased (no memory); call Reprocess.";

    @Test
    void aFurtherAlarmLeavesTheOneBefore() {
        Notices both = Notices.NONE.withAlarm(INCOMPLETE).withFurtherAlarm(FAILED);

        assertThat(both.alarm()).isEqualTo(INCOMPLETE + " " + FAILED);
        assertThat(both.withFurtherAlarm(FAILED)).isEqualTo(both);
        assertThat(both.withFurtherAlarm("")).isEqualTo(both);
        assertThat(both.withoutAlarm(FAILED).alarm()).isEqualTo(INCOMPLETE);
        assertThat(both.withoutAlarm(INCOMPLETE).alarm()).isEqualTo(FAILED);
    }

    @Test
    void aJobThatFailsLeavesTheAlarmOfItsScan() {
        Snapshot incomplete = Snapshot.NONE.withNotices(Notices.NONE.withAlarm(INCOMPLETE));

        assertThat(incomplete
                        .ended("1", true, Stage.FAILED, FAILED, "")
                        .notices()
                        .alarm())
                .isEqualTo(INCOMPLETE + " " + FAILED);
        assertThat(incomplete.ended("1", true, Stage.DONE, "", "").notices().alarm())
                .isEqualTo(INCOMPLETE);
    }
}
