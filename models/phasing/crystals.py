"""Diffraction of strained crystals with its true reciprocal-space amplitude, made in batches on the training device.

Crystals are sampled twice finer than the detector resolves and only the detector's part of the far field is computed: what
lies beyond the edge is lost, as at a beamline, and does not wrap into the volume. Two families, so that a score says
something about crystals the network has not seen: convex hulls and facets with correlated random phases for training;
octahedra, boxes and ellipsoids, most with a concave cut, with the phases of polynomials, inclusions or dislocations for judging.
"""

from dataclasses import dataclass

import numpy as np
import torch

from inpainting import simulate
from inpainting.gaps import random_mask

# Strain ranges of the tables: peak-to-peak phase inside the crystal.
RANGES = {"A": (0, np.pi), "B": (np.pi, 2 * np.pi), "C": (2 * np.pi, 3 * np.pi), "D": (3 * np.pi, 6 * np.pi)}
# How often training draws each of them.
SHARES = (0.1, 0.2, 0.35, 0.35)


@dataclass(frozen=True)
class Batch:
    """`counts`: measured photons, 0 where `mask` is 1; `rate`: expected photons; `field`: complex amplitude of the object
    whose modulus centre is at the origin. All (N, [z,] y, x). `span`: peak-to-peak phase of each crystal."""

    counts: torch.Tensor
    mask: torch.Tensor
    rate: torch.Tensor
    field: torch.Tensor
    span: np.ndarray


def training_batch(number, seed, count, size=64, dimensions=3, device="cpu", gaps=0.5):
    """Batch `number` of the training family; it depends on nothing but the arguments, so a training resumes exactly."""
    rng = np.random.default_rng([seed, number])
    noise = torch.Generator(device).manual_seed(int(rng.integers(2 ** 62)))
    span = _spans(count, rng)
    crystal = _convex_crystals(count, size, dimensions, span, rng, noise, device)
    field = far_field(crystal, size, rng.uniform(2, 5, (count, 3)), rng.normal(0, 1, (count, 3)))
    return _measured(field, span, size, dimensions, rng, noise, gaps)


def _spans(count, rng):
    """Peak-to-peak phases: mild crystals are learned soon, strong strain needs more of them."""
    low, high = np.array(list(RANGES.values()))[rng.choice(len(RANGES), count, p=SHARES)].T
    return rng.uniform(low, high)


def heldout_crystal(number, seed, strain, size=64, dimensions=3, gaps=0.0, photons=(5, 8)):
    """One crystal of the other family as a batch of one on the CPU, its phase range drawn from `strain`.

    Drawn again until 95 % of its photons fall on the detector, as nobody measures a peak that overflows it.
    """
    rng = np.random.default_rng([seed, number])
    noise = torch.Generator().manual_seed(int(rng.integers(2 ** 62)))
    span = rng.uniform(*strain, 1)
    while True:
        crystal = _other_crystal(size, dimensions, span[0], rng)
        oversampling = rng.uniform(2, 5, (1, 3))
        field = far_field(crystal, size, oversampling, rng.normal(0, 1, (1, 3)))
        if _share_on_detector(crystal, field, oversampling) > 0.95:
            return _measured(field, span, size, dimensions, rng, noise, gaps, photons, coherence=2)


