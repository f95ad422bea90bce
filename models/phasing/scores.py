"""Scores of a reconstruction against the truth, after removing what diffraction cannot tell: constant phase, shift and twin.

Objects and fields are complex with the origin at N // 2; the twin of an object o(r) is conj(o(-r)), of a field its conjugate.
"""

import numpy as np
import scipy.fft

# A support holds the voxels whose modulus exceeds this part of the object's maximum, where nothing else says so.
SUPPORT_LEVEL = 0.2


def to_detector(volume):
    """Orthonormal transform exp(-2 pi i q x) of an object, origin at N // 2 on both sides."""
    return scipy.fft.fftshift(scipy.fft.fftn(scipy.fft.ifftshift(volume), norm="ortho"))


def to_object(field):
    """The inverse of to_detector."""
    return scipy.fft.fftshift(scipy.fft.ifftn(scipy.fft.ifftshift(field), norm="ortho"))


def support_of(volume, level=SUPPORT_LEVEL):
    modulus = np.abs(volume)
    return modulus > level * modulus.max()


def phase_agreement(field, truth, weight=None):
    """sum A exp(i dphi) / sum A over the detector, 0 to 1, after removing offset, twin and shift.

    A is the true amplitude or `weight`. `field` is complex; only its phase counts.
    """
    amplitude = np.abs(truth) if weight is None else weight
    return float(max(_best_shift(amplitude * np.exp(1j * (np.angle(f) - np.angle(truth))))[0]
                     for f in (field, np.conj(field))) / amplitude.sum())


def aligned(volume, truth):
    """`volume` turned into the twin, shift (parts of a voxel included) and constant phase closest to `truth`."""
    reference = to_detector(truth)
    found = []
    for field in (to_detector(volume), np.conj(to_detector(volume))):
        size, shift = _best_shift(field * np.conj(reference))
        found.append((size, field, shift))
    _, field, shift = max(found, key=lambda row: row[0])
    moved = to_object(field * _ramp(field.shape, -shift))
    return moved * np.exp(-1j * np.angle(np.vdot(truth, moved)))


def _best_shift(product):
    """Largest modulus of sum product exp(2 pi i q s / N) over shifts s, to a tenth of a voxel, and that shift."""
    shape = np.array(product.shape)
    correlation = np.abs(scipy.fft.ifftn(scipy.fft.ifftshift(product))) * product.size
    whole = np.array(np.unravel_index(correlation.argmax(), correlation.shape), float)
    shift = np.where(whole > shape / 2, whole - shape, whole)
    best = correlation.max()
    for step in (0.5, 0.25, 0.125):
        offsets = [step * np.arange(-1, 2) + s for s in shift]
        local = product
        for axis, positions in enumerate(offsets):
            q = np.arange(shape[axis]) - shape[axis] // 2
            kernel = np.exp(2j * np.pi * np.outer(positions, q) / shape[axis])
            local = np.moveaxis(np.tensordot(kernel, local, (1, axis)), 0, axis)
        place = np.unravel_index(np.abs(local).argmax(), local.shape)
        best = np.abs(local[place])
        shift = np.array([positions[i] for positions, i in zip(offsets, place)])
    return float(best), shift


def _ramp(shape, shift):
    """exp(-2 pi i q s / N): multiplied onto a field it moves the object by `shift` voxels."""
    ramp = 1
    for axis, (n, s) in enumerate(zip(shape, shift)):
        q = (np.arange(n) - n // 2).reshape([-1 if a == axis else 1 for a in range(len(shape))])
        ramp = ramp * np.exp(-2j * np.pi * q * s / n)
    return ramp


def transfer_function(volumes):
    """The phase retrieval transfer function (Chapman et al. 2006) of aligned objects: modulus of the sum of their fields over
    the sum of the moduli, in shells one voxel wide from the centre to the middle of the shortest axis' face; 1 where they agree."""
    fields = [to_detector(volume) for volume in volumes]
    shape = fields[0].shape
    squares = [((np.arange(n) - n // 2) * 2 / n) ** 2 for n in shape]
    radius = np.sqrt(sum(np.meshgrid(*squares, indexing="ij", sparse=True)))
    shells = max(1, min(shape) // 2)
    shell = np.minimum((shells * radius).astype(int), shells).ravel()
    together, apart = (np.bincount(shell, moduli.ravel(), shells + 1)[:shells]
                       for moduli in (np.abs(sum(fields)), sum(np.abs(field) for field in fields)))
    return together / np.maximum(apart, 1e-30)


def object_scores(volume, truth):
    """Scores of an object: `correlation` (complex, inside the union of supports), `phaseRms` (radians, inside the true
    support, weighted by the true modulus), `overlap` (intersection over union of supports), `transfer` (mean over the inner
    half of the shells of its transfer function with the truth)."""
    moved = aligned(volume, truth)
    transfer = transfer_function([moved, truth])
    support, true_support = support_of(moved), support_of(truth)
    union = support | true_support
    a, b = moved[union], truth[union]
    correlation = np.abs(np.vdot(b, a)) / max(np.linalg.norm(a) * np.linalg.norm(b), 1e-30)
    weight = np.abs(truth[true_support])
    turn = moved[true_support] * np.conj(truth[true_support])
    turn = turn / np.maximum(np.abs(turn), 1e-30)
    difference = np.angle(turn * np.conj(np.sum(weight * turn)))
    return {"correlation": float(correlation), "phaseRms": float(np.sqrt(np.average(difference ** 2, weights=weight))),
            "overlap": float((support & true_support).sum() / union.sum()),
            "transfer": float(transfer[:(len(transfer) + 1) // 2].mean())}
