"""What the phasing networks are made of, and the one which guesses the phases of the diffracted amplitude at one look."""

import torch
from torch import nn

from planar import Spread

SIZE = {3: 64, 2: 128}
OUTPUTS = ("phase", "complex")
# log1p of the brightest voxel that is scaled to 1: 8.9e6 photons.
LOG_SCALE = 16.0


def activation(x):
    return nn.functional.leaky_relu(x, 0.1)


class Residual(nn.Module):
    """x + convolutions(x). The second convolution starts at zero, which replaces a normalisation layer."""

    def __init__(self, convolution, channels):
        super().__init__()
        self.first = convolution(channels, channels, 3, padding=1)
        self.second = convolution(channels, channels, 3, padding=1)
        nn.init.zeros_(self.second.weight)
        nn.init.zeros_(self.second.bias)

    def forward(self, x):
        return x + self.second(activation(self.first(activation(x))))


class Unfold(nn.Module):
    """Channels to a volume of twice the size: each voxel becomes the 2x2x2 (2x2) voxels that its channels hold.

    Does what a transposed convolution of stride 2 does, which runs slowly in bfloat16 on CPUs.
    """

    def __init__(self, convolution, channels, outputs, dimensions):
        super().__init__()
        self.outputs, self.dimensions = outputs, dimensions
        self.spread = convolution(channels, outputs * 2 ** dimensions, 1)

    def forward(self, x):
        x = self.spread(x)
        size, d = x.shape[-1], self.dimensions
        x = x.reshape(-1, self.outputs, *[2] * d, *[size] * d)
        order = [axis for i in range(d) for axis in (2 + d + i, 2 + i)]
        return x.permute(0, 1, *order).reshape(-1, self.outputs, *[2 * size] * d)

    def planar(self, fixed):
        """The same for export."""
        if self.dimensions == 2:
            return self
        cube = self.outputs, 2, 2, 2
        return Spread(self.spread.weight.data.reshape(*cube, -1), self.spread.bias.data.reshape(cube), fixed)


class UNet(nn.Module):
    """A U-Net that works at half the size and below: the stem folds 2x2x2 voxels into channels. Coordinates go in, because
    phases of a centred crystal depend on the place."""

    def __init__(self, dimensions, size, inputs, outputs, widths, blocks):
        super().__init__()
        convolution = nn.Conv3d if dimensions == 3 else nn.Conv2d
        axes = torch.meshgrid(*[torch.linspace(-1, 1, size)] * dimensions, indexing="ij")
        self.register_buffer("coordinates", torch.stack(axes)[None], persistent=False)
        self.stem = convolution(inputs + dimensions, widths[0], 2, stride=2)
        self.encode = nn.ModuleList(self._level(convolution, w, b) for w, b in zip(widths, blocks))
        self.down = nn.ModuleList(convolution(a, b, 2, stride=2) for a, b in zip(widths, widths[1:]))
        self.up = nn.ModuleList(Unfold(convolution, b, a, dimensions) for a, b in zip(widths, widths[1:]))
        self.decode = nn.ModuleList(self._level(convolution, w, b) for w, b in zip(widths[:-1], blocks[:-1]))
        self.mix = convolution(widths[0], widths[0], 3, padding=1)
        self.out = Unfold(convolution, widths[0], outputs, dimensions)
        nn.init.normal_(self.out.spread.weight, std=0.01)
        nn.init.zeros_(self.out.spread.bias)

    @staticmethod
    def _level(convolution, width, blocks):
        return nn.Sequential(*[Residual(convolution, width) for _ in range(blocks)])

    def forward(self, volume):
        coordinates = self.coordinates.expand(volume.shape[0], *self.coordinates.shape[1:])
        x = self.stem(torch.cat([volume, coordinates], 1))
        skips = []
        for encode, down in zip(self.encode, self.down):
            x = encode(x)
            skips.append(x)
            x = down(x)
        x = self.encode[-1](x)
        for up, decode, skip in zip(self.up[::-1], self.decode[::-1], skips[::-1]):
            x = decode(skip + up(x))
        return self.out(activation(self.mix(activation(x)))).to(volume.dtype)


