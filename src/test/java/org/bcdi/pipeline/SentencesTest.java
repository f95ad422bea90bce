package org.bcdi.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SentencesTest {
    @Test
    void aLowConfidenceIsAWarning() {
        assertThat(Sentences.confidence(0.98)).isEqualTo(" and confidence 0.98.");
        assertThat(Sentences.confidence(0.31))
                .isEqualTo(
                        " and confidence 0.31. Such an object is more often wrong than right: look before you use it.");
        assertThat(Sentences.confidence(Double.NaN)).isEqualTo(".");
    }
}
