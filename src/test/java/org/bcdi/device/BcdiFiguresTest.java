package org.bcdi.device;

import static org.assertj.core.api.Assertions.assertThat;

import fr.esrf.Tango.AttrQuality;
import fr.esrf.Tango.DevFailed;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import org.bcdi.mask.Mask;
import org.bcdi.phase.Reconstruction;
import org.bcdi.pipeline.ProcessedScan;
import org.bcdi.pipeline.Published;
import org.bcdi.pipeline.Snapshot;
import org.bcdi.pipeline.Timings;
import org.bcdi.stack.BraggPeak;
import org.bcdi.stack.RockingCurve;
import org.bcdi.store.Provenance;
import org.bcdi.store.ScanResult;
import org.bcdi.volume.ComplexVolume;
import org.bcdi.volume.Region3;
import org.bcdi.volume.Roi;
import org.bcdi.volume.Shape3;
import org.bcdi.volume.Volume;
import org.junit.jupiter.api.Test;
import org.tango.DeviceState;
import org.tango.server.attribute.AttributeValue;

class BcdiFiguresTest {
    private static final Shape3 SHAPE = new Shape3(1, 1, 1);
    private static final RockingCurve CURVE =
            new RockingCurve("S1", Volume.zeros(SHAPE), Mask.none(SHAPE), new Roi(0, 1, 0, 1), List.of(), List.of());

    @Test
    void thePhasingTimeIsOfOneResultEvenWhenTheNextIsPublishedWhileItIsRead() throws DevFailed {
        AttributeValue time = new Figures(phased(3.5), raw()).getPhasingTime();

        assertThat(time.getValue()).isEqualTo(3.5);
        assertThat(new Figures(raw()).getPhasingTime().getQuality()).isEqualTo(AttrQuality.ATTR_INVALID);
    }

    @Test
    void aFigureThatNobodyCouldTellIsNone() throws DevFailed {
        assertThat(new Figures(phased(3.5)).getConfidence().getQuality()).isEqualTo(AttrQuality.ATTR_INVALID);
        assertThat(new Figures(phased(3.5)).getRFactor().getValue()).isEqualTo(0.5);
    }

    private static Published raw() {
        return new Published(CURVE, "{}", new BraggPeak(0, 0, 0), Optional.empty(), 0);
    }

    private static Published phased(double seconds) {
        Reconstruction object = new Reconstruction(
                new ComplexVolume(SHAPE, new float[2]),
                Mask.none(SHAPE),
                Region3.whole(SHAPE),
                "ER1",
                1,
                new Reconstruction.Metrics(0.5, 1.5, 1, List.of(), 1, 0));
        ScanResult result = new ScanResult(
                CURVE,
                Volume.zeros(SHAPE),
                Volume.zeros(SHAPE),
                object,
                new Provenance("test", "{}", Map.of(), Map.of(), 1));
        ProcessedScan scan = new ProcessedScan(result, "cpu", "cpu", 0, 0, Timings.NONE.withPhase(seconds));
        return new Published(CURVE, "{}", new BraggPeak(0, 0, 0), Optional.of(scan), 0);
    }

    /** Shows another result at each look; the last one stays. */
    private static final class Figures extends BcdiFigures {
        private final Queue<Published> results;

        Figures(Published... results) {
            this.results = new ArrayDeque<>(List.of(results));
        }

        @Override
        Snapshot snapshot() {
            Published shown = results.size() > 1 ? results.remove() : results.element();
            Snapshot none = Snapshot.NONE;
            return new Snapshot(
                    none.source(),
                    none.engine(),
                    none.following(),
                    none.activity(),
                    none.counters(),
                    none.notices(),
                    Optional.of(shown),
                    none.live(),
                    none.jobs(),
                    none.lastFile());
        }

        @Override
        public DeviceState getState() {
            return DeviceState.ON;
        }

        @Override
        public String getStatus() {
            return "";
        }
    }
}
