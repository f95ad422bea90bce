"""Other networks for the same task, to compare with `network.GapNetwork`. All map (N, 5, 32, 32, 32) to (N, 2, 32, 32, 32) as it does."""

import torch
from torch import nn
from torch.nn import functional as F

from .network import CHANNELS, SIZE, Residual, activation

RIDGE, MASK, LINEAR, MATE, TRUST = range(CHANNELS)


class Without(nn.Module):
    """A network which is kept from some of its inputs: no ridge fill (the linear one takes its place), no Friedel mate, or none
    of them."""

    def __init__(self, network, ridge=True, mate=True):
        super().__init__()
        self.network, self.ridge, self.mate = network, ridge, mate

    def forward(self, patches):
        channels = list(patches.unbind(1))
        if not self.ridge:
            channels[RIDGE] = channels[LINEAR]
        if not self.mate:
            channels[MATE] = channels[TRUST] = torch.zeros_like(channels[MATE])
        return self.network(torch.stack(channels, 1))


class Incumbent(nn.Module):
    """The network of Masto et al. 2024 (doi 10.1107/S1600576724004163), 2,771,309 parameters.

    It takes log counts that are not standardised (`scale.plain`) and sees only the measured voxels, scaled to 0..1 between the
    least and the greatest of them, the gap being 0; not the mask, nor any fill. It has no deviation: the second channel is 1.
    """

    def __init__(self):
        super().__init__()
        self.dilated = nn.ModuleList([_parallel(1, 8, 3, (4, 3, 2, 1)), _parallel(33, 16, 2, (3, 2, 2, 1))])
        self.plain = nn.ModuleList([_convolution(97, 128, 2), _convolution(128, 256, 2)])
        self.decoder = nn.ModuleList([_convolution(256, 478, 2), _convolution(478 + 128, 222, 2),
                                      _convolution(222 + 97, 96, 2), _convolution(96 + 33, 32, 2)])
        self.head = nn.ModuleList([_convolution(32, 24, 4), _convolution(24, 12, 3), _convolution(12, 6, 2), _convolution(6, 1, 1)])
        for layer in self.modules():
            if isinstance(layer, nn.Conv3d):
                nn.init.xavier_uniform_(layer.weight)
                nn.init.zeros_(layer.bias)

    def forward(self, patches):
        low, span = visible_range(patches)
        x = torch.where(patches[:, MASK:MASK + 1] > 0, 0 * low, (patches[:, :1] - low) / span)
        skips = []
        for block in self.dilated:
            x = _pooled(torch.cat([x] + [layer(x) for layer in block], 1))
            skips.append(x)
        for layer in self.plain:
            x = _pooled(layer(x))
            skips.append(x)
        x = skips.pop()
        for layer in self.decoder:
            x = F.leaky_relu(F.interpolate(layer(x), scale_factor=2.0), 0.2)
            x = torch.cat([x, skips.pop()], 1) if skips else x
        for layer in self.head[:-1]:
            x = F.leaky_relu(layer(x), 0.2)
        filled = torch.sigmoid(1.5 * self.head[-1](x).float())
        return torch.cat([low + span * filled, torch.ones_like(filled)], 1)


