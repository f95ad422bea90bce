"""The three networks of the thesis (Table 4.1), and the small one of the live preview."""

import torch
from torch import nn

from .layers import SLOPE, Conv, Deconv, activation, joined, pool

class DilatedConvolutions(nn.Module):
    """x joined with four convolutions of x, each `filters` wide and with its own dilation."""

    def __init__(self, inputs, filters, dilations):
        super().__init__()
        self.layers = nn.ModuleList(Conv(inputs, filters, dilation=d) for d in dilations)

    def forward(self, x):
        return joined(x, *(activation(layer(x)) for layer in self.layers))


class ThesisNetwork(nn.Module):
    """(N, 1, 128, 128) -> (N, 1, 128, 128), both log1p counts scaled to 0..1, the gap 0 in the input. The mask is no input:
    there is one network for each gap width."""

    prefilled = False

    def start(self):
        """Random weights which keep the size of the signal through all layers (He et al. 2015). With Keras' default it shrinks to a
        hundredth; the first steps then blow it up until the sigmoid saturates, and a short training never recovers."""
        for layer in self.modules():
            if isinstance(layer, (nn.Conv2d, nn.ConvTranspose2d)):
                # Of a transposed convolution of stride 2 every output pixel sees a quarter of the kernel.
                seen = layer.in_channels * layer.weight[0, 0].numel() / (4 if isinstance(layer, nn.ConvTranspose2d) else 1)
                nn.init.normal_(layer.weight, std=(2 / (1 + SLOPE ** 2) / seen) ** 0.5)
                nn.init.zeros_(layer.bias)

    def forward(self, images):
        return torch.sigmoid(self.logits(images).float())


class UNet(ThesisNetwork):
    """Five encoder and five decoder blocks; no skip at full resolution."""

    def __init__(self, widths=(48, 96, 192, 384, 768), last_kernel=3, skips=None, extra=0):
        super().__init__()
        self.encoder = nn.ModuleList(self.encoder_layers(widths))
        skips = skips or widths
        self.bottleneck = Conv(widths[4], 2 * widths[4])
        self.decoder = nn.ModuleList([
            Deconv(2 * widths[4], widths[4]), Deconv(widths[4] + skips[4], widths[3]),
            Deconv(widths[3] + skips[3], widths[2]), Deconv(widths[2] + skips[2], widths[1]),
            Deconv(widths[1] + skips[1], widths[0], last_kernel)])
        self.head = nn.ModuleList([Conv(widths[0] + extra, 24), Conv(24, 12), Conv(12, 6)])
        self.out = Conv(6, 1)
        self.start()

    def encoder_layers(self, widths):
        return [Conv(i, o) for i, o in zip((1,) + tuple(widths), widths)]

    def encode(self, block, x):
        return activation(block(x))

    def join(self, x, first):
        """What the head sees: the decoder's `x`, and in other networks the first skip."""
        return x

    def logits(self, x):
        skips = []
        for block in self.encoder:
            skips.append(self.encode(block, x))
            x = pool(skips[-1])
        x = activation(self.bottleneck(x))
        for block, skip in zip(self.decoder, [None] + skips[:0:-1]):
            x = activation(block(x if skip is None else joined(x, skip)))
        x = self.join(x, skips[0])
        for layer in self.head:
            x = activation(layer(x))
        return self.out(x)


class ModifiedUNet(UNet):
    """The U-Net with dilated convolutions in the first three encoder blocks and the skip at full resolution."""

    def __init__(self):
        super().__init__(last_kernel=4, skips=(49, 145, 337, 384, 768), extra=49)

    def encoder_layers(self, widths):
        return [DilatedConvolutions(1, 12, (16, 8, 4, 2)), DilatedConvolutions(49, 24, (10, 5, 3, 1)),
                DilatedConvolutions(145, 48, (5, 3, 2, 1)), Conv(337, 384), Conv(384, 768)]

    def encode(self, block, x):
        return block(x) if isinstance(block, DilatedConvolutions) else activation(block(x))

    def join(self, x, first):
        return joined(x, first)


class MSDNet(ThesisNetwork):
    """Mixed-scale dense network: 32 convolutions at full resolution with dilations 1 to 32, each of which sees all before it.
    Two of each width from 1 to 16."""

    def __init__(self, blocks=16):
        super().__init__()
        self.layers = nn.ModuleList()
        channels = 1
        for dilation in range(1, 2 * blocks + 1):
            filters = (dilation + 1) // 2
            self.layers.append(Conv(channels, filters, dilation=dilation))
            channels += filters
        self.out = Conv(channels, 1, kernel=1)
        self.start()

    def logits(self, x):
        for layer in self.layers:
            x = joined(x, activation(layer(x)))
        return self.out(x)


class Residual(nn.Module):
    """x + convolutions(x). The second convolution starts at zero, which replaces a normalisation layer."""

    def __init__(self, channels, dilation=1):
        super().__init__()
        self.first = Conv(channels, channels, dilation=dilation)
        self.second = Conv(channels, channels)
        nn.init.zeros_(self.second.weight)
        nn.init.zeros_(self.second.bias)

    def forward(self, x):
        return x + self.second(activation(self.first(activation(x))))


class PreviewNetwork(nn.Module):
    """(N, 2, 128, 128) -> (N, 1, 128, 128): the flat sister of `inpainting.network.GapNetwork`.

    In: standardised log1p counts with linear prefill; mask (1 = no data), so one network serves all gaps. Out: standardised
    log1p of the expected rate. Only two thin layers work at full resolution; the stem folds 2x2 pixels into channels.
    """

    prefilled = True

    def __init__(self, widths=(32, 64, 96, 128), fine=14):
        super().__init__()
        self.stem = nn.Conv2d(2, widths[0], 2, stride=2)
        self.encoder = nn.ModuleList(nn.Sequential(Residual(w), Residual(w, 2)) for w in widths[:-1])
        self.down = nn.ModuleList(nn.Conv2d(a, b, 2, stride=2) for a, b in zip(widths, widths[1:]))
        self.bottom = nn.Sequential(Residual(widths[-1]), Residual(widths[-1], 2))
        self.up = nn.ModuleList(nn.ConvTranspose2d(b, a, 2, stride=2) for a, b in zip(widths, widths[1:]))
        self.decoder = nn.ModuleList(Residual(w) for w in widths[:-1])
        self.unfold = nn.ConvTranspose2d(widths[0], fine, 2, stride=2)
        self.mix = Conv(fine + 2, 2 * fine)
        self.out = nn.Conv2d(2 * fine, 1, 1)
        nn.init.zeros_(self.out.weight)
        nn.init.zeros_(self.out.bias)

    def forward(self, patches):
        x, skips = self.stem(patches), []
        for encode, down in zip(self.encoder, self.down):
            skips.append(encode(x))
            x = down(skips[-1])
        x = self.bottom(x)
        for decode, up, skip in list(zip(self.decoder, self.up, skips))[::-1]:
            x = decode(skip + up(x))
        fine = torch.cat([activation(self.unfold(x)), patches], 1)
        return patches[:, :1] + self.out(activation(self.mix(fine))).to(patches.dtype)


NETWORKS = {"unet": UNet, "msd": MSDNet, "modified": ModifiedUNet, "preview": PreviewNetwork}


def parameter_count(network):
    return sum(parameter.numel() for parameter in network.parameters())
