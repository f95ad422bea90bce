package org.bcdi.detector.lima;

import static org.assertj.core.api.Assertions.assertThat;

import fr.esrf.Tango.DevError;
import fr.esrf.Tango.DevFailed;
import fr.esrf.Tango.ErrSeverity;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RefusalTest {
    @ParameterizedTest
    @CsvSource({
        "Control: readBlock(CtControl.cpp 915): Error: Frame(s) not available yet, NOT_YET",
        "Control: readOneImageBuffer(CtControl.cpp 990): Error: Frame not available yet, NOT_YET",
        "Hardware: getFrameInfo(HwBufferMgr.cpp 637): Error: Frame 12 not available, GONE",
        "Control: readOneImageBuffer(CtControl.cpp 987): Error: Frame no more available, GONE",
        "Acq. #8 (0x00000008) is not available, OTHER_ACQUISITION",
        "No acq_tag has been set yet, NO_TAG"
    })
    void limas_words_are_understood(String words, Refusal refusal) {
        assertThat(Refusal.in(failure("PyDs_PythonError", "limacore.Exception: " + words)))
                .contains(refusal);
    }

    @Test
    void a_missing_command_is_understood_by_its_reason() {
        assertThat(Refusal.in(failure("API_CommandNotFound", "Command readImageSeq not found")))
                .contains(Refusal.NO_COMMAND);
    }

    @Test
    void anything_else_is_no_refusal() {
        assertThat(Refusal.in(failure("PyDs_PythonError", "AttributeError"))).isEmpty();
    }

    private static DevFailed failure(String reason, String words) {
        return new DevFailed(words, new DevError[] {
            new DevError(reason, ErrSeverity.ERR, words, "LimaCCDs"),
            new DevError("API_CommandFailed", ErrSeverity.ERR, "Failed to execute command_inout", "Connection")
        });
    }
}
