package org.bcdi.sim.lima;

import static org.assertj.core.api.Assertions.assertThat;

import org.bcdi.detector.PixelType;
import org.bcdi.testing.EnabledIfPython;
import org.bcdi.testing.Python;
import org.bcdi.testing.SimulatedDetector;
import org.bcdi.testing.SimulatedDetector.Film;
import org.junit.jupiter.api.Test;

/** The simulated detector seen by PyTango, which is what runs beamlines. */
@EnabledIfPython({"tango", "struct"})
class LimaCCDsIT {
    private static final Film FILM = new Film(PixelType.UINT32, 4, 6, 50, false);

    /** Runs an acquisition to its end. */
    private static final String PRELUDE = """
            import struct, sys, time, tango
            detector = tango.DeviceProxy(sys.argv[1])
            def acquire(frames, exposure):
                detector.acq_nb_frames, detector.acq_expo_time = frames, exposure
                detector.prepareAcq()
                detector.startAcq()
                while detector.acq_status == 'Running':
                    time.sleep(0.01)
            def decode(encoded):
                name, data = encoded
                h = struct.unpack_from('<IHHIIHHHHHHHHIIIIIIQQII', data)
                n = h[7] * h[8] * max(1, h[9])
                return name, h[3], h[7:10], h[19], struct.unpack_from('<%dI' % n, data, h[2])
            def refused(call):
                try:
                    call()
                except tango.DevFailed as e:
                    print(e.args[0].reason, '|', e.args[0].desc.split('Error: ')[-1])
            """;

    @Test
    void every_attribute_can_be_read() {
        try (SimulatedDetector detector = SimulatedDetector.start(FILM, Weaknesses.NONE)) {
            String read = Python.run(PRELUDE + """
                            acquire(3, 0.001)
                            for name in sorted(detector.get_attribute_list(), key=str.lower):
                                if name not in ('last_image', 'Status'):
                                    value = detector.read_attribute(name).value
                                    print(name, value.tolist() if hasattr(value, 'tolist') else value)
                            """, detector.address());

            assertThat(read.lines())
                    .contains(
                            "acq_status Ready",
                            "acq_status_fault_error No error",
                            "acq_trigger_mode INTERNAL_TRIGGER",
                            "acq_nb_frames 3",
                            "acq_tag 4294967295",
                            "buffer_max_number 3",
                            "camera_pixelsize [55.0, 55.0]",
                            "image_max_dim [6, 4]",
                            "image_roi [0, 0, 6, 4]",
                            "image_sizes [0, 4, 6, 4]",
                            "image_type Bpp32",
                            "last_image_acquired 2",
                            "last_image_ready 2",
                            "ready_for_next_acq True",
                            "State ON",
                            "user_detector_name sim");
        }
    }

    @Test
    void images_decode_by_their_header() {
        try (SimulatedDetector detector = SimulatedDetector.start(FILM, Weaknesses.NONE)) {
            String decoded = Python.run(PRELUDE + """
                            acquire(10, 0.001)
                            name, kind, dims, first, pixels = decode(detector.last_image)
                            print(name, kind, dims, first, pixels[0])
                            name, kind, dims, first, pixels = decode(detector.readImage(4))
                            print(name, kind, dims, first, pixels[0])
                            name, kind, dims, first, pixels = decode(detector.readImageSeq([6, 9]))
                            print(name, kind, dims, first, pixels[0], pixels[24], pixels[48])
                            print(struct.unpack_from('<I', bytes(detector.getImage(7)))[0])
                            """, detector.address());

            assertThat(decoded.lines())
                    .containsExactly(
                            "DATA_ARRAY 2 (6, 4, 0) 9 9",
                            "DATA_ARRAY 2 (6, 4, 0) 4 4",
                            "DATA_ARRAY 4 (6, 4, 3) 6 6 7 8",
                            "7");
        }
    }

    @Test
    void refusals_come_in_limas_words() {
        try (SimulatedDetector detector = SimulatedDetector.start(FILM, Weaknesses.NONE.withBuffers(4))) {
            String refusals = Python.run(PRELUDE + """
                            refused(detector.startAcq)
                            refused(lambda: detector.buffer_max_number)
                            acquire(10, 0.001)
                            refused(lambda: detector.readImage(2))
                            refused(lambda: detector.readImage(10))
                            refused(lambda: detector.readImageSeq([4, 8]))
                            refused(lambda: detector.readImageSeq([8, 9, 2]))
                            refused(lambda: setattr(detector, 'acq_trigger_mode', 'EXTERNAL_GATE'))
                            """, detector.address());

            assertThat(refusals.lines())
                    .allMatch(line -> line.startsWith("PyDs_PythonError | "))
                    .map(line -> line.substring(line.indexOf('|') + 2))
                    .containsExactly(
                            "Run prepareAcq before starting acquisition",
                            "Invalid FrameDim",
                            "Frame 2 not available",
                            "Frame(s) not available yet",
                            "Frame 4 not available",
                            "Discontiguous sequences not supported yet",
                            "Trigger mode EXTERNAL_GATE is not simulated; INTERNAL_TRIGGER and INTERNAL_TRIGGER_MULTI are");
        }
    }

    @Test
    void events_are_throttled_and_the_last_may_never_come() {
        Weaknesses weak = Weaknesses.NONE.withEventsPerSecond(10).withoutFinalEvent();
        try (SimulatedDetector detector = SimulatedDetector.start(FILM, weak)) {
            assertThat(events(detector, 50)).isEqualTo("few True last False ends Running");
        }
    }

    @Test
    void on_a_good_day_the_last_event_comes() {
        try (SimulatedDetector detector = SimulatedDetector.start(FILM, Weaknesses.NONE)) {
            assertThat(events(detector, 20)).endsWith("last True ends Ready");
        }
    }

    @Test
    void image_events_can_be_off_and_the_status_stale() {
        Weaknesses weak = Weaknesses.NONE.withoutImageEvents().withStaleStatus();
        try (SimulatedDetector detector = SimulatedDetector.start(FILM, weak)) {
            assertThat(events(detector, 20)).isEqualTo("few True last False ends Running");
        }
    }

    /** What came of the events of an acquisition at 100 frames/s, once nothing more came for a second. */
    private static String events(SimulatedDetector detector, int frames) {
        return Python.run(PRELUDE + """
                        ready, status = [], []
                        def take(values):
                            return lambda e: e.err or values.append(e.attr_value.value)
                        change = tango.EventType.CHANGE_EVENT
                        detector.subscribe_event('last_image_ready', change, take(ready))
                        detector.subscribe_event('acq_status', change, take(status))
                        frames = int(sys.argv[2])
                        acquire(frames, 0.01)
                        time.sleep(1)
                        print('few', len(ready) < frames / 2, 'last', frames - 1 in ready, 'ends', status[-1])
                        """, detector.address(), frames);
    }
}
