"""Held-out lines, of fonts and backgrounds that training never saw: `evaluate.py FONTS WEIGHTS [LINES]`."""

import pathlib
import sys

import numpy as np
import torch

import scene
import texts
from model import Reader, decode

# What readers and people take for each other; each line's first stands for all of it.
GROUPS = (pathlib.Path(__file__).parents[2] / "assets/ocr/alike.txt").read_text(encoding="utf-8").split()
ALIKE = {ord(letter): group[0] for group in GROUPS for letter in group}


def folded(text):
    """Without spaces, case and the difference between look-alikes."""
    return "".join(text.translate(ALIKE).split()).lower().translate(ALIKE)


def held_out(folder, lines, seed, meant=True):
    """Lines of fonts and backgrounds that training never saw; `meant`: of what screens say, no strings without meaning."""
    rng = np.random.default_rng(seed)
    fonts = scene.Fonts(folder, True)
    every = texts.KINDS
    if meant:
        texts.KINDS = [(kind, share / (1 - every[-1][1])) for kind, share in every[:-1]]
    out = [scene.sample(rng, fonts, True) for _ in range(lines)]
    texts.KINDS = every
    return out


def distance(a, b):
    row = list(range(len(b) + 1))
    for i, x in enumerate(a, 1):
        last, row[0] = row[0], i
        for j, y in enumerate(b, 1):
            last, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, last + (x != y))
    return row[-1]


def read(net, lines, device):
    """Each line alone, as the program reads it."""
    out = []
    order = sorted(range(len(lines)), key=lambda at: lines[at][0].shape[1])
    said = {}
    with torch.no_grad():
        for first in range(0, len(order), 64):
            group = order[first:first + 64]
            width = (max(lines[at][0].shape[1] for at in group) + 2 * scene.PAD + 3) // 4 * 4
            images = np.zeros((len(group), 1, scene.HEIGHT, width), np.float32)
            for row, at in enumerate(group):
                images[row, 0, :, scene.PAD:scene.PAD + lines[at][0].shape[1]] = lines[at][0]
            said.update(zip(group, decode(net(torch.from_numpy(images).to(device)))))
    for at in range(len(lines)):
        out.append(said[at])
    return out


def score(net, lines, device, show=0):
    net.eval()
    wrong = letters = exact = alike = near = 0
    for (_, text), said in zip(lines, read(net, lines, device)):
        off = distance(text, said)
        wrong, letters = wrong + off, letters + len(text)
        exact += text == said
        off = distance(folded(text), folded(said))
        alike, near = alike + (off == 0), near + (off <= 1)
        if show and off:
            show -= 1
            print(repr(text), repr(said))
    count = len(lines)
    return {"right": round(1 - wrong / letters, 4), "exact": round(exact / count, 4), "folded": round(alike / count, 4),
            "near": round(near / count, 4)}


if __name__ == "__main__":
    net = Reader()
    net.load_state_dict(torch.load(sys.argv[2], map_location="cpu"))
    torch.set_num_threads(1)
    count = int(sys.argv[3]) if len(sys.argv) > 3 else 1000
    print("what screens say:", score(net.eval(), held_out(sys.argv[1], count, 8), "cpu", show=40))
    print("with strings that mean nothing:", score(net, held_out(sys.argv[1], count, 8, False), "cpu"))
