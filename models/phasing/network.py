"""The network: a residual U-Net from log intensity and mask to the phases of the diffracted amplitude, and optional further
U-Nets which mend the object that these phases give."""

import torch
from torch import nn

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
        self.axes = range(2, 2 + dimensions)
        q, x = torch.arange(size) - size // 2, torch.arange(size // 2) - size // 4
        angle = 2 * torch.pi * (q[:, None] * x[None]).double() / size
        self.register_buffer("cosine", (angle.cos() / size ** 0.5).float(), persistent=False)
        self.register_buffer("sine", (angle.sin() / size ** 0.5).float(), persistent=False)

    def to_object(self, field):
        return self._product(field, self.cosine, self.sine)

    def to_field(self, volume):
        return self._product(volume, self.cosine.t(), -self.sine.t())

    def _product(self, pair, cosine, sine):
        # Half precision would lose the weak fringes beside the bright peak.
        with torch.autocast(pair.device.type, enabled=False):
            real, imaginary = pair[:, :1].float(), pair[:, 1:].float()
            for axis in self.axes:
                real, imaginary = real.transpose(axis, -1), imaginary.transpose(axis, -1)
                real, imaginary = real @ cosine - imaginary @ sine, real @ sine + imaginary @ cosine
                real, imaginary = real.transpose(axis, -1), imaginary.transpose(axis, -1)
        return torch.cat([real, imaginary], 1)


class PhaseNetwork(nn.Module):
    """(N, 2, 64, 64, 64) -> (N, 2, 64, 64, 64), or 128^2 in two dimensions; axes ([z,] y, x), intensity centred.

    In: log1p counts / 16, 0 where nothing was measured; mask (1 = no data). Out: cosine and sine of the phase, times a
    certainty: output `phase` turns one number into a pair of length 1, output `complex` predicts the pair, whose length
    shrinks where it does not know. Each of `stages` further U-Nets sees the object of the measured moduli and the phases so
    far and corrects it; the phases are then those of the corrected object.
    """

    def __init__(self, dimensions=3, widths=(32, 64, 128, 256), blocks=(1, 1, 2, 2), output="complex", stages=0):
        super().__init__()
        if output not in OUTPUTS:
            raise ValueError(f"Output {output} is not one of {', '.join(OUTPUTS)}.")
        self.settings = {"dimensions": dimensions, "widths": tuple(widths), "blocks": tuple(blocks), "output": output,
                         "stages": stages}
        size = SIZE[dimensions]
        self.output = output
        self.guess = UNet(dimensions, size, 2, 1 if output == "phase" else 2, widths, blocks)
        if output == "complex":
            # The cosine's half: at length 0 a phase has no gradient.
            nn.init.constant_(self.guess.out.spread.bias[:2 ** dimensions], 0.2)
        # Half the size, so one level less; the wide level stays wide.
        self.mend = nn.ModuleList(UNet(dimensions, size // 2, 3, 2, widths[1:], blocks[1:]) for _ in range(stages))
        self.transform = Transform(dimensions, size) if stages else None

    def forward(self, diffraction):
        return self.answers(diffraction)[-1]

    def answers(self, diffraction):
        """The answers of all stages, the last being the best."""
        pair = self.guess(diffraction)
        if self.output == "phase":
            pair = torch.cat([torch.cos(pair), torch.sin(pair)], 1)
        answers = [pair]
        if self.mend:
            amplitude = self._amplitude(diffraction)
            known = 1 - diffraction[:, 1:]
            field = pair * amplitude
            for mend in self.mend:
                volume = self.transform.to_object(field)
                modulus = (volume ** 2).sum(1, keepdim=True).add(1e-12).sqrt()
                field = self.transform.to_field(volume + mend(torch.cat([volume, modulus], 1)))
                power = (field ** 2).sum(1, keepdim=True)
                # Length 1 where the field is as strong as measured, less where the object does not explain it.
                expected = torch.where(known > 0, amplitude ** 2, power)
                pair = field * (0.5 * (power + expected) + 1e-6).rsqrt()
                answers.append(pair)
                field = pair * torch.where(known > 0, amplitude, power.add(1e-12).sqrt())
        return answers

    @staticmethod
    def _amplitude(diffraction):
        """Measured moduli, scaled so that an object which fills an eighth of the transform's box has modulus 1 or so."""
        intensity = torch.exp(LOG_SCALE * diffraction[:, :1]) - 1
        axes = tuple(range(1, diffraction.dim()))
        voxels = intensity[0].numel() / 64
        return (intensity * (voxels / intensity.sum(axes, keepdim=True).clamp(min=1.0))).clamp(min=0).sqrt()


def parameter_count(network):
    return sum(parameter.numel() for parameter in network.parameters())


def inputs_of(counts, mask):
    """Network input (N, 2, ...) of counts and mask (N, ...)."""
    return torch.stack([torch.log1p(counts) * (1 - mask) / LOG_SCALE, mask], 1)
