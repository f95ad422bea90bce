"""Simulated diffraction of strained nanocrystals, after the recipe of the thesis (4.3.1) with random faceted shapes.

Two families, so that a score says something about crystals the network has not seen: `train` (convex hulls of random points
and intersections of half-spaces, some with a notch; a correlated random phase, some with domains or a dislocation) and
`heldout` (truncated octahedra, boxes and ellipsoids, some with a spherical bite; a polynomial phase, the field of
inclusions or a pair of dislocations).
"""

from dataclasses import dataclass

import numpy as np
from scipy.ndimage import gaussian_filter
from scipy.spatial import ConvexHull

OVERSAMPLING = 2, 8
BRIGHTEST_DECADES = 2, 7
WIDEST_PHASE = 3 * np.pi


@dataclass(frozen=True)
class Diffraction:
    """`rate`: expected photons per voxel, noise-free; `counts`: measured photons. Both (z, y, x). `oversampling`: voxels per
    fringe along z, y, x, where it matters."""

    rate: np.ndarray
    counts: np.ndarray
    oversampling: np.ndarray | None = None


def simulate(shape, rng, family="train"):
    """One rocking curve of `shape` (z, y, x) voxels with random crystal, oversampling, coherence and flux."""
    oversampling = np.clip(rng.uniform(*OVERSAMPLING) * rng.uniform(0.75, 1.33, 3), *OVERSAMPLING)
    # The object is sampled twice finer than the volume can resolve, so what the volume cuts off does not wrap into it.
    grid = np.maximum(np.ceil(2 * np.array(shape) / oversampling).astype(int), 24)
    crystal = crystal_of(family, grid, rng)
    offset = rng.normal(0, 0.08, 3) * shape
    intensity = np.abs(far_field(crystal, shape, oversampling, offset)) ** 2
    intensity = gaussian_filter(intensity, rng.uniform(0, 1.0, 3))
    rate = intensity * (10 ** rng.uniform(*BRIGHTEST_DECADES) / intensity.max())
    if rng.random() < 0.4:
        rate += 10 ** rng.uniform(-3.5, -1)
    return Diffraction(rate.astype(np.float32), rng.poisson(rate).astype(np.float32), oversampling)


