"""A Lima device as far as a follower sees it, served by PyTango as the real one is, with the types of the real one.

usage: lima_device.py 1 -nodb -dlist test/lima/1 -ORBendPoint giop:tcp:127.0.0.1:PORT
Always ready with 6 frames of 3x5 int16 (value = 100 * frame + pixel, big endian), in a header of version 3.
"""
import struct

import tango
from tango.server import Device, attribute, command, run

FRAMES, HEIGHT, WIDTH = 6, 3, 5


def encoded(first, count):
    header = struct.pack(
        "<IHHIIHHHHHHHHIIIIIIQ", 0x44544159, 3, 64, 4, 5, 1, 3, WIDTH, HEIGHT, count, 0, 0, 0,
        2, 2 * WIDTH, 2 * WIDTH * HEIGHT, 0, 0, 0, first)
    values = [100 * frame + pixel for frame in range(first, first + count) for pixel in range(HEIGHT * WIDTH)]
    return "DATA_ARRAY", header + struct.pack(">%dh" % len(values), *values)


class LimaCCDs(Device):
    @attribute(dtype=str)
    def acq_status(self):
        return "Ready"

    @attribute(dtype="DevLong")
    def last_image_ready(self):
        return FRAMES - 1

    @attribute(dtype="DevLong")
    def acq_nb_frames(self):
        return FRAMES

    @attribute(dtype=("DevULong",), max_dim_x=4)
    def image_sizes(self):
        return [1, 2, WIDTH, HEIGHT]

    @attribute(dtype=str)
    def image_type(self):
        return "Bpp16S"

    @attribute(dtype="DevULong64")
    def acq_tag(self):
        return 77

    @attribute(dtype=("DevLong",), max_dim_x=4)
    def image_roi(self):
        return [20, 10, WIDTH, HEIGHT]

    binning, rotation = [1, 1], "NONE"

    @attribute(dtype=("DevULong",), max_dim_x=2)
    def image_bin(self):
        return self.binning

    @image_bin.write
    def image_bin(self, factors):
        self.binning = list(factors)

    @attribute(dtype=("DevBoolean",), max_dim_x=2)
    def image_flip(self):
        return [True, False]

    @attribute(dtype=str)
    def image_rotation(self):
        return self.rotation

    @image_rotation.write
    def image_rotation(self, angle):
        self.rotation = angle

    mode = "SINGLE"

    @attribute(dtype=str)
    def acq_mode(self):
        return self.mode

    @acq_mode.write
    def acq_mode(self, mode):
        self.mode = mode

    @attribute(dtype=("DevULong",), max_dim_x=2)
    def image_max_dim(self):
        return [516, 514]

    @command(dtype_in=("DevLong64",), dtype_out="DevEncoded")
    def readImageSeq(self, request):
        start, end = int(request[0]), int(request[1])
        if list(request[2:]) not in ([], [1, 77]):
            raise RuntimeError("unexpected request %s" % request)
        if end > FRAMES:
            raise RuntimeError("Control: readBlock(x, 915): Error: Frame(s) not available yet")
        return encoded(start, end - start)


run((LimaCCDs,))
