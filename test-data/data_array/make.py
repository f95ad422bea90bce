#!/usr/bin/python3
"""Writes vectors.json: Lima DATA_ARRAY blobs of every pixel type, byte order and header version, made with struct alone.

The header fields are those of LimaCCDs (Lima-tango-python, LimaCCDs.py, readImage and readImageSeq): versions 1 and 2 pad
bytes 56 to 64, version 3 puts the frame number there, version 4 appends the acquisition tag.
"""

import json
import struct
from pathlib import Path

#        code, struct letter, lowest and highest value that must survive
TYPES = {
    "UINT8": (0, "B", 0, 2**8 - 1),
    "UINT16": (1, "H", 0, 2**16 - 1),
    "UINT32": (2, "I", 0, 2**32 - 1),
    "UINT64": (3, "Q", 0, 2**53),
    "INT8": (4, "b", -(2**7), 2**7 - 1),
    "INT16": (5, "h", -(2**15), 2**15 - 1),
    "INT32": (6, "i", -(2**31), 2**31 - 1),
    "INT64": (7, "q", -(2**53), 2**53),
    "FLOAT32": (8, "f", -0.5, 16777216.0),
    "FLOAT64": (9, "d", -0.1, 1e300),
}
IMAGE, STACK = 2, 4
NO_TAG = 0xFFFFFFFF


def header(version, code, size, big, shape, first, tag):
    """The header for shape (height, width) or (frames, height, width)."""
    axes = list(reversed(shape)) + [0] * (6 - len(shape))
    steps, step = [], size
    for length in reversed(shape):
        steps.append(step)
        step *= length
    steps += [0] * (6 - len(shape))
    category = STACK if len(shape) == 3 else IMAGE
    length = 80 if version == 4 else 64
    fields = struct.pack("<IHHIIHH6H6I", 0x44544159, version, length, category, code, big, len(shape), *axes, *steps)
    fields += struct.pack("<Q", first if version >= 3 else 0)
    return fields + (struct.pack("<QII", tag, 0, 0) if version == 4 else b"")


def vector(name, version=4, big=0, shape=(2, 3), first=7, tag=NO_TAG):
    """One blob and what must be read from it; the pixels hold the type's limits."""
    code, letter, low, high = TYPES[name]
    count = shape[-1] * shape[-2] * (shape[0] if len(shape) == 3 else 1)
    pixels = ([low, high, 0, 1, 2, 100] * count)[:count]
    layout = f"{'>' if big else '<'}{count}{letter}"
    body = struct.pack(layout, *pixels)
    kept = list(struct.unpack(layout, body))
    blob = header(version, code, struct.calcsize(letter), big, shape, first, tag) + body
    return {
        "name": f"version {version}, {name}, {'big' if big else 'little'} endian, {'x'.join(map(str, shape))}",
        "type": name,
        "frames": shape[0] if len(shape) == 3 else 1,
        "height": shape[-2],
        "width": shape[-1],
        "firstFrame": first if version >= 3 else -1,
        "tag": tag if version == 4 and tag != NO_TAG else -1,
        "values": kept,
        "hex": blob.hex(),
    }


vectors = [vector(name, version, big) for version in (2, 3, 4) for name in TYPES for big in (0, 1)]
vectors += [vector("UINT32", 1)]
vectors += [vector("UINT16", 4, big, (3, 2, 5), 40, 8) for big in (0, 1)]
vectors += [vector("INT32", 3, 0, (2, 1, 1), 2**33)]
lines = ",\n".join("  " + json.dumps(one) for one in vectors)
(Path(__file__).parent / "vectors.json").write_text(f"[\n{lines}\n]\n")
