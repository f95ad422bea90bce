"""Writes a Lima file compressed with bitshuffle and LZ4 (filter 32008) chunk by chunk. Argument: the file."""

import struct
import sys

import h5py
import lz4.block
import numpy as np

BLOCK = 64


def transpose_bits(elements):
    bits = np.unpackbits(elements.view("u1").reshape(len(elements), -1), axis=1, bitorder="little")
    return np.packbits(bits.T, axis=1, bitorder="little").tobytes()


def encode(frame):
    flat = frame.ravel()
    out = struct.pack(">QI", flat.nbytes, BLOCK * flat.itemsize)
    whole = len(flat) // 8 * 8
    for start in range(0, whole, BLOCK):
        block = lz4.block.compress(transpose_bits(flat[start : min(start + BLOCK, whole)]), store_size=False)
        out += struct.pack(">I", len(block)) + block
    return out + flat[whole:].tobytes()


shape = (5, 21, 13)
z, y, x = np.indices(shape)
data = (1000 * z + 37 * y + x).astype("u4")
with h5py.File(sys.argv[1], "w") as f:
    group = f.create_group("entry_0000/instrument/eiger")
    creation = h5py.h5p.create(h5py.h5p.DATASET_CREATE)
    creation.set_chunk((1,) + shape[1:])
    creation.set_filter(32008, h5py.h5z.FLAG_OPTIONAL, (0, 5, 4, 0, 2))
    space = h5py.h5s.create_simple(shape)
    dataset = h5py.h5d.create(group.id, b"data", h5py.h5t.STD_U32LE, space, creation)
    for frame in range(shape[0]):
        dataset.write_direct_chunk((frame, 0, 0), encode(data[frame]))
    f["entry_0000/measurement/data"] = h5py.SoftLink("/entry_0000/instrument/eiger/data")
    f["1.1/measurement/eiger"] = h5py.SoftLink("/entry_0000/instrument/eiger/data")
layout = h5py.VirtualLayout(shape, "u4")
layout[:] = h5py.VirtualSource(sys.argv[1], "entry_0000/instrument/eiger/data", shape, "u4")
with h5py.File(sys.argv[2], "w") as f:
    f.create_virtual_dataset("1.1/measurement/eiger", layout)
