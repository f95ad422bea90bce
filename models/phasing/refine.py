"""Iterative phasing in NumPy and SciPy: ER, HIO and RAAR with shrink-wrap, and the maximum of the Poisson likelihood.

The reference for the server's engine and the rival of the network. Volumes come and go with the origin at N // 2; inside,
everything is in the transform's order, complex64, with orthonormal transforms.
"""

from dataclasses import dataclass

import numpy as np
import scipy.fft
from scipy.ndimage import gaussian_filter

# Photons the model holds everywhere, so that the logarithm stays finite.
BACKGROUND = 0.01
FREE_FRACTION = 0.02
# Weight of the iterate's own modulus beside the counted one in a projection, at most; see Measurement.project.
TRUST = 0.2
# What follows a network, before 30 steps of likelihood: HIO mends what a network gets wrong, ER settles it.
REFINEMENT = (("HIO", 100), ("ER", 20))
# The rival: 1000 iterations, support update every 5.
RIVAL = (("ER", 20), ("HIO", 180)) * 4 + (("RAAR", 100), ("ER", 100))


@dataclass(frozen=True)
class Wrap:
    """Shrink-wrap: the support becomes where the modulus, smoothed by a Gaussian that shrinks geometrically from `first` to
    `last` voxels, exceeds `threshold` of its maximum."""

    threshold: float = 0.2
    first: float = 2.0
    last: float = 0.8

    def support(self, volume, progress, loose=0.0):
        """Support of an object in transform order; `loose` more voxels of smoothing at a lower level widen it."""
        sigma = self.first * (self.last / self.first) ** progress
        modulus = gaussian_filter(np.abs(volume), sigma, mode="wrap")
        support = modulus > self.threshold * modulus.max()
        if loose:
            support = gaussian_filter(support.astype(np.float32), loose, mode="wrap") > 0.1
        return support


class Measurement:
    """Counts and mask as the solver sees them. `free` voxels (1) are kept from it. With `trust` above 0 projections regard
    counting noise, by min(trust, 1 / mean counts): the more photons, the better they know the modulus."""

    def __init__(self, counts, mask=None, free=None, trust=0.0):
        counts = np.asarray(counts, np.float32)
        hidden = np.zeros(counts.shape, bool)
        for given in (mask, free):
            if given is not None:
                hidden |= np.asarray(given) > 0
        self.shape = counts.shape
        self.counts = scipy.fft.ifftshift(np.where(hidden, 0, counts))
        self.known = scipy.fft.ifftshift(~hidden)
        self.amplitude = np.sqrt(self.counts)
        self.trust = min(trust, 1 / max(self.counts[self.known].mean(), 1e-9)) if trust else 0.0

    def project(self, volume):
        """The object closest to `volume` whose far field has the measured modulus; unknown voxels stay free.

        With trust t the modulus a minimises a^2 - n log a^2 + t (a - |F|)^2: the Poisson likelihood near the field given.
        """
        field = scipy.fft.fftn(volume, norm="ortho")
        modulus = np.maximum(np.abs(field), 1e-12)
        wanted = self.amplitude
        if self.trust:
            pull = np.float32(self.trust) * modulus
            wanted = (pull + np.sqrt(pull ** 2 + np.float32(4 * (1 + self.trust)) * self.counts)) / np.float32(2 * (1 + self.trust))
        factor = wanted / modulus
        factor[~self.known] = 1
        field *= factor
        return scipy.fft.ifftn(field, norm="ortho", overwrite_x=True)

    def autocorrelation_support(self, level=0.1):
        """Where the transform of the intensity exceeds `level` of its maximum: wider than the crystal's true support in weak
        strain, narrower in strong strain."""
        patterson = np.abs(scipy.fft.fftn(self.counts))
        support = gaussian_filter(patterson, 1, mode="wrap") > level * patterson.max()
        return support


