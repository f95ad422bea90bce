package org.bcdi.detector.lima;

import static org.assertj.core.api.Assertions.assertThat;

import fr.esrf.Tango.DevFailed;
import fr.esrf.TangoApi.DeviceAttribute;
import fr.esrf.TangoApi.DeviceProxy;
import java.io.File;
import java.net.URISyntaxException;
import java.net.URL;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.core.Appender;
import org.apache.logging.log4j.core.LogEvent;
import org.apache.logging.log4j.core.Logger;
import org.apache.logging.log4j.core.appender.AbstractAppender;
import org.apache.logging.log4j.core.config.Property;
import org.bcdi.detector.Acquisition;
import org.bcdi.detector.DetectorStatus;
import org.bcdi.detector.DetectorStatus.State;
import org.bcdi.detector.FrameBlock;
import org.bcdi.detector.PixelType;
import org.bcdi.testing.ChildServer;
import org.bcdi.testing.EnabledIfPython;
import org.bcdi.testing.Warnings;
import org.bcdi.volume.Roi;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A device served by PyTango, as the real Lima is: other CORBA, other integer types, older header, other byte order. */
@EnabledIfPython({"tango"})
class PyTangoDetectorIT {
    private static ChildServer server;
    private static LimaFrameSource source;

    @BeforeAll
    static void start() throws URISyntaxException {
        URL script = Objects.requireNonNull(PyTangoDetectorIT.class.getResource("/scripts/lima_device.py"));
        int port = ChildServer.freePort();
        server = ChildServer.run(List.of(
                        "/usr/bin/python3",
                        new File(script.toURI()).getPath(),
                        "1",
                        "-nodb",
                        "-dlist",
                        "test/lima/1",
                        "-ORBendPoint",
                        "giop:tcp:127.0.0.1:" + port))
                .awaitOutput("Ready to accept request");
        source = LimaFrameSource.open("tango://127.0.0.1:" + port + "/test/lima/1#dbase=no");
    }

    @AfterAll
    static void stop() {
        source.close();
        server.close();
    }

    @Test
    void its_acquisition_is_understood() {
        Acquisition acquisition = source.acquisition();

        assertThat(source.status()).isEqualTo(new DetectorStatus(State.READY, 5, ""));
        assertThat(acquisition.frames()).isEqualTo(6);
        assertThat(acquisition.type()).isEqualTo(PixelType.INT16);
        assertThat(acquisition.tag()).isEqualTo(77);
        assertThat(acquisition.roi()).contains(new Roi(10, 13, 20, 25));
        assertThat(List.of(acquisition.height(), acquisition.width())).containsExactly(3, 5);
    }

    @Test
    void images_that_it_turns_are_warned_of_once_and_not_at_every_look() {
        List<String> told = Collections.synchronizedList(new ArrayList<>());
        Appender listener = new AbstractAppender("listener", null, null, true, Property.EMPTY_ARRAY) {
            @Override
            public void append(LogEvent event) {
                told.add(event.getMessage().getFormattedMessage());
            }
        };
        Logger logger = (Logger) LogManager.getLogger(AcquisitionReader.class);
        listener.start();
        logger.addAppender(listener);
        try (LimaFrameSource turned = LimaFrameSource.open(source.name())) {
            for (int look = 0; look < 3; look++) {
                turned.acquisition();
            }
        } finally {
            logger.removeAppender(listener);
        }
        assertThat(told).singleElement().asString().contains("bins, flips or rotates");
    }

    /** Else the gaps of a named detector would be taken to be where they are not. */
    @Test
    void images_that_it_bins_or_turns_by_a_quarter_are_no_region_of_the_detector() throws DevFailed {
        DeviceProxy device = new DeviceProxy(source.name());
        DeviceAttribute binning = new DeviceAttribute("image_bin");
        try {
            binning.insert_ul(new long[] {2, 2});
            device.write_attribute(binning);
            assertThat(source.acquisition().roi()).isEmpty();

            binning.insert_ul(new long[] {1, 1});
            device.write_attribute(binning);
            device.write_attribute(new DeviceAttribute("image_rotation", "90"));
            assertThat(source.acquisition().roi()).isEmpty();
        } finally {
            device.write_attribute(new DeviceAttribute("image_rotation", "NONE"));
        }
        assertThat(source.acquisition().roi()).isPresent();
    }

    /** What marks dead pixels is summed with the images. */
    @Test
    void images_that_it_sums_are_warned_of_once() throws DevFailed {
        DeviceProxy device = new DeviceProxy(source.name());
        device.write_attribute(new DeviceAttribute("acq_mode", "ACCUMULATION"));
        try (Warnings warnings = new Warnings(AcquisitionReader.class.getName())) {
            source.acquisition();
            source.acquisition();
            assertThat(warnings.told()).singleElement().asString().contains("sums several images to a frame");
        } finally {
            device.write_attribute(new DeviceAttribute("acq_mode", "SINGLE"));
        }
    }

    @Test
    void its_frames_arrive() {
        FrameBlock block = source.fetch(77, 2, 3);

        assertThat(List.of(block.count(), block.height(), block.width())).containsExactly(3, 3, 5);
        assertThat(block.first()).isEqualTo(2);
        assertThat(IntStream.range(0, 45).mapToDouble(block::value))
                .containsExactly(IntStream.range(0, 45)
                        .mapToDouble(i -> 100 * (2 + i / 15) + i % 15)
                        .boxed()
                        .toArray(Double[]::new));
    }

    @Test
    void its_refusal_is_understood() {
        assertThat(source.fetch(Acquisition.UNTAGGED, 4, 3).count()).isZero();
    }
}