class Transform(nn.Module):
    """Between a field of N voxels a side and an object in the central N/2, which holds every crystal of oversampling 2 and
    more. As matrix products, which every runtime has; complex numbers are pairs (N, 2, ...), the transforms orthonormal."""

    def __init__(self, dimensions, size):
        super().__init__()
        self.dimensions, self.size = dimensions, size
        q, x = torch.arange(size) - size // 2, torch.arange(size // 2) - size // 4
        angle = 2 * torch.pi * (q[:, None] * x[None]).double() / size
        for name, turns in (("near", 1), ("wide", 2)):
            self.register_buffer(f"{name}_cosine", ((turns * angle).cos() / size ** 0.5).float(), persistent=False)
            self.register_buffer(f"{name}_sine", ((turns * angle).sin() / size ** 0.5).float(), persistent=False)

    def to_object(self, field):
        return self._product(field, self.near_cosine, self.near_sine, self.size, self.size // 2)

    def to_field(self, volume):
        return self._product(volume, self.near_cosine.t(), -self.near_sine.t(), self.size // 2, self.size)

    def to_wide_object(self, field):
        """The object on every second voxel of the whole box."""
        return self._product(field, self.wide_cosine, self.wide_sine, self.size, self.size // 2)

    def _product(self, pair, cosine, sine, size, becomes):
        # Sides as numbers, so that an exported graph need not compute them.
        # Half precision would lose the weak fringes beside the bright peak.
        with torch.autocast(pair.device.type, enabled=False):
            real, imaginary = pair[:, :1].float(), pair[:, 1:].float()
            for behind in reversed(range(self.dimensions)):
                real, imaginary = _lines(real, size, behind), _lines(imaginary, size, behind)
                real, imaginary = (_turned(real, cosine) - _turned(imaginary, sine), _turned(real, sine) + _turned(imaginary, cosine))
            whole = -1, 1, *[becomes] * self.dimensions
        return torch.cat([real.reshape(whole), imaginary.reshape(whole)], 1)


def _lines(x, size, behind):
    """The lines along the axis with so many behind it, none of which is moved for it."""
    return x.reshape(-1, size, size ** behind) if behind else x.reshape(-1, size)


def _turned(lines, matrix):
    return lines @ matrix if lines.dim() == 2 else matrix.t() @ lines


class GuessingNetwork(nn.Module):
    """(N, 2, 64, 64, 64) -> (N, 2, 64, 64, 64), or 128^2 in two dimensions; axes ([z,] y, x), intensity centred.

    In: log1p counts / 16, 0 where nothing was measured; mask (1 = no data). Out: cosine and sine of the phase, times a
    certainty: output `phase` turns one number into a pair of length 1, output `complex` predicts the pair, whose length
    shrinks where it does not know.
    """

    def __init__(self, dimensions=3, widths=(32, 64, 128, 256), blocks=(1, 1, 2, 2), output="complex"):
        super().__init__()
        if output not in OUTPUTS:
            raise ValueError(f"Output {output} is not one of {', '.join(OUTPUTS)}.")
        self.settings = {"dimensions": dimensions, "widths": tuple(widths), "blocks": tuple(blocks), "output": output}
        self.output = output
        self.guess = UNet(dimensions, SIZE[dimensions], 2, 1 if output == "phase" else 2, widths, blocks)
        if output == "complex":
            # The cosine's half: at length 0 a phase has no gradient.
            nn.init.constant_(self.guess.out.spread.bias[:2 ** dimensions], 0.2)

    def forward(self, diffraction):
        pair = self.guess(diffraction)
        if self.output == "phase":
            pair = torch.cat([torch.cos(pair), torch.sin(pair)], 1)
        return pair


def parameter_count(network):
    return sum(parameter.numel() for parameter in network.parameters())


def inputs_of(counts, mask):
    """Network input (N, 2, ...) of counts and mask (N, ...)."""
    return torch.stack([torch.log1p(counts) * (1 - mask) / LOG_SCALE, mask], 1)