def iterate(measurement, volume, support, steps, wrap, every=5, beta=0.9):
    """Run steps such as (("HIO", 180), ("ER", 20)); returns object and support, both in transform order."""
    total, done = sum(count for _, count in steps), 0
    for name, count in steps:
        for _ in range(count):
            projected = measurement.project(volume)
            if name == "ER":
                volume = np.where(support, projected, 0)
            elif name == "HIO":
                volume = np.where(support, projected, volume - beta * projected)
            elif name == "RAAR":
                volume = np.where(support, projected, beta * volume + (1 - 2 * beta) * projected)
            else:
                raise ValueError(f"{name} is no step; use ER, HIO or RAAR.")
            done += 1
            if every and done % every == 0 and done < total:
                support = wrap.support(volume, done / total)
    return volume, support


def random_start(measurement, support, rng):
    """Measured moduli with random phases, inside the support."""
    field = measurement.amplitude * np.exp(2j * np.pi * rng.random(measurement.shape))
    return np.where(support, scipy.fft.ifftn(field.astype(np.complex64), norm="ortho"), 0)


def rival(counts, mask, free, rng):
    """One start of 4x(ER20/HIO180)/RAAR100/ER100 with a random threshold of the support: object and support."""
    measurement = Measurement(counts, mask, free)
    support = measurement.autocorrelation_support()
    start = random_start(measurement, support, rng)
    volume, support = iterate(measurement, start, support, RIVAL, Wrap(rng.uniform(0.2, 0.35)))
    return scipy.fft.fftshift(volume * support), scipy.fft.fftshift(support)


def maximise_likelihood(measurement, volume, support, iterations, memory=8):
    """Climb the Poisson likelihood of the counts by L-BFGS over objects inside the support, in transform order.

    Minimises sum (|F|^2 - n log(|F|^2 + b)). The transform of a sum is the sum of transforms, so the search along a direction
    needs none of its own: an iteration costs two transforms, like one of HIO (Thibault and Guizar-Sicairos 2012).
    """
    voxels = np.flatnonzero(support)
    point = volume.ravel()[voxels].astype(np.complex64)
    field = _spread(point, voxels, measurement.shape)
    counts, known = measurement.counts, measurement.known
    # The best scale of the start: as many photons in the model as in the data.
    scale = np.sqrt(counts.sum() / max(np.square(np.abs(field[known])).sum(), 1e-30))
    point, field = point * scale, field * np.float32(scale)
    gradient = _gradient(field, counts, known, voxels)
    steps, changes = [], []
    for _ in range(iterations):
        direction = _direction(gradient, steps, changes)
        ray = _spread(direction, voxels, measurement.shape)
        length = _search(field, ray, counts, known, 1.0 if steps else None)
        if length == 0:
            if not steps:
                break
            steps, changes = [], []
            continue
        point = point + length * direction
        field = field + length * ray
        following = _gradient(field, counts, known, voxels)
        steps.append(length * direction)
        changes.append(following - gradient)
        steps, changes = steps[-memory:], changes[-memory:]
        gradient = following
    result = np.zeros(measurement.shape, np.complex64)
    result.ravel()[voxels] = point
    return result


def _spread(point, voxels, shape):
    volume = np.zeros(shape, np.complex64)
    volume.ravel()[voxels] = point
    return scipy.fft.fftn(volume, norm="ortho", overwrite_x=True)


def _gradient(field, counts, known, voxels):
    """Gradient with respect to real and imaginary parts, as a complex number, without its factor 2."""
    intensity = field.real ** 2 + field.imag ** 2
    residual = field * np.where(known, 1 - counts / (intensity + np.float32(BACKGROUND)), 0)
    return scipy.fft.ifftn(residual, norm="ortho", overwrite_x=True).ravel()[voxels]


def _inner(a, b):
    return float(np.vdot(a, b).real)


def _direction(gradient, steps, changes):
    """Downhill direction of limited-memory BFGS (two loops, Nocedal 1980)."""
    direction, factors = -gradient, []
    for step, change in zip(steps[::-1], changes[::-1]):
        curvature = _inner(step, change)
        if curvature <= 0:
            factors.append(None)
            continue
        factors.append(_inner(step, direction) / curvature)
        direction = direction - np.float32(factors[-1]) * change
    if steps and _inner(steps[-1], changes[-1]) > 0:
        direction = direction * np.float32(_inner(steps[-1], changes[-1]) / _inner(changes[-1], changes[-1]))
    for step, change, factor in zip(steps, changes, factors[::-1]):
        if factor is not None:
            direction = direction + np.float32(factor - _inner(change, direction) / _inner(step, change)) * step
    return direction if _inner(direction, gradient) < 0 else -gradient


