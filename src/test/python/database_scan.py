"""A user's day by database names: listen, acquire on the simulated detector, look at the result.

usage: database_scan.py FRAMES [EXPOSURE [ROI]]; prints the stages gone through and the shape of the inpainted volume.
With ROI only that part of the frames is kept, and not phased.
"""

import sys

import numpy
import tango

from client import Listener, connect, scan, wait_until
from data_array import decode

frames = int(sys.argv[1])
exposure = float(sys.argv[2]) if len(sys.argv) > 2 else 0.005
roi = sys.argv[3] if len(sys.argv) > 3 else ""
device, detector = connect("id01/bcdi/1"), connect("sim/lima/1")
wait_until("the models to load", lambda: device.state() != tango.DevState.INIT)

listener = Listener(device, ["stage", "progress", "framesReceived", "inpaintedSlice", "phaseSlice"])
device.roi, device.autoPhase = roi, not roi
device.Start()
stages = scan(device, detector, frames, exposure)

wait_until("the event of the end", lambda: listener.of("stage")[-1] == "done", 5)
wait_until("the event of the last frame", lambda: listener.of("framesReceived")[-1] == frames, 5)
assert not listener.errors, listener.errors
slices = [value for value in listener.of("inpaintedSlice") if value is not None]
assert slices, "no event brought an inpainted slice"
numpy.testing.assert_array_equal(slices[-1], device.inpaintedSlice)

inpainted = decode(device.read_attribute("inpaintedVolume").value)
raw = decode(device.read_attribute("rawVolume").value)
assert inpainted.dtype == numpy.float32 and numpy.isfinite(inpainted).all() and inpainted.min() >= 0
peak = numpy.unravel_index(raw.argmax(), raw.shape)
assert inpainted[peak] == raw[peak] > 0, f"the peak's counts {raw[peak]} became {inpainted[peak]}"
assert device.framesMissing == 0 and device.detectorDevice.lower().endswith("sim/lima/1"), device.detectorDevice
listener.close()
# the database remembers them
device.roi, device.autoPhase = "", True
print(" ".join(stages))
print("x".join(map(str, inpainted.shape)))
