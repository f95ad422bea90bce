"""Simulated two-dimensional patterns: crystals of two dimensions as the thesis makes them (4.3.1), and frames of simulated
rocking curves, which is what a detector really sees."""

import numpy as np
from scipy.ndimage import gaussian_filter
from scipy.spatial import ConvexHull

from inpainting.simulate import Diffraction, coordinates, far_field, random_field, simulate

from . import SIZE

CURVE = (12, 176, 176)


def polygon_pattern(rng):
    """128^2 pattern of a flat crystal: random convex polygon with correlated random phase, soft edges and noise on its modulus,
    random oversampling 2 to 6, Poisson noise at 10^2.5 to 10^7 photons in the brightest pixel."""
    oversampling = np.clip(rng.uniform(2, 6) * rng.uniform(0.75, 1.33, 2), 2, 6)
    # Sampled twice finer than the pattern can resolve, as in inpainting.simulate.
    grid = np.ceil(2 * SIZE / oversampling).astype(int)
    modulus = np.clip(0.5 - _outside_polygon(grid, rng) * min(grid) / 2, 0, 1)
    modulus = gaussian_filter(modulus, rng.uniform(0.3, 1.0))
    modulus = modulus * (1 + rng.uniform(0, 0.1) * rng.standard_normal(grid))
    crystal = modulus * np.exp(1j * rng.uniform(0, 3 * np.pi) * random_field(grid, rng.uniform(0.05, 0.5), rng))
    offset = rng.normal(0, 0.08, 2) * SIZE
    intensity = np.abs(far_field(crystal[None], (1, SIZE, SIZE), (1, *oversampling), (0, *offset))[0]) ** 2
    rate = intensity * (10 ** rng.uniform(2.5, 7) / intensity.max())
    return Diffraction(rate.astype(np.float32), rng.poisson(rate).astype(np.float32))


def rocking_curve(rng, family="train"):
    """Some frames (z, y, x) of a rocking curve, larger than the network's window."""
    return simulate(CURVE, rng, family)


def random_frame(curve, rng):
    """A random window of 128^2 of a frame which has photons, turned and mirrored at random."""
    brightest = curve.counts.max((1, 2))
    z = rng.choice(np.flatnonzero(brightest >= min(3, brightest.max())))
    y, x = (int(rng.integers(0, n - SIZE + 1)) for n in curve.counts.shape[1:])
    turns, mirror = int(rng.integers(4)), rng.random() < 0.5
    windows = []
    for volume in (curve.rate, curve.counts):
        window = np.rot90(volume[z, y:y + SIZE, x:x + SIZE], turns)
        windows.append(np.ascontiguousarray(window.T if mirror else window))
    return Diffraction(*windows)


def _outside_polygon(grid, rng):
    """Signed distance, negative inside, to the convex hull of random points."""
    points = rng.normal(size=(rng.integers(5, 30), 2))
    low, high = points.min(0), points.max(0)
    equations = ConvexHull(0.96 * (2 * (points - low) / (high - low) - 1)).equations
    y, x = coordinates(grid)
    return np.max([a * y + b * x + c for a, b, c in equations], axis=0)
