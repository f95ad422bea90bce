package org.bcdi.device;

import static org.assertj.core.api.Assertions.assertThat;

import fr.esrf.Tango.DevFailed;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class BcdiSettingsTest {
    private static final int WRITES = 200_000;

    private final BcdiOnline device = new BcdiOnline();
    private volatile boolean over;

    @Test
    void twoClientsThatWriteAtOnceLoseNothing() throws DevFailed, InterruptedException {
        AtomicInteger lost = new AtomicInteger();
        Thread other = new Thread(() -> {
            for (int seed = device.getSeed(); !over; seed++) {
                if (device.getSeed() != seed) {
                    lost.incrementAndGet();
                }
                device.setSeed(seed + 1);
            }
        });
        other.start();
        for (int i = 1; i <= WRITES; i++) {
            device.setRoi("auto:" + i);
            if (!device.getRoi().equals("auto:" + i)) {
                lost.incrementAndGet();
            }
        }
        over = true;
        other.join();
        assertThat(lost).hasValue(0);
    }
}
