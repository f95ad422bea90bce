"""The network: a three-dimensional U-Net which corrects a ridge fill and says how sure it is."""

import torch
from torch import nn
from torch.nn import functional as F

SIZE = 32
CHANNELS = 5
UNCALIBRATED = torch.tensor([1.0, 0.0, 1.0])


def activation(x):
    """Leaky: plain rectifiers died in early trials."""
    return F.leaky_relu(x, 0.1)


class Residual(nn.Module):
    """x + convolutions(x). The second convolution starts at zero, which replaces a normalisation layer."""

    def __init__(self, channels):
        super().__init__()
        self.first = nn.Conv3d(channels, channels, 3, padding=1)
        self.second = nn.Conv3d(channels, channels, 3, padding=1)
        nn.init.zeros_(self.second.weight)
        nn.init.zeros_(self.second.bias)

    def forward(self, x):
        return x + self.second(activation(self.first(activation(x))))


class GapNetwork(nn.Module):
    """(N, 5, 32, 32, 32) -> (N, 2, 32, 32, 32), axes (z, y, x).

    In: standardised log1p counts, gaps filled by ridge; mask (1 = no data); the counts with gaps filled linearly; the
    Friedel mate; trust in it. Out: standardised log1p of the expected rate; its standard deviation. At full resolution,
    where voxels are dear, there is only one thin layer: the stem folds 2x2x2 voxels into channels (no detail is lost) and the
    work is done at half size and less.
    """

    def __init__(self, half=32, quarter=96, eighth=128, fine=8):
        super().__init__()
        self.stem = nn.Conv3d(CHANNELS, half, 2, stride=2)
        self.encode_half = Residual(half)
        self.to_quarter = nn.Conv3d(half, quarter, 2, stride=2)
        self.encode_quarter = Residual(quarter)
        self.to_eighth = nn.Conv3d(quarter, eighth, 2, stride=2)
        self.bottom = Residual(eighth)
        self.from_eighth = nn.ConvTranspose3d(eighth, quarter, 2, stride=2)
        self.decode_quarter = Residual(quarter)
        self.from_quarter = nn.ConvTranspose3d(quarter, half, 2, stride=2)
        self.decode_half = Residual(half)
        self.from_half = nn.ConvTranspose3d(half, fine, 2, stride=2)
        self.mix = nn.Conv3d(fine + CHANNELS, 2 * fine, 3, padding=1)
        self.out = nn.Conv3d(2 * fine, 2, 1)
        nn.init.zeros_(self.out.weight)
        nn.init.zeros_(self.out.bias)
        # One factor for all standard deviations, set from calibration volumes when the network is exported, and what `fill` does
        # with small ones and with those in wide gaps: see there.
        self.register_buffer("deviation_scale", torch.ones(()))
        self.register_buffer("calibration", UNCALIBRATED.clone())

    def forward(self, patches):
        half = self.encode_half(self.stem(patches))
        quarter = self.encode_quarter(self.to_quarter(half))
        eighth = self.bottom(self.to_eighth(quarter))
        quarter = self.decode_quarter(quarter + self.from_eighth(eighth))
        half = self.decode_half(half + self.from_quarter(quarter))
        fine = torch.cat([activation(self.from_half(half)), patches], 1)
        correction = self.out(activation(self.mix(fine))).to(patches.dtype)
        rate = patches[:, :1] + correction[:, :1]
        deviation = (F.softplus(correction[:, 1:] - 1) + 1e-3) * self.deviation_scale
        return torch.cat([rate, deviation], 1)


def restore(network, weights):
    """Load a state saved before there was anything to calibrate, too; returns the network."""
    missing = {"calibration": UNCALIBRATED} if hasattr(network, "calibration") else {}
    network.load_state_dict({**missing, **weights})
    return network


def parameter_count(network):
    return sum(parameter.numel() for parameter in network.parameters())
