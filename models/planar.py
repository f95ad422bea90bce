"""Three-dimensional convolutions written as two-dimensional ones, for export.

A convolution of planes whose channels are those of the planes below, at and above each of them is the same sum. ONNX Runtime
has faster code for it on CPUs than for volumes.
"""

import copy
import warnings

import torch
from torch import nn
from torch.nn import functional as F


# Channels that ONNX Runtime's code for CPUs works on together.
LANES = 16


def planar(network, fixed=False):
    """A copy of a network, the same up to rounding, without three-dimensional convolutions of more than one voxel. If the sides
    of its volumes are fixed, the graph needs no nodes that compute them."""
    return _replaced(copy.deepcopy(network), fixed)


def _replaced(module, fixed):
    for name, part in module.named_children():
        setattr(module, name, _planar(part, fixed))
    return module


def _planar(part, fixed):
    if hasattr(part, "planar"):
        return part.planar(fixed)
    if isinstance(part, nn.ConvTranspose3d):
        bias = part.bias.data[:, None, None, None].expand(-1, 2, 2, 2)
        return Spread(part.weight.data.permute(1, 2, 3, 4, 0), bias, fixed)
    if isinstance(part, nn.Conv3d) and part.kernel_size[0] > 1:
        if part.stride[0] == 2:
            return Halving(part, fixed)
        return Neighbours(part, fixed) if part.in_channels >= LANES else Shifted(part, fixed)
    return _replaced(part, fixed)


class Neighbours(nn.Module):
    """The convolution of 3x3x3 voxels, zeros around the volume."""

    def __init__(self, convolution, fixed):
        super().__init__()
        self.convolution, self.fixed = _flat(convolution, padding=1), fixed

    def forward(self, volume):
        z, y, x = _sides(volume, self.fixed)
        around = torch.arange(z)[:, None] + torch.arange(3)
        planes = F.pad(volume.transpose(1, 2), (0, 0, 0, 0, 0, 0, 1, 1)).index_select(1, around.flatten())
        images = self.convolution(planes.reshape(-1, self.convolution.in_channels, y, x))
        return images.reshape(-1, z, self.convolution.out_channels, y, x).transpose(1, 2)


class Shifted(nn.Module):
    """The same of few channels: one convolution of the planes below, one of those at and one of those above each of them, summed.
    Convolutions of fewer channels than `LANES` take them as they are, without sorting them first."""

    def __init__(self, convolution, fixed):
        super().__init__()
        self.below, self.at, self.above = (_slice(convolution, place) for place in range(3))
        self.fixed = fixed

    def forward(self, volume):
        z, y, x = _sides(volume, self.fixed)
        planes = volume.transpose(1, 2)
        moved = [F.pad(planes, (0, 0, 0, 0, 0, 0, step, -step)) for step in (1, -1)]
        below, planes, above = (part.reshape(-1, self.at.in_channels, y, x) for part in (moved[0], planes, moved[1]))
        images = self.at(planes) + self.below(below) + self.above(above)
        return images.reshape(-1, z, self.at.out_channels, y, x).transpose(1, 2)


class Halving(nn.Module):
    """The convolution of 2x2x2 voxels, stride 2."""

    def __init__(self, convolution, fixed):
        super().__init__()
        self.convolution, self.fixed = _flat(convolution, stride=2), fixed

    def forward(self, volume):
        z, y, x = _sides(volume, self.fixed)
        images = self.convolution(volume.transpose(1, 2).reshape(-1, self.convolution.in_channels, y, x))
        return images.reshape(-1, z // 2, self.convolution.out_channels, y // 2, x // 2).transpose(1, 2)


class Spread(nn.Module):
    """Each voxel becomes 2x2x2 voxels, as by a transposed convolution of stride 2."""

    def __init__(self, weight, bias, fixed):
        """Weight (outputs, 2, 2, 2, inputs) and bias (outputs, 2, 2, 2)."""
        super().__init__()
        self.outputs, inputs = weight.shape[0], weight.shape[-1]
        self.convolution, self.fixed = nn.Conv2d(inputs, 8 * self.outputs, 1), fixed
        # The planes come first, then the outputs, then the places in a plane
        self.convolution.weight.data = weight.transpose(0, 1).reshape(-1, inputs, 1, 1)
        self.convolution.bias.data = bias.transpose(0, 1).flatten()

    def forward(self, volume):
        z, y, x = _sides(volume, self.fixed)
        images = self.convolution(volume.transpose(1, 2).reshape(-1, self.convolution.in_channels, y, x))
        return F.pixel_shuffle(images, 2).reshape(-1, 2 * z, self.outputs, 2 * y, 2 * x).transpose(1, 2)


def _flat(convolution, **options):
    """Its planes as channels, plane by plane."""
    weight = convolution.weight.data.transpose(1, 2).flatten(1, 2)
    flat = nn.Conv2d(weight.shape[1], weight.shape[0], weight.shape[2:], **options)
    flat.weight.data, flat.bias.data = weight, convolution.bias.data
    return flat


def _slice(convolution, place):
    """Its part for the planes below (0), at (1, with the bias) and above (2)."""
    flat = nn.Conv2d(convolution.in_channels, convolution.out_channels, 3, padding=1, bias=place == 1)
    flat.weight.data = convolution.weight.data[:, :, place].contiguous()
    if place == 1:
        flat.bias.data = convolution.bias.data
    return flat


def _sides(volume, fixed):
    sides = volume.shape[2:]
    if not fixed:
        return sides
    with warnings.catch_warnings():
        # That the graph will hold these numbers is what is wanted
        warnings.simplefilter("ignore", torch.jit.TracerWarning)
        return [int(side) for side in sides]