def far_field(crystal, size, oversampling, jitter):
    """Amplitude on `size` voxels a side of crystals (N, z, y, x) whose grid spans one fringe, `oversampling` voxels.

    The modulus centre of the crystal becomes the object's origin and the intensity's centre of mass lies at size // 2 +
    `jitter` voxels. An axis of one voxel (two dimensions) is left alone. Three matrix products take any oversampling.
    """
    field = crystal
    for axis in range(3):
        grid = crystal.shape[axis + 1]
        if grid == 1:
            continue
        along = torch.as_tensor(oversampling[:, axis], dtype=torch.float32, device=crystal.device)[:, None]
        x = (torch.arange(grid, device=crystal.device) + 0.5) / grid - 0.5 - _modulus_centre(crystal, axis + 1)[:, None]
        shift = _mean_gradient(crystal, axis + 1)[:, None]
        moved = torch.as_tensor(jitter[:, axis], dtype=torch.float32, device=crystal.device)[:, None]
        q = (torch.arange(size, device=crystal.device) - size // 2 - moved) / along + shift
        angle = -2 * np.pi * q[:, :, None] * x[:, None, :]
        kernel = torch.polar(torch.full_like(angle, grid ** -0.5), angle)
        last = field.movedim(axis + 1, -1)
        field = torch.matmul(last.reshape(len(field), -1, grid), kernel.transpose(1, 2))
        field = field.reshape(*last.shape[:-1], size).movedim(-1, axis + 1)
    return field


def _modulus_centre(crystal, axis):
    grid = crystal.shape[axis]
    x = (torch.arange(grid, device=crystal.device) + 0.5) / grid - 0.5
    profile = crystal.abs().sum([d for d in (1, 2, 3) if d != axis])
    return (profile * x).sum(1) / profile.sum(1)


def _mean_gradient(crystal, axis):
    """Mean phase gradient, in cycles per grid: where the intensity's centre of mass lies."""
    grid = crystal.shape[axis]
    first, second = crystal.narrow(axis, 0, grid - 1), crystal.narrow(axis, 1, grid - 1)
    return torch.angle((first.conj() * second).sum((1, 2, 3))) * grid / (2 * np.pi)


def _share_on_detector(crystal, field, oversampling):
    """Part of the far field's energy that the detector catches; far_field keeps the energy per voxel and unit of q."""
    used = [s for s, n in zip(oversampling[0], crystal.shape[1:]) if n > 1]
    return float((field.abs() ** 2).sum() / np.prod(used) / (crystal.abs() ** 2).sum())


def _measured(field, span, size, dimensions, rng, noise, gaps, photons=(4, 8), coherence=1):
    """Expose the field. Half of the batch is fully coherent; in the other half the coherence length is at least `coherence`
    crystals. Some have a flat background."""
    count, device = len(field), field.device
    intensity = field.abs() ** 2
    widths = _coherence_widths(field, rng, coherence)
    for axis in range(3):
        if field.shape[axis + 1] > 1:
            intensity = _blur(intensity, axis + 1, widths)
    total = torch.as_tensor(10 ** rng.uniform(*photons, count), dtype=torch.float32, device=device).view(-1, 1, 1, 1)
    rate = intensity * (total / intensity.sum((1, 2, 3), keepdim=True))
    background = np.where(rng.random(count) < 0.3, 10 ** rng.uniform(-4, -2, count), 0)
    rate = rate + torch.as_tensor(background, dtype=torch.float32, device=device).view(-1, 1, 1, 1)
    mask = torch.from_numpy(_masks(count, size, dimensions, gaps, rng)).to(device)
    counts = torch.poisson(rate, generator=noise) * (1 - mask)
    if dimensions == 2:
        counts, mask, rate, field = (volume[:, 0] for volume in (counts, mask, rate, field))
    return Batch(counts, mask, rate, field, span)


def _coherence_widths(field, rng, shortest):
    """Blur of the intensity in voxels: a coherence length of k crystals is a Gaussian of oversampling / (2 pi k)."""
    count = len(field)
    inverse = np.where(rng.random(count) < 0.5, 0, rng.uniform(0, 1 / shortest, count))
    return torch.as_tensor(3 * inverse / (2 * np.pi), dtype=torch.float32, device=field.device)


def _blur(volume, axis, widths):
    """Gaussian blur along one axis, one width for each volume of the batch."""
    size = volume.shape[axis]
    index = torch.arange(size, device=volume.device, dtype=torch.float32)
    distance = (index[:, None] - index[None]) ** 2
    kernel = torch.exp(-distance / (2 * widths.clamp(min=1e-3).view(-1, 1, 1) ** 2))
    kernel = kernel / kernel.sum(1, keepdim=True)
    last = volume.movedim(axis, -1)
    blurred = torch.matmul(last.reshape(len(volume), -1, size), kernel)
    return blurred.reshape(last.shape).movedim(-1, axis)


def _masks(count, size, dimensions, gaps, rng):
    """Gaps in a random part of the batch, float32 (N, z, y, x)."""
    shape = (size if dimensions == 3 else 1, size, size)
    masks = np.zeros((count, *shape), np.float32)
    for mask in masks:
        if rng.random() < gaps:
            drawn = random_mask((size,) * 3, rng) if dimensions == 3 else random_mask((3, size, size), rng)[1:2]
            # A flat cut may lie in a plane of gap, which leaves nothing to phase.
            if drawn.mean() < 0.5:
                mask[:] = drawn
    return masks


def _convex_crystals(count, size, dimensions, span, rng, noise, device):
    """Complex crystals (N, z, y, x) of the training family; in two dimensions the cut z = 0 of a crystal."""
    grid = (size if dimensions == 3 else 1, size, size)
    planes = [simulate.hull_planes(rng) if rng.random() < 0.5 else simulate.facet_planes(rng) for _ in range(count)]
    modulus = _soft(_outside(planes, grid, device), rng.uniform(1, 3, count), size)
    # As short as the correlation may be, the mean gradient stays at 0.8 rad in a voxel of the detector (2 to 5 a fringe).
    shortest = span / 5 / (np.sqrt(2) * 0.8 * size / 3)
    length = np.maximum(rng.uniform(0.1, 0.5, count), shortest)
    phase = _scaled(_random_field(grid, length, noise, device), modulus, span)
    texture = _random_field(grid, rng.uniform(0.03, 0.2, count), noise, device)
    depth = torch.as_tensor(rng.uniform(0, 0.25, count), dtype=torch.float32, device=device)
    modulus = modulus * (1 + depth.view(-1, 1, 1, 1) * texture / 6)
    return torch.polar(modulus, phase)


def _other_crystal(size, dimensions, span, rng):
    """One complex crystal (1, z, y, x) of the held-out family. From 2 pi on every third holds a dislocation."""
    grid = (size if dimensions == 3 else 3, size, size)

    def tensor(volume):
        chosen = volume if dimensions == 3 else volume[1:2]
        return torch.from_numpy(np.array(np.broadcast_to(chosen, (chosen.shape[0], size, size)), np.float32))[None]

    modulus = _soft(tensor(simulate.heldout_shape(grid, rng)), rng.uniform(1, 3, 1), size)
    smooth = tensor((simulate.polynomial if rng.random() < 0.6 else simulate.inclusions)(grid, rng))
    if span > 2 * np.pi and rng.random() < 1 / 3:
        phase = tensor(simulate.dislocation(grid, rng)) + _scaled(smooth, modulus, np.array([span - 2 * np.pi]))
    else:
        phase = _scaled(smooth, modulus, np.array([span]))
    return torch.polar(modulus, phase)


def _outside(planes, grid, device):
    """Signed distance, negative inside, to convex bodies of normal . r <= distance; coordinates run from -1 to 1."""
    most = max(len(distances) for _, distances in planes)
    normals = np.stack([np.resize(n, (most, 3)) for n, _ in planes])
    distances = np.stack([np.resize(d, most) for _, d in planes])
    normals, distances = (torch.as_tensor(a, dtype=torch.float32, device=device) for a in (normals, distances))
    z, y, x = (((torch.arange(n, device=device) + 0.5) * 2 / n - 1) for n in grid)
    outside = torch.full((len(planes), *grid), -np.inf, device=device)
    for a, b in zip(normals.unbind(1), distances.unbind(1)):
        flat = a[:, 1, None, None] * y[:, None] + a[:, 2, None, None] * x - b[:, None, None]
        torch.maximum(outside, a[:, 0, None, None, None] * z[:, None, None] + flat[:, None], out=outside)
    return outside


def _soft(outside, edge, size):
    """Modulus from signed distance: 1 inside, falling to 0 over `edge` points of the fine grid."""
    edge = torch.as_tensor(edge, dtype=torch.float32, device=outside.device).view(-1, 1, 1, 1)
    return (0.5 - outside * (size / 2) / edge).clamp(0, 1)


def _random_field(grid, length, noise, device):
    """Correlated random values of unit deviation; `length` as a part of the grid, one for each field."""
    white = torch.randn((len(length), *grid), generator=noise, device=device)
    length = torch.as_tensor(length, dtype=torch.float32, device=device).view(-1, 1, 1, 1)
    transfer = 1
    for axis, n in enumerate(grid):
        k = torch.fft.rfftfreq(n, 1 / n, device=device) if axis == 2 else torch.fft.fftfreq(n, 1 / n, device=device)
        transfer = transfer * torch.exp(-2 * (np.pi * length * k.view([-1 if a == axis else 1 for a in range(3)])) ** 2)
    field = torch.fft.irfftn(torch.fft.rfftn(white, dim=(1, 2, 3)) * transfer, s=grid, dim=(1, 2, 3))
    field = field - field.mean((1, 2, 3), keepdim=True)
    return field / field.std((1, 2, 3), keepdim=True).clamp(min=1e-12)


def _scaled(phase, modulus, span):
    """The phase stretched so that it covers `span` radians peak to peak inside the crystal."""
    inside = modulus > 0.5
    low = torch.where(inside, phase, torch.full_like(phase, np.inf)).amin((1, 2, 3), keepdim=True)
    high = torch.where(inside, phase, torch.full_like(phase, -np.inf)).amax((1, 2, 3), keepdim=True)
    factor = torch.as_tensor(span, dtype=torch.float32, device=phase.device).view(-1, 1, 1, 1)
    return factor * ((phase - low) / (high - low).clamp(min=1e-12) - 0.5)
