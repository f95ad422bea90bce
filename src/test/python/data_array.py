"""Lima's DATA_ARRAY, read by nothing but its header."""

import struct

import numpy

MAGIC = 0x44544159
FIXED = struct.Struct("<IHHIIHH6H")
TYPES = ("u1", "u2", "u4", "u8", "i1", "i2", "i4", "i8", "f4", "f8")


def decode(encoded):
    """The array in an attribute's (format, bytes) pair, slowest axis first."""
    name, data = encoded
    if name != "DATA_ARRAY":
        raise ValueError(f"format is {name}, not DATA_ARRAY")
    magic, version, header, category, kind, big_endian, rank, *dimensions = FIXED.unpack_from(data)
    if magic != MAGIC:
        raise ValueError(f"magic is {magic:#x}, not {MAGIC:#x}")
    if version != 4 or header != 80:
        raise ValueError(f"version {version} with a header of {header} bytes, not version 4 with 80")
    if category != (4 if rank == 3 else 2):
        raise ValueError(f"category {category} for {rank} dimensions")
    shape = dimensions[:rank][::-1]
    pixels = numpy.frombuffer(data, (">" if big_endian else "<") + TYPES[kind], offset=header)
    steps = struct.unpack_from("<6I", data, 32)[:rank][::-1]
    array = pixels.reshape(shape)
    if steps != array.strides:
        raise ValueError(f"steps {steps} do not belong to shape {tuple(shape)} of {array.dtype}")
    return array
