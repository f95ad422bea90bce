package org.bcdi.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import fr.esrf.Tango.AttrQuality;
import fr.esrf.Tango.DevFailed;
import fr.esrf.Tango.DevState;
import java.io.IOException;
import java.lang.ref.WeakReference;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.bcdi.pipeline.Published;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.tango.DeviceState;
import org.tango.client.database.DatabaseFactory;
import org.tango.server.build.DeviceClassBuilder;
import org.tango.server.servant.DeviceImpl;

/** The device as JTango builds it, without a server, on a Tango database in memory. */
@Timeout(60)
class BcdiOnlineTest {
    private static final String NAME = "id01/bcdi/1";

    private DeviceImpl built;

    @TempDir
    private Path folder;

    @BeforeEach
    void makeADatabase() {
        DatabaseFactory.setUseDb(false);
        DatabaseFactory.setNoDbDevices(new String[] {NAME}, DeviceServer.CLASS_NAME);
    }

    @AfterEach
    void delete() throws DevFailed {
        built.deleteDevice();
        DatabaseFactory.setUseDb(true);
    }

    @Test
    void aMemorizedSettingThatIsRefusedIsShownUntilItIsWrittenAnew() throws DevFailed {
        memorize("recipe", "HIO30/OLD");
        memorize("roi", "auto:256");
        memorize("sliceAxis", "2");
        BcdiOnline device = start("linear", "none");

        until(device, DeviceState.ALARM);
        assertThat(device.getStatus()).contains("The memorized recipe is not restored", "HIO30/OLD");
        assertThat(device.getRoi()).isEqualTo("auto:256");
        assertThat(device.getSliceAxis()).isEqualTo(2);
        device.setRecipe("ER5");
        assertThat(device.getState()).isEqualTo(DeviceState.STANDBY);
    }

    @Test
    void resetTakesNoteThatAMemorizedSettingWasRefused() throws DevFailed {
        memorize("seed", "first");
        BcdiOnline device = start("linear", "none");

        until(device, DeviceState.ALARM);
        assertThat(device.getStatus()).contains("'first' is no whole number.");
        assertThat(built.state()).isEqualTo(DevState.ALARM);
        assertThat(built.status()).contains("The memorized seed is not restored");
        device.reset();
        assertThat(device.getState()).isEqualTo(DeviceState.STANDBY);
    }

    @Test
    void aRecipeThatIsWrittenAfterModelsCouldNotBeLoadedIsTheOneThatResetLoadsThemFor() throws DevFailed {
        BcdiOnline device = start("absent.onnx", "auto");
        until(device, DeviceState.FAULT);
        device.setRecipe("NET/ER5");
        give("linear", "none");
        built.initCmd();
        until(device, DeviceState.FAULT);
        assertThat(device.getStatus()).contains("NET/ER5");

        device.setRecipe("ER5");
        device.reset();
        until(device, DeviceState.STANDBY);
    }

    @Test
    void initForgetsAPropertyThatIsEmptyNow() throws DevFailed {
        DatabaseFactory.getDatabase()
                .setDeviceProperties(NAME, new HashMap<>(Map.of("MaskFile", new String[] {"absent.npy"})));
        BcdiOnline device = start("linear", "none");
        until(device, DeviceState.FAULT);
        assertThat(device.getStatus()).contains("absent.npy");

        DatabaseFactory.getDatabase().setDeviceProperties(NAME, new HashMap<>(Map.of("MaskFile", new String[] {""})));
        built.initCmd();
        until(device, DeviceState.STANDBY);
    }

    @Test
    void thePicturesOfAResultDoNotOutliveIt() throws DevFailed, IOException {
        BcdiOnline device = start("linear", "none");
        device.setRecipe("none");
        WeakReference<Published> first = new WeakReference<>(process(device, "first"));
        assertThat(device.getRawSlice().getQuality()).isEqualTo(AttrQuality.ATTR_VALID);

        process(device, "second");
        until(() -> {
            System.gc();
            return first.get() == null;
        });
    }

    private Published process(BcdiOnline device, String scan) throws DevFailed, IOException {
        device.reprocess(Files.write(folder.resolve(scan + ".npy"), npy()).toString());
        until(() -> device.snapshot()
                .published()
                .filter(last -> last.curve().name().equals(scan) && last.scan().isPresent())
                .isPresent());
        return device.snapshot().published().orElseThrow();
    }

    /** 4x8x8 voxels that hold a photon each. */
    private static byte[] npy() {
        String header = "{'descr': '|u1', 'fortran_order': False, 'shape': (4, 8, 8), }";
        String padded = header + " ".repeat(117 - header.length()) + "\n";
        ByteBuffer file = ByteBuffer.allocate(128 + 256).order(ByteOrder.LITTLE_ENDIAN);
        file.put((byte) 0x93)
                .put("NUMPY".getBytes(StandardCharsets.US_ASCII))
                .put((byte) 1)
                .put((byte) 0);
        file.putShort((short) 118).put(padded.getBytes(StandardCharsets.US_ASCII));
        while (file.hasRemaining()) {
            file.put((byte) 1);
        }
        return file.array();
    }

    private static void memorize(String attribute, String value) throws DevFailed {
        DatabaseFactory.getDatabase()
                .setAttributeProperties(NAME, attribute, new HashMap<>(Map.of("__value", new String[] {value})));
    }

    private BcdiOnline start(String fill, String phasing) throws DevFailed {
        give(fill, phasing);
        built = new DeviceClassBuilder(BcdiOnline.class, DeviceServer.CLASS_NAME).buildDevice(NAME);
        return (BcdiOnline) built.getBusinessObject();
    }

    private static void give(String fill, String phasing) throws DevFailed {
        DatabaseFactory.getDatabase()
                .setDeviceProperties(
                        NAME,
                        new HashMap<>(Map.of(
                                "InpaintingModel", new String[] {fill}, "PhasingModel", new String[] {phasing})));
    }

    private static void until(BcdiOnline device, DeviceState state) {
        until(() -> device.getState() == state);
    }

    private static void until(Callable<Boolean> condition) {
        await().atMost(Duration.ofSeconds(30))
                .pollInterval(Duration.ofMillis(2))
                .until(condition);
    }
}
