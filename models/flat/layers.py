"""Layers of the two-dimensional networks: the usual ones, made fast on CPUs."""

import torch
from torch import nn
from torch.nn import functional as F


SLOPE = 0.2


def activation(x):
    """Keras' leaky_relu."""
    return F.leaky_relu(x, SLOPE)


def joined(*features):
    return torch.cat(features, 1).contiguous(memory_format=torch.channels_last)


def aligned(x, channels):
    """`x` with zero channels added up to a multiple of 16, and their number. On CPUs convolutions of other counts are slow,
    and in bfloat16 they make PyTorch 1.13 crash."""
    missing = -channels % 16
    if missing == 0:
        return x, 0
    zeros = x.new_zeros((x.shape[0], missing, *x.shape[2:])).contiguous(memory_format=torch.channels_last)
    return joined(x, zeros), missing


class Conv(nn.Conv2d):
    """Convolution which keeps the size."""

    def __init__(self, inputs, outputs, kernel=3, dilation=1):
        super().__init__(inputs, outputs, kernel, padding=dilation * (kernel // 2), dilation=dilation)

    def forward(self, x):
        x, missing = aligned(x, self.in_channels)
        weight = F.pad(self.weight, (0, 0, 0, 0, 0, missing)) if missing else self.weight
        return F.conv2d(x, weight, self.bias, padding=self.padding, dilation=self.dilation)


class Deconv(nn.ConvTranspose2d):
    """Transposed convolution which doubles the size exactly, cut as Keras cuts it for padding "same"."""

    def __init__(self, inputs, outputs, kernel=3):
        super().__init__(inputs, outputs, kernel, stride=2)

    def forward(self, x):
        first = (self.kernel_size[0] - 2) // 2
        height, width = 2 * x.shape[2], 2 * x.shape[3]
        x, missing = aligned(x, self.in_channels)
        weight = F.pad(self.weight, (0, 0, 0, 0, 0, 0, 0, missing)) if missing else self.weight
        full = Transposed.apply(x, weight.to(x.dtype)) + self.bias.to(x.dtype).view(1, -1, 1, 1)
        return full[:, :, first:first + height, first:first + width]


class Transposed(torch.autograd.Function):
    """Transposed convolution of stride 2 as the gradient of a convolution, which it is. PyTorch 1.13 computes its own on CPUs in
    float32 and slowly: half of the whole training would be spent there."""

    @staticmethod
    def forward(context, x, weight):
        context.save_for_backward(x, weight)
        height, width = (2 * (n - 1) + weight.shape[2] for n in x.shape[2:])
        output = x.new_empty((x.shape[0], height, width, weight.shape[1])).permute(0, 3, 1, 2)
        return Transposed.gradients(x, output, weight, [True, False, False])[0]

    @staticmethod
    def backward(context, gradient):
        x, weight = context.saved_tensors
        gradient = gradient.contiguous(memory_format=torch.channels_last)
        return F.conv2d(gradient, weight, stride=2), Transposed.gradients(x, gradient, weight, [False, True, False])[1]

    @staticmethod
    def gradients(output, inputs, weight, wanted):
        return torch.ops.aten.convolution_backward(output, inputs, weight, None, [2, 2], [0, 0], [1, 1], False, [0, 0], 1, wanted)


def pool(x):
    return F.max_pool2d(x, 2)
