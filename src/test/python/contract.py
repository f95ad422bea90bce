"""The contract of Tango class BcdiOnline, checked from outside on a running device that follows a simulated detector.

usage: contract.py DEVICE DETECTOR FRAMES RESULT_DIRECTORY
"""

import json
import os
import sys
import time
import unittest

import h5py
import numpy
import tango

from client import Listener, connect, scan, wait_until
from data_array import decode

STRING, LONG, DOUBLE, BOOLEAN, FLOAT, UCHAR, ENCODED = (
    tango.DevString,
    tango.DevLong,
    tango.DevDouble,
    tango.DevBoolean,
    tango.DevFloat,
    tango.DevUChar,
    tango.DevEncoded,
)

READ_ONLY = {
    "stage": STRING,
    "progress": DOUBLE,
    "eta": DOUBLE,
    **dict.fromkeys(
        ("scanCount", "framesExpected", "framesReceived", "framesMissing", "frameLag", "curvesDropped"), LONG
    ),
    **dict.fromkeys(("detectorDevice", "executionProvider", "modelInfo", "version", "lastFile", "jobs"), STRING),
    **dict.fromkeys(("inpaintingTime", "phasingTime", "latency"), DOUBLE),
    **dict.fromkeys(("gapFraction", "rFactor", "freeLogLikelihood", "confidence", "supportFraction"), DOUBLE),
}
SETTINGS = {
    **dict.fromkeys(("autoProcess", "autoPhase", "autoSave"), BOOLEAN),
    **dict.fromkeys(("recipe", "roi"), STRING),
    **dict.fromkeys(("seed", "sliceAxis", "sliceIndex"), LONG),
}
IMAGES = {
    **dict.fromkeys(("lastFrame", "rawSlice"), LONG),
    **dict.fromkeys(("maskSlice", "supportSlice"), UCHAR),
    **dict.fromkeys(
        ("inpaintedSlice", "uncertaintySlice", "inpaintedProjection", "amplitudeSlice", "phaseSlice"), FLOAT
    ),
}
VOLUMES = dict.fromkeys(
    ("rawVolume", "inpaintedVolume", "uncertaintyVolume", "amplitudeVolume", "phaseVolume"), ENCODED
)
ALL = {**READ_ONLY, **SETTINGS, **IMAGES, **VOLUMES}
UNITS = {
    "progress": "%",
    **dict.fromkeys(("eta", "inpaintingTime", "phasingTime", "latency"), "s"),
    **dict.fromkeys(("framesExpected", "framesReceived", "framesMissing", "frameLag"), "frames"),
    **dict.fromkeys(("phaseSlice", "phaseVolume"), "rad"),
    **dict.fromkeys(("amplitudeSlice", "amplitudeVolume"), "sqrt(photons)"),
    **dict.fromkeys(("lastFrame", "rawSlice", "rawVolume", "inpaintedSlice", "inpaintedVolume"), "photons"),
    **dict.fromkeys(("inpaintedProjection", "uncertaintySlice", "uncertaintyVolume"), "photons"),
}
STAGES = ("idle", "acquiring", "inpainting", "phasing", "saving", "done")

COMMANDS = {
    **dict.fromkeys(("Start", "Stop", "Abort", "Reset", "EndScan"), tango.DevVoid),
    **dict.fromkeys(("BeginScan", "Reprocess", "Save"), STRING),
    "SelfTest": tango.DevVoid,
}

DEVICE, DETECTOR, FRAMES, RESULTS = sys.argv[1:5]


