"""The network: separable convolutions down to one row, a stack along the line, two outputs for each four columns."""

import torch
from torch import nn

from texts import ALPHABET

CLASSES = len(ALPHABET) + 1


def layer(conv, norm):
    return nn.Sequential(conv, norm, nn.ReLU(inplace=True))


class Separable(nn.Module):
    """Each channel by itself, then all of each place; added to what came in where the shape stays."""

    def __init__(self, inputs, outputs, stride=(1, 1), kernel=(3, 3)):
        super().__init__()
        pad = (kernel[0] // 2, kernel[1] // 2)
        self.depth = layer(nn.Conv2d(inputs, inputs, kernel, stride, pad, groups=inputs, bias=False), nn.BatchNorm2d(inputs))
        self.point = layer(nn.Conv2d(inputs, outputs, 1, bias=False), nn.BatchNorm2d(outputs))
        self.keeps = inputs == outputs and stride == (1, 1)

    def forward(self, x):
        y = self.point(self.depth(x))
        return x + y if self.keeps else y


class Reader(nn.Module):
    def __init__(self, wide=256, deep=6):
        super().__init__()
        self.first = layer(nn.Conv2d(1, 32, 3, 2, 1, bias=False), nn.BatchNorm2d(32))
        self.shape = nn.Sequential(
            Separable(32, 48), Separable(48, 64, (2, 1)), Separable(64, 64), Separable(64, 128, (2, 2)),
            Separable(128, 128), Separable(128, 128))
        self.flatten = layer(nn.Conv2d(128, wide, (4, 1), bias=False), nn.BatchNorm2d(wide))
        self.along = nn.Sequential(*[Separable(wide, wide, kernel=(1, 7)) for _ in range(deep)])
        self.out = nn.Conv2d(wide, 2 * CLASSES, 1)

    def forward(self, x):
        """Batch × 1 × 32 × columns to batch × columns/2 × classes."""
        y = self.out(self.along(self.flatten(self.shape(self.first(x)))))
        b, _, _, t = y.shape
        return y.view(b, 2, CLASSES, t).permute(0, 3, 1, 2).reshape(b, 2 * t, CLASSES)


def decode(scores):
    """The best symbol of each step, repeats and blanks left out: one text for each of the batch."""
    out = []
    for steps in scores.argmax(-1).tolist():
        text, last = [], 0
        for symbol in steps:
            if symbol and symbol != last:
                text.append(ALPHABET[symbol - 1])
            last = symbol
        out.append("".join(text))
    return out
