"""Reading measured scans."""

import h5py
import numpy as np

LIMA_PATH = "entry_0000/measurement/data"


def load_counts(file, dataset=None):
    """Counts (z, y, x) as float32 of a Lima file or of the first three-dimensional dataset in a plain HDF5 file."""
    with h5py.File(file, "r") as h5:
        path = dataset or (LIMA_PATH if LIMA_PATH in h5 else _first_volume(h5))
        if path is None:
            raise ValueError(f"{file} holds no three-dimensional dataset.")
        return h5[path][()].astype(np.float32)


def _first_volume(h5):
    return h5.visititems(lambda path, item: path if isinstance(item, h5py.Dataset) and item.ndim == 3 else None)