class Contract(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.device = connect(DEVICE)
        cls.device.set_timeout_millis(10_000)
        cls.detector = connect(DETECTOR)
        wait_until("the models to load", lambda: cls.device.state() != tango.DevState.INIT)
        cls.before = cls.read_all()
        cls.listener = Listener(cls.device, [*READ_ONLY, *SETTINGS, *IMAGES])
        cls.device.Start()
        cls.stages = scan(cls.device, cls.detector, int(FRAMES))
        cls.after = cls.read_all()

    @classmethod
    def tearDownClass(cls):
        cls.listener.close()

    @classmethod
    def read_all(cls):
        """Attribute values by name; a DevFailed stands in for the attribute that raised it."""
        values = {}
        for name in ALL:
            try:
                values[name] = cls.device.read_attribute(name, extract_as=tango.ExtractAs.Numpy)
            except tango.DevFailed as failure:
                values[name] = failure
        return values

    def refused(self, action, *arguments):
        """The sentence of the DevFailed that the action must raise."""
        with self.assertRaises(tango.DevFailed) as caught:
            action(*arguments)
        sentence = caught.exception.args[0].desc.strip()
        self.assertGreater(len(sentence), 20, sentence)
        self.assertNotIn("Exception", sentence)
        self.assertNotIn("\tat ", sentence)
        return sentence

    def test_every_attribute_has_the_type_format_and_access_of_the_table(self):
        for name in ALL:
            with self.subTest(attribute=name):
                info = self.device.get_attribute_config(name)
                self.assertEqual(info.name, name)
                self.assertEqual(tango.CmdArgType.values[info.data_type], ALL[name])
                self.assertEqual(
                    info.data_format, tango.AttrDataFormat.IMAGE if name in IMAGES else tango.AttrDataFormat.SCALAR
                )
                writable = tango.AttrWriteType.READ_WRITE if name in SETTINGS else tango.AttrWriteType.READ
                self.assertEqual(info.writable, writable)

    def test_every_attribute_of_the_device_says_what_it_is(self):
        for info in self.device.attribute_list_query_ex():
            with self.subTest(attribute=info.name):
                self.assertNotIn(info.description.strip(), ("", "No description"))
                self.assertNotEqual(info.label.strip(), "")
                if info.name in UNITS:
                    self.assertEqual(info.unit, UNITS[info.name])

    def test_every_setting_is_memorized(self):
        kinds = tango._tango.AttrMemorizedType  # which PyTango 9.3 does not show
        for name in SETTINGS:
            with self.subTest(attribute=name):
                memorized = self.device.get_attribute_config(name).memorized
                self.assertIn(memorized, (kinds.MEMORIZED, kinds.MEMORIZED_WRITE_INIT))

    def test_before_the_first_scan_an_attribute_is_read_or_invalid_and_never_an_error(self):
        for name in ALL:
            with self.subTest(attribute=name):
                self.assertNotIsInstance(self.before[name], tango.DevFailed, self.before[name])
        for name in [*VOLUMES, "inpaintedSlice", "amplitudeSlice", "rFactor"]:
            with self.subTest(attribute=name):
                self.assertEqual(self.before[name].quality, tango.AttrQuality.ATTR_INVALID)
                self.assertIsNone(self.before[name].value)

    def test_after_a_scan_every_attribute_has_a_value(self):
        for name in set(ALL) - {"eta", "lastFile"}:
            with self.subTest(attribute=name):
                self.assertNotIsInstance(self.after[name], tango.DevFailed, self.after[name])
                self.assertNotEqual(self.after[name].quality, tango.AttrQuality.ATTR_INVALID)
                self.assertIsNotNone(self.after[name].value)

    def test_the_counts_of_frames_add_up(self):
        self.assertEqual(self.after["framesExpected"].value, int(FRAMES))
        self.assertEqual(self.after["framesReceived"].value, int(FRAMES))
        self.assertEqual(self.after["framesMissing"].value, 0)
        self.assertEqual(self.after["frameLag"].value, 0)
        self.assertEqual(self.after["scanCount"].value, 1)

    def test_stages_come_in_order(self):
        order = [STAGES.index(word) for word in self.stages]
        self.assertEqual(order[1:], sorted(order[1:]), self.stages)
        self.assertEqual(self.stages[-1], "done")

    def test_events_brought_first_value_and_last_value_without_an_error(self):
        self.assertEqual(self.listener.errors, [])
        wait_until("the last event", lambda: self.listener.of("stage")[-1] == self.device.stage, 5)
        for name in ("stage", "progress", "scanCount", "framesReceived", "inpaintedSlice", "amplitudeSlice"):
            with self.subTest(attribute=name):
                pushed = self.listener.of(name)
                self.assertGreater(len(pushed), 1, "only the value at subscription came")
                self.assertIsNotNone(pushed[-1])

    def test_volumes_decode_by_their_header_and_have_one_shape(self):
        volumes = {name: decode(self.after[name].value) for name in VOLUMES}
        shape = volumes["rawVolume"].shape
        self.assertEqual(len(shape), 3)
        self.assertEqual(shape[0], int(FRAMES))
        for name in ("inpaintedVolume", "uncertaintyVolume"):
            with self.subTest(attribute=name):
                self.assertEqual(volumes[name].shape, shape)
                self.assertEqual(volumes[name].dtype, numpy.dtype("<f4"))
        self.assertEqual(volumes["amplitudeVolume"].shape, volumes["phaseVolume"].shape)
        self.assertTrue(numpy.all(numpy.isfinite(volumes["inpaintedVolume"])))
        self.assertGreaterEqual(volumes["inpaintedVolume"].min(), 0)
        self.assertLessEqual(numpy.abs(volumes["phaseVolume"]).max(), numpy.pi + 1e-6)
        self.assertGreater(volumes["amplitudeVolume"].max(), 0)

    def test_a_measured_voxel_keeps_its_counts(self):
        measured = self.after["maskSlice"].value == 0
        raw, inpainted = self.after["rawSlice"].value, self.after["inpaintedSlice"].value
        self.assertTrue(measured.any())
        numpy.testing.assert_array_equal(raw[measured], inpainted[measured])

    def test_the_newest_frame_is_filled_for_whoever_reads_it(self):
        def preview():
            return self.device.read_attribute("lastFrameInpainted")

        wait_until("the preview", lambda: preview().quality != tango.AttrQuality.ATTR_INVALID, 30)
        filled, raw = preview().value, self.device.lastFrame
        self.assertEqual(filled.dtype, numpy.float32)
        self.assertEqual(filled.shape, raw.shape)
        self.assertTrue(numpy.isfinite(filled).all())
        numpy.testing.assert_array_equal(filled[raw > 0], raw[raw > 0])
        estimated = filled != raw
        self.assertTrue((raw[estimated] == 0).all())
        self.assertGreaterEqual(filled.min(), 0)

    def test_slices_are_cut_where_the_settings_say(self):
        raw, inpainted = (decode(self.device.read_attribute(name).value) for name in ("rawVolume", "inpaintedVolume"))
        try:
            for axis in (0, 1, 2):
                self.device.sliceAxis, self.device.sliceIndex = axis, 3
                wait_until(
                    f"slice 3 of axis {axis}",
                    lambda: numpy.array_equal(self.device.inpaintedSlice, inpainted.take(3, axis)),
                    5,
                )
                measured = self.device.maskSlice == 0
                numpy.testing.assert_array_equal(self.device.rawSlice[measured], raw.take(3, axis)[measured])
        finally:
            self.device.sliceAxis, self.device.sliceIndex = 0, -1

    def test_settings_can_be_written_and_read_back(self):
        values = {"autoProcess": False, "autoPhase": False, "autoSave": True, "recipe": "HIO20/ER10", "seed": 5, "roi": "auto:64"}
        for name in values:
            with self.subTest(attribute=name):
                kept = self.device.read_attribute(name).value
                try:
                    self.device.write_attribute(name, values[name])
                    self.assertEqual(self.device.read_attribute(name).value, values[name])
                finally:
                    self.device.write_attribute(name, kept)

    def test_a_bad_setting_is_refused_in_a_sentence_and_changes_nothing(self):
        for name, bad in (("recipe", "HIOO300"), ("roi", "5:2,1:9"), ("sliceAxis", 3), ("sliceIndex", -7)):
            with self.subTest(attribute=name):
                kept = self.device.read_attribute(name).value
                self.assertIn(str(bad).lower(), self.refused(self.device.write_attribute, name, bad).lower())
                self.assertEqual(self.device.read_attribute(name).value, kept)

    def test_every_command_of_the_table_is_there_with_its_argument(self):
        known = {info.cmd_name: info for info in self.device.command_list_query()}
        for name in COMMANDS:
            with self.subTest(command=name):
                self.assertIn(name, known)
                self.assertEqual(tango.CmdArgType.values[known[name].in_type], COMMANDS[name])

    def test_commands_return_at_once(self):
        calls = [
            ("SelfTest",),
            ("BeginScan", json.dumps({"sample": "contract"})),
            ("EndScan",),
            ("Stop",),
            ("Start",),
            ("Abort",),
            ("Reset",),
        ]
        for call in calls:
            with self.subTest(command=call[0]):
                started = time.monotonic()
                self.device.command_inout(*call)
                self.assertLess(time.monotonic() - started, 1.0)
        self.device.Start()

    def test_stop_and_start_show_in_the_state(self):
        self.device.Stop()
        wait_until("another state", lambda: self.device.state() in (tango.DevState.OFF, tango.DevState.STANDBY), 5)
        self.device.Start()
        wait_until("ON", lambda: self.device.state() == tango.DevState.ON, 5)
        self.assertGreater(len(self.device.status()), 10)

    def test_the_self_test_reports(self):
        self.assertGreater(len(self.device.SelfTest()), 20)

    def test_reprocess_gives_a_job_that_ends(self):
        before = self.device.scanCount
        job = str(self.device.Reprocess(""))
        self.assertNotEqual(job, "")
        self.assertIn(job, self.device.jobs)
        wait_until("the job", lambda: self.device.stage in ("done", "failed") and job not in unfinished(self.device))
        self.assertEqual(self.device.stage, "done")
        self.assertGreaterEqual(self.device.scanCount, before)

    def test_another_seed_is_another_try_and_the_same_seed_the_same_object(self):
        def phased(seed):
            self.device.seed = seed
            job = str(self.device.Reprocess(""))
            wait_until("the job", lambda: job not in unfinished(self.device))
            return decode(self.device.read_attribute("phaseVolume").value)

        kept = self.device.seed
        try:
            first, other, again = phased(1), phased(2), phased(1)
            numpy.testing.assert_array_equal(first, again)
            self.assertFalse(numpy.array_equal(first, other))
        finally:
            self.device.seed = kept

    def test_save_writes_a_file_below_the_result_directory_that_h5py_reads(self):
        path = self.device.Save("contract/first.cxi")
        self.assertTrue(os.path.samefile(os.path.commonpath([path, RESULTS]), RESULTS), path)
        wait_until("the file", lambda: os.path.exists(path), 30)
        with h5py.File(path) as file:
            self.assertEqual(file["cxi_version"][()], 160)
            image = file["entry_1/image_1/data"]
            self.assertEqual(image.dtype, numpy.complex64)
            self.assertEqual(file["entry_1/data_1/data"].shape, image.shape)
            numpy.testing.assert_array_equal(
                file["entry_1/image_2/data"][()], decode(self.device.read_attribute("inpaintedVolume").value)
            )

    def test_a_file_outside_the_result_directory_is_refused(self):
        self.refused(self.device.Save, "../outside.cxi")
        self.refused(self.device.Save, "/tmp/outside.cxi")
        self.assertFalse(os.path.exists("/tmp/outside.cxi"))

    def test_bad_input_of_a_command_is_refused_in_a_sentence(self):
        self.refused(self.device.Reprocess, "no-such-file.h5")
        self.refused(self.device.BeginScan, "{not json")


def unfinished(device):
    """Ids of the jobs that `jobs`, a JSON list, does not show as done or failed."""
    return [str(job["id"]) for job in json.loads(device.jobs) if job["state"] not in ("done", "failed", "cancelled")]


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])