def _search(field, ray, counts, known, first):
    """How far to go along the ray: Newton steps to a root of the derivative, kept inside a bracket; 0 when it leads uphill."""
    flat = field.real ** 2 + field.imag ** 2
    linear = 2 * (field.real * ray.real + field.imag * ray.imag)
    square = ray.real ** 2 + ray.imag ** 2
    flat, linear, square, counts = flat[known], linear[known], square[known], counts[known]

    def slope(length):
        rate = flat + length * (linear + length * square) + np.float32(BACKGROUND)
        rise = linear + 2 * length * square
        ratio = counts / rate
        first = np.sum(rise * (1 - ratio), dtype=np.float64)
        return first, np.sum(2 * square * (1 - ratio) + rise * rise * ratio / rate, dtype=np.float64)

    start, bend = slope(np.float32(0))
    if not start < 0:
        return 0
    low, high = 0.0, np.inf
    length = first if first else (-start / bend if bend > 0 else 1e-3)
    for _ in range(4):
        along, bend = slope(np.float32(length))
        if abs(along) < -0.1 * start:
            return np.float32(length)
        low, high = (length, high) if along < 0 else (low, length)
        newton = length - along / bend if bend > 0 else np.inf
        limit = 4 * low if np.isinf(high) else high
        length = newton if low < newton < limit else (2 * low if np.isinf(high) else (low + high) / 2)
    return np.float32(low if low > 0 else length)


def refine(counts, mask, guess, steps=REFINEMENT, blocks=2, iterations=15, wrap=Wrap(0.2, 2.0, 0.8), loose=1.0, free=None):
    """From a guessed field (only its phases, and its length as certainty, count) by `steps`, whose projections regard counting
    noise, with a support update every 10, then `blocks` of likelihood steps, each inside a support drawn anew and widened by `loose`: object and support."""
    measurement = Measurement(counts, mask, free, TRUST)
    field = scipy.fft.ifftshift(guess)
    field = np.where(measurement.known, measurement.amplitude * field, 0).astype(np.complex64)
    volume = scipy.fft.ifftn(field, norm="ortho")
    support = wrap.support(volume, 0)
    volume, support = iterate(measurement, np.where(support, volume, 0), support, steps, wrap, every=10)
    for _ in range(blocks):
        volume = maximise_likelihood(measurement, volume, wrap.support(volume, 1, loose), iterations)
    return scipy.fft.fftshift(volume), scipy.fft.fftshift(wrap.support(volume, 1))


def free_voxels(counts, mask, rng):
    """Two percent of the voxels in blocks of 3x3x3, none as bright as the peak, to be kept from a solver that is to be judged
    by them (Bruenger 1992, for crystals): a single voxel is foretold by its neighbours in the same speckle."""
    free = np.zeros(counts.shape, bool)
    for _ in range(int(np.ceil(FREE_FRACTION * counts.size / 3 ** counts.ndim))):
        centre = [rng.integers(n) for n in counts.shape]
        free[tuple(slice(max(c - 1, 0), c + 2) for c in centre)] = True
    return free & (np.asarray(mask) == 0) & (counts < 0.02 * counts.max())


def deviance(volume, counts, voxels):
    """Mean Poisson deviance of an object's intensity on `voxels`: smaller is better, about 1 for the truth in bright data."""
    field = scipy.fft.fftshift(scipy.fft.fftn(scipy.fft.ifftshift(volume), norm="ortho"))
    rate = np.square(np.abs(field[voxels])).astype(np.float64) + BACKGROUND
    n = counts[voxels].astype(np.float64)
    return float(np.mean(2 * (rate - n + n * np.log(np.maximum(n, 1e-12) / rate))))


def r_factor(volume, counts, mask):
    """sum |modulus - measured| / sum measured over measured voxels."""
    field = np.abs(scipy.fft.fftshift(scipy.fft.fftn(scipy.fft.ifftshift(volume), norm="ortho")))
    known = np.asarray(mask) == 0
    measured = np.sqrt(counts[known])
    return float(np.abs(field[known] - measured).sum() / measured.sum())
