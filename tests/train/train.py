"""Trains the line reader: `train.py FONTS OUT --minutes 7 --workers 15`. See README.md."""

import argparse
import copy
import json
import math
import pathlib
import time

import numpy as np
import torch
from torch.nn import functional as F
from torch.utils.data import DataLoader, IterableDataset, get_worker_info

import scene
from evaluate import held_out, score
from model import Reader
from texts import INDEX

POOL = 4  # batches that a worker draws at once, to put lines of like length together


def collate(lines):
    width = (max(image.shape[1] for image, _ in lines) + 2 * scene.PAD + 15) // 16 * 16
    images = np.zeros((len(lines), 1, scene.HEIGHT, width), np.float16)
    for at, (image, _) in enumerate(lines):
        images[at, 0, :, scene.PAD:scene.PAD + image.shape[1]] = image
    labels = [INDEX[letter] for _, text in lines for letter in text]
    lengths = [len(text) for _, text in lines]
    return torch.from_numpy(images), torch.tensor(labels), torch.tensor(lengths)


class Lines(IterableDataset):
    def __init__(self, folder, batch, seed):
        self.folder, self.batch, self.seed = folder, batch, seed

    def __iter__(self):
        info = get_worker_info()
        rng = np.random.default_rng([self.seed, info.id if info else 0])
        fonts = scene.Fonts(self.folder, False)
        while True:
            pool = [scene.sample(rng, fonts) for _ in range(POOL * self.batch)]
            pool.sort(key=lambda line: line[0].shape[1])
            for at in rng.permutation(POOL):
                yield collate(pool[at * self.batch:(at + 1) * self.batch])


def main():
    ask = argparse.ArgumentParser()
    ask.add_argument("fonts")
    ask.add_argument("out", type=pathlib.Path)
    ask.add_argument("--minutes", type=float, default=7)
    ask.add_argument("--workers", type=int, default=2)
    ask.add_argument("--batch", type=int, default=256)
    ask.add_argument("--rate", type=float, default=3e-3)
    ask.add_argument("--seed", type=int, default=1)
    ask.add_argument("--start", help="weights to go on from")
    ask.add_argument("--check", type=float, default=60, help="seconds between checks on held-out lines")
    ask.add_argument("--lines", type=int, default=4000, help="held-out lines at the end")
    ask = ask.parse_args()
    torch.manual_seed(ask.seed)
    ask.out.mkdir(parents=True, exist_ok=True)
    device = "cuda" if torch.cuda.is_available() else "cpu"
    net = Reader().to(device)
    if ask.start:
        net.load_state_dict(torch.load(ask.start, map_location=device))
    mean = copy.deepcopy(net).eval()  # the running mean of the weights, which is what is kept
    print(f"{sum(p.numel() for p in net.parameters())} weights on {device}", flush=True)
    best = torch.optim.AdamW(net.parameters(), lr=ask.rate, weight_decay=0.01, betas=(0.9, 0.98))
    loader = iter(DataLoader(Lines(ask.fonts, ask.batch, ask.seed), batch_size=None, num_workers=ask.workers,
                             prefetch_factor=6 if ask.workers else None, pin_memory=device == "cuda"))
    check = held_out(ask.fonts, 600, 7)
    start = last = told = time.time()
    step, lines, waited, losses, curve = 0, 0, 0.0, [], []
    while True:
        passed = (time.time() - start) / (60 * ask.minutes)
        if passed >= 1:
            break
        # Up within the first hundredths, then down along a cosine.
        rate = ask.rate * min(1, (step + 1) / 300) * (0.5 + 0.5 * math.cos(math.pi * passed) + 0.002)
        for group in best.param_groups:
            group["lr"] = rate
        before = time.time()
        images, labels, lengths = next(loader)
        waited += time.time() - before
        images = images.to(device, non_blocking=True).float()
        with torch.autocast(device, torch.bfloat16, enabled=device == "cuda"):
            scores = net(images)
        chances = F.log_softmax(scores.float(), -1).transpose(0, 1)
        steps = torch.full((images.shape[0],), chances.shape[0], dtype=torch.long)
        loss = F.ctc_loss(chances, labels.to(device), steps.to(device), lengths.to(device), zero_infinity=True)
        best.zero_grad(set_to_none=True)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(net.parameters(), 5.0)
        best.step()
        step, lines = step + 1, lines + images.shape[0]
        keep = min(0.999, step / (step + 20))
        with torch.no_grad():
            theirs = net.state_dict()
            ours = mean.state_dict()
            floats = [name for name, value in ours.items() if value.is_floating_point()]
            torch._foreach_lerp_([ours[n] for n in floats], [theirs[n] for n in floats], 1 - keep)
        losses.append(loss.detach())
        now = time.time()
        if now - told > 10:
            told = now
            shown = torch.stack(losses[-100:]).mean().item()
            print(f"{now - start:.0f} s, step {step}, {lines} lines, {lines / (now - start):.0f}/s, waited {waited:.0f} s, loss {shown:.4f}", flush=True)
        if now - last > ask.check:
            last = now
            torch.save(mean.state_dict(), ask.out / "weights.pt")
            result = score(mean, check, device)
            curve.append({"seconds": round(now - start), "step": step, "lines": lines,
                          "loss": torch.stack(losses[-200:]).mean().item(), **result})
            print(curve[-1], flush=True)
            (ask.out / "curve.json").write_text(json.dumps(curve, indent=0))
            if len(curve) == 2 and curve[-1]["right"] < 0.1:
                raise SystemExit("It learns nothing: a lower --rate, or a look at the data (sheet.py).")
    torch.save(mean.state_dict(), ask.out / "weights.pt")
    curve.append({"seconds": round(time.time() - start), "step": step, "lines": lines,
                  "loss": torch.stack(losses[-200:]).mean().item(), **score(mean, held_out(ask.fonts, ask.lines, 8), device)})
    print(curve[-1], flush=True)
    (ask.out / "curve.json").write_text(json.dumps(curve, indent=0))


if __name__ == "__main__":
    main()