class DilatedUNet(nn.Module):
    """A U-Net with parallel dilated convolutions and a skip at full resolution."""

    def __init__(self, widths=(16, 48, 96)):
        super().__init__()
        full, half, quarter = widths
        self.full = _parallel(CHANNELS, full // 4, 3, (4, 3, 2, 1))
        self.down = nn.Conv3d(full, half, 2, stride=2)
        self.encode = nn.Sequential(Residual(half), Residual(half))
        self.further = nn.Conv3d(half, quarter, 2, stride=2)
        self.bottom = nn.Sequential(Residual(quarter), Residual(quarter), Residual(quarter))
        self.back = nn.ConvTranspose3d(quarter, half, 2, stride=2)
        self.decode = Residual(half)
        self.up = nn.ConvTranspose3d(half, full, 2, stride=2)
        self.mix = nn.Conv3d(2 * full, full, 3, padding=1)
        self.out = _silent(nn.Conv3d(full, 2, 1))

    def forward(self, patches):
        full = activation(torch.cat([layer(patches) for layer in self.full], 1))
        half = self.encode(self.down(full))
        half = self.decode(half + self.back(self.bottom(self.further(half))))
        x = activation(self.mix(torch.cat([full, activation(self.up(half))], 1)))
        return _corrected(patches, self.out(x))


class GapAligned(nn.Module):
    """Two-dimensional convolutions along the gap; the 32 layers across it are channels. Each patch is turned so that the gap
    lies across its first axis: that along which the mask varies most."""

    def __init__(self, widths=(160, 224, 288)):
        super().__init__()
        first, second, third = widths
        self.enter = _flat(CHANNELS * SIZE, first, 3)
        self.encode = _FlatResidual(first)
        self.down = nn.Conv2d(first, second, 2, stride=2)
        self.middle = _FlatResidual(second)
        self.further = nn.Conv2d(second, third, 2, stride=2)
        self.bottom = nn.Sequential(_FlatResidual(third), _FlatResidual(third))
        self.back = nn.ConvTranspose2d(third, second, 2, stride=2)
        self.up = nn.ConvTranspose2d(second, first, 2, stride=2)
        self.decode = _FlatResidual(first)
        self.out = _silent(nn.Conv2d(first, 2 * SIZE, 1))

    def forward(self, patches):
        across = [int(torch.stack([mask.mean(tuple({0, 1, 2} - {axis})).var() for axis in range(3)]).argmax())
                  for mask in patches[:, MASK]]
        turned = torch.stack([patch.transpose(1, 1 + axis) for patch, axis in zip(patches, across)])
        first = self.encode(self.enter(turned.flatten(1, 2)))
        second = self.middle(self.down(first))
        second = second + self.back(self.bottom(self.further(second)))
        layers = self.out(self.decode(first + self.up(second))).unflatten(1, (2, SIZE))
        layers = torch.stack([layer.transpose(1, 1 + axis) for layer, axis in zip(layers, across)])
        return _corrected(patches, layers)


class _FlatResidual(nn.Module):
    def __init__(self, channels):
        super().__init__()
        self.first, self.second = _flat(channels, channels, 3), _silent(_flat(channels, channels, 3))

    def forward(self, x):
        return x + self.second(activation(self.first(activation(x))))


def visible_range(patches):
    """Least measured value of each patch and the span to the greatest, (N, 1, 1, 1, 1) each; 1 where the span is nothing."""
    hidden = patches[:, MASK:MASK + 1] > 0
    low = torch.where(hidden, torch.inf, patches[:, :1]).amin((2, 3, 4), keepdim=True)
    high = torch.where(hidden, -torch.inf, patches[:, :1]).amax((2, 3, 4), keepdim=True)
    span = high - low
    known = torch.isfinite(span) & (span > 1e-6)
    return torch.where(torch.isfinite(low), low, torch.zeros_like(low)), torch.where(known, span, torch.ones_like(span))


class _Same(nn.Conv3d):
    """Convolution which keeps the size for even kernels, too."""

    def forward(self, x):
        missing = self.dilation[0] * (self.kernel_size[0] - 1)
        return super().forward(F.pad(x, (missing // 2, missing - missing // 2) * 3))


def _convolution(inputs, outputs, kernel, dilation=1):
    return _Same(inputs, outputs, kernel, dilation=dilation)


def _parallel(inputs, outputs, kernel, dilations):
    return nn.ModuleList(_convolution(inputs, outputs, kernel, dilation) for dilation in dilations)


def _pooled(x):
    return F.leaky_relu(F.max_pool3d(x, 2), 0.2)


def _flat(inputs, outputs, kernel):
    return nn.Conv2d(inputs, outputs, kernel, padding=kernel // 2)


def _silent(layer):
    nn.init.zeros_(layer.weight)
    nn.init.zeros_(layer.bias)
    return layer


def _corrected(patches, correction):
    correction = correction.to(patches.dtype)
    return torch.cat([patches[:, :1] + correction[:, :1], F.softplus(correction[:, 1:] - 1) + 1e-3], 1)
