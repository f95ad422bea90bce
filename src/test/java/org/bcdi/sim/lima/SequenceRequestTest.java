package org.bcdi.sim.lima;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.bcdi.detector.lima.DataArray;
import org.junit.jupiter.api.Test;

class SequenceRequestTest {
    @Test
    void the_end_is_exclusive_and_the_rest_optional() {
        assertThat(SequenceRequest.of(new long[] {3, 8}, DataArray.NONE)).isEqualTo(new SequenceRequest(3, 8));
        assertThat(SequenceRequest.of(new long[] {3, 8, 1, 7}, 7)).isEqualTo(new SequenceRequest(3, 8));
    }

    @Test
    void limas_refusals_are_repeated() {
        assertThatThrownBy(() -> SequenceRequest.of(new long[] {3, 3}, 7)).hasMessageContaining("NoneType");
        assertThatThrownBy(() -> SequenceRequest.of(new long[] {3, 8, 2}, 7))
                .hasMessage("Discontiguous sequences not supported yet");
        assertThatThrownBy(() -> SequenceRequest.of(new long[] {3, 8, 1, 8}, 7))
                .hasMessage("Acq. #8 (0x00000008) is not available");
        assertThatThrownBy(() -> SequenceRequest.of(new long[] {3, 8, 1, 8}, DataArray.NONE))
                .hasMessage("No acq_tag has been set yet");
        assertThatThrownBy(() -> SequenceRequest.of(new long[] {3}, 7)).hasMessageContaining("got 1 values");
    }
}