def far_field(crystal, shape, oversampling, offset=(0, 0, 0)):
    """Fourier transform of `crystal` on a volume of `shape`, peak at shape // 2 + offset (voxels).

    The crystal's grid spans one fringe; a voxel is 1 / oversampling of it. As three matrix products the transform
    takes any oversampling and only the wanted region, which a fast transform does not.
    """
    field = crystal.astype(np.complex64)
    for axis in range(3):
        size = crystal.shape[axis]
        q = (np.arange(shape[axis]) - shape[axis] // 2 - offset[axis]) / oversampling[axis]
        x = (np.arange(size) + 0.5) / size - 0.5
        kernel = np.exp(-2j * np.pi * np.outer(q, x)).astype(np.complex64)
        field = np.moveaxis(np.tensordot(kernel, field, (1, axis)), 0, axis)
    return field


def crystal_of(family, grid, rng):
    """A complex object on a grid of `grid` (z, y, x) points: modulus near 1 inside, phase in radians from displacement."""
    if family == "train":
        distance = _outside(grid, *(hull_planes(rng) if rng.random() < 0.5 else facet_planes(rng)))
        if rng.random() < 0.25:
            distance = np.maximum(distance, _notch(grid, rng))
        phase = _phase_range(rng) * random_field(grid, rng.uniform(0.05, 0.5), rng)
        kind = rng.random()
        if kind < 0.15:
            phase = phase + _domains(grid, rng)
        elif kind < 0.3:
            phase = phase + dislocation(grid, rng)
    else:
        distance = heldout_shape(grid, rng)
        phase = {"polynomial": polynomial, "inclusions": inclusions, "pair": _dislocation_pair}[
            rng.choice(["polynomial", "inclusions", "pair"], p=[0.5, 0.25, 0.25])](grid, rng)
    modulus = np.clip(0.5 - distance * min(grid) / 2, 0, 1)
    modulus = gaussian_filter(modulus, rng.uniform(0.3, 1.0))
    modulus = modulus * (1 + rng.uniform(0, 0.25) * random_field(grid, rng.uniform(0.03, 0.2), rng))
    return modulus * np.exp(1j * phase)


def random_field(grid, length, rng):
    """Correlated random values with peak-to-peak range 1; `length` is the correlation length as a fraction of the grid."""
    field = gaussian_filter(rng.standard_normal(grid).astype(np.float32), length * np.asarray(grid), mode="wrap")
    return (field - field.mean()) / max(np.ptp(field), 1e-12)


def coordinates(grid):
    """Coordinates -1..1 along z, y and x: three arrays which broadcast to `grid`."""
    return np.ogrid[tuple(slice(-1 + 1 / n, 1 - 1 / n, complex(n)) for n in grid)]


def _outside(grid, normals, distances):
    """Signed distance, negative inside, to the convex body of all r with normal . r <= distance."""
    z, y, x = coordinates(grid)
    outside = np.full(grid, -np.inf, np.float32)
    for (a, b, c), distance in zip(normals, distances):
        np.maximum(outside, (a * z + b * y + c * x - distance).astype(np.float32), out=outside)
    return outside


def hull_planes(rng):
    """Facets of the convex hull of random points, filling -0.96 to 0.96 along each axis: normals and distances."""
    points = rng.normal(size=(rng.integers(8, 30), 3))
    low, high = points.min(0), points.max(0)
    points = 0.96 * (2 * (points - low) / (high - low) - 1)
    equations = ConvexHull(points).equations
    return equations[:, :3], -equations[:, 3]


def facet_planes(rng):
    """Facets of a cubic crystal's low-index families, each family with its own distance, in a random orientation; or facets
    in random directions: normals and distances."""
    if rng.random() < 0.6:
        hundred = np.vstack([np.eye(3), -np.eye(3)])
        signs = np.array([(a, b, c) for a in (-1, 1) for b in (-1, 1) for c in (-1, 1)])
        normals = np.vstack([hundred, signs / np.sqrt(3)]) @ _rotation(rng).T
        distances = np.concatenate([np.full(6, rng.uniform(0.6, 1)), np.full(8, rng.uniform(0.5, 1))])
    else:
        normals = rng.normal(size=(rng.integers(6, 20), 3))
        normals /= np.linalg.norm(normals, axis=1, keepdims=True)
        distances = np.full(len(normals), 0.75)
    distances = distances * rng.uniform(0.8, 1.1, len(normals))
    box = np.vstack([np.eye(3), -np.eye(3)])
    return np.vstack([normals, box]), np.concatenate([distances, np.full(6, 0.96)])


def heldout_shape(grid, rng):
    z, y, x = coordinates(grid)
    kind = rng.choice(["octahedron", "box", "ellipsoid"])
    rotation = _rotation(rng)
    u, v, w = (a * z + b * y + c * x for a, b, c in rotation)
    if kind == "octahedron":
        cut = rng.uniform(0.6, 0.85)
        outside = np.maximum((abs(u) + abs(v) + abs(w) - 1.25 * cut) / np.sqrt(3),
                             np.maximum(np.maximum(abs(u), abs(v)), abs(w)) - cut)
    elif kind == "box":
        a, b, c = rng.uniform(0.4, 0.6, 3)
        outside = np.maximum(np.maximum(abs(u) - a, abs(v) - b), abs(w) - c)
    else:
        outside = 0.75 * (np.sqrt((z / rng.uniform(0.7, 0.95)) ** 2 + (y / rng.uniform(0.7, 0.95)) ** 2
                                  + (x / rng.uniform(0.7, 0.95)) ** 2) - 1)
    if rng.random() < 0.6:
        centre = rng.normal(size=3)
        centre *= rng.uniform(0.8, 1.0) / np.linalg.norm(centre)
        bite = rng.uniform(0.25, 0.5) - np.sqrt(sum((r - c) ** 2 for r, c in zip((z, y, x), centre)))
        outside = np.maximum(outside, bite)
    return outside


def _notch(grid, rng):
    """Positive in a wedge which opens to the outside: max(hull, notch) is a concave crystal."""
    z, y, x = coordinates(grid)
    u, v, _ = (a * z + b * y + c * x for a, b, c in _rotation(rng))
    depth, opening = rng.uniform(0.1, 0.6), rng.uniform(0.2, 1)
    return opening * (u - depth) - abs(v - rng.uniform(-0.3, 0.3))


def _domains(grid, rng):
    """Phase steps between the half-spaces of one to three planes, as of antiphase or twin boundaries."""
    z, y, x = coordinates(grid)
    phase = np.zeros(grid, np.float32)
    for _ in range(rng.integers(1, 4)):
        a, b, c = _rotation(rng)[0]
        phase += rng.uniform(-np.pi, np.pi) * (a * z + b * y + c * x > rng.uniform(-0.4, 0.4))
    return phase


def _phase_range(rng):
    """Peak-to-peak phase: mild strain is common, strong strain must be seen too."""
    return WIDEST_PHASE * rng.random() ** 1.5


def polynomial(grid, rng):
    z, y, x = coordinates(grid)
    terms = [z * y, y * x, x * z, z ** 2, y ** 2, x ** 2, z ** 3, y ** 3, x ** 3, z * y * x, z * z * x, y * y * z, x * x * y]
    phase = sum(rng.normal() * term for term in terms)
    return _phase_range(rng) * phase / np.ptp(phase)


def inclusions(grid, rng):
    """Displacement along one direction around spherical inclusions: linear inside, falling as 1 / r^2 outside."""
    coordinate = coordinates(grid)
    direction = _rotation(rng)[0]
    phase = 0
    for _ in range(rng.integers(1, 4)):
        offsets = [r - c for r, c in zip(coordinate, rng.uniform(-0.6, 0.6, 3))]
        distance = np.sqrt(sum(offset ** 2 for offset in offsets))
        along = sum(offset * d for offset, d in zip(offsets, direction))
        phase = phase + rng.normal() * along / np.maximum(distance, rng.uniform(0.15, 0.5)) ** 3
    return _phase_range(rng) * phase / np.ptp(phase)


def dislocation(grid, rng, places=1):
    """Phase of straight screw dislocation lines of alternating sign, parallel to each other."""
    z, y, x = coordinates(grid)
    u, v, _ = (a * z + b * y + c * x for a, b, c in _rotation(rng))
    return sum((-1) ** i * np.arctan2(v - rng.uniform(-0.5, 0.5), u - rng.uniform(-0.5, 0.5)) for i in range(places))


def _dislocation_pair(grid, rng):
    return dislocation(grid, rng, 2) + 0.3 * polynomial(grid, rng)


def _rotation(rng):
    """A rotation matrix drawn uniformly."""
    q, r = np.linalg.qr(rng.normal(size=(3, 3)))
    return q * np.sign(np.diag(r))
