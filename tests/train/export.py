"""Writes the weights that the program carries: `export.py WEIGHTS OUT`, where OUT is assets/ocr.

`reader.f16` holds, layer by layer, weights and then biases with the norms folded in, as 16-bit floats in little endian.
`src/burnin/reader/parity.txt` holds what this network says of some made-up inputs, which the program's own code must repeat."""

import pathlib
import sys

import numpy as np
import torch
from torch import nn

from model import Reader


def folded(conv, norm):
    scale = norm.weight / torch.sqrt(norm.running_var + norm.eps)
    return conv.weight * scale.view(-1, 1, 1, 1), norm.bias - norm.running_mean * scale


def layers(net):
    """Weights and biases in the order in which they are used."""
    yield folded(*net.first[:2])
    for block in net.shape:
        yield folded(*block.depth[:2])
        yield folded(*block.point[:2])
    yield folded(*net.flatten[:2])
    for block in net.along:
        yield folded(*block.depth[:2])
        yield folded(*block.point[:2])
    yield net.out.weight, net.out.bias


def rounded(net):
    """The network with the weights that the file holds: 16 bits, no norms."""
    for module in net.modules():
        if isinstance(module, nn.Sequential) and len(module) == 3 and isinstance(module[1], nn.BatchNorm2d):
            conv = module[0]
            weight, bias = (part.half().float() for part in folded(conv, module[1]))
            conv.weight, conv.bias = nn.Parameter(weight), nn.Parameter(bias)
            module[1] = nn.Identity()
    net.out.weight, net.out.bias = (nn.Parameter(part.half().float()) for part in (net.out.weight, net.out.bias))
    return net


def made_up(columns, seed):
    """An input that other languages make the same: a linear congruence, in steps of 1/64."""
    state, values = seed, []
    for _ in range(32 * columns):
        state = (state * 1103515245 + 12345) & 0x7FFFFFFF
        values.append(((state >> 16) % 129 - 64) / 64)
    return torch.tensor(values, dtype=torch.float32).view(1, 1, 32, columns)


def main(weights, out):
    net = Reader()
    net.load_state_dict(torch.load(weights, map_location="cpu"))
    net.eval()
    with torch.no_grad():
        parts = [np.concatenate([weight.numpy().ravel(), bias.numpy().ravel()]) for weight, bias in layers(net)]
        values = np.concatenate(parts).astype("<f2")
        assert np.isfinite(values).all()
        values.tofile(out / "reader.f16")
        net = rounded(net)
        lines = []
        for columns, seed in [(32, 1), (76, 2), (200, 3)]:
            scores = net(made_up(columns, seed))[0]
            best = scores.argmax(-1)
            for step in range(0, scores.shape[0], 5):
                lines.append(f"{columns} {seed} {step} {int(best[step])} {scores[step].max():.4f} {scores[step, 0]:.4f} {scores[step].mean():.4f}")
    (pathlib.Path(__file__).parents[2] / "src/burnin/reader/parity.txt").write_text("\n".join(lines) + "\n")
    print(len(values), "values,", 2 * len(values), "bytes")


if __name__ == "__main__":
    main(sys.argv[1], pathlib.Path(sys.argv[2]))
