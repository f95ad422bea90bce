package org.bcdi.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.bcdi.phase.Reconstruction;
import org.junit.jupiter.api.Test;

class SentencesTest {
    @Test
    void aLowConfidenceIsAWarning() {
        assertThat(told(0.98)).isEqualTo(" and confidence 0.98.");
        assertThat(told(0.31))
                .isEqualTo(
                        " and confidence 0.31. Such an object is more often wrong than right: look before you use it.");
        assertThat(told(Double.NaN)).isEqualTo(" and too few photons to tell a confidence.");
    }

    private static String told(double confidence) {
        return Sentences.confidence(new Reconstruction.Metrics(0.5, 1, 3, List.of(), 1, 0, confidence, Map.of()));
    }
}
