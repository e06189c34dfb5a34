"""Lines as `src/burnin` hands them over: drawn on a background, spoilt as screens and compression spoil them, cut out
with the margins and the mistakes of the detector, brought to one height."""

import json
import pathlib

import cv2
import numpy as np
from PIL import ImageFont

import texts

cv2.setNumThreads(0)
HEIGHT = 32  # rows of the network's input
WIDEST = 1000  # columns
PAD = 8  # empty columns on either side


class Fonts:
    def __init__(self, folder, held_out):
        self.folder = pathlib.Path(folder)
        every = json.loads((self.folder / "fonts.json").read_text(encoding="utf-8"))
        own = [f for f in every if f["held_out"] == held_out]
        for font in own:
            font["set"] = set(font["letters"])
        self.bitmap = [f for f in own if f["size"]]
        self.scalable = [f for f in own if not f["size"]]
        self.glyphs = {}

    def pick(self, rng):
        if rng.random() < 0.36:
            font = texts.pick(rng, self.bitmap)
            return font, font["size"]
        size = int(rng.integers(8, 17)) if rng.random() < 0.62 else int(rng.integers(17, 37))
        return texts.pick(rng, self.scalable), size

    def glyph(self, font, size, crisp, letter):
        """Coverage, offset from the pen on the baseline, and advance; drawn once."""
        face, known = self.glyphs.get((font["file"], size, crisp)) or self.face(font, size, crisp)
        if letter not in known:
            mask, (x, y) = face.getmask2(letter, mode="1" if crisp else "L", anchor="ls")
            dots = np.array(mask, np.float32).reshape(mask.size[::-1]) / 255
            known[letter] = dots, x, y, face.getlength(letter)
        return known[letter]

    def face(self, font, size, crisp):
        face = ImageFont.truetype(str(self.folder / font["file"]), size, layout_engine=ImageFont.Layout.BASIC)
        return self.glyphs.setdefault((font["file"], size, crisp), (face, {}))


def write(fonts, font, size, crisp, text, extra):
    """The text's coverage, letter by letter, without kerning."""
    base, pen = size + 8, float(size)
    glyphs = [fonts.glyph(font, size, crisp, letter) for letter in text]
    width = sum(round(glyph[3]) + extra for glyph in glyphs) + 4 * size
    canvas = np.zeros((2 * size + 16, width), np.float32)
    for dots, x, y, advance in glyphs:
        h, w = dots.shape
        left, top = round(pen) + x, base + y
        if h and w and top >= 0 and left >= 0:
            part = canvas[top:top + h, left:left + w]
            np.maximum(part, dots[:part.shape[0], :part.shape[1]], out=part)
        pen += round(advance) + extra
    return canvas


def lettering(rng, fonts):
    """The text, and its coverage from 0 to 1 with no margin."""
    font, size = fonts.pick(rng)
    text = " ".join(texts.clean(texts.line(rng), font["set"]).split())
    if not text:
        return None
    crisp = bool(font["size"]) or (size < 20 and rng.random() < 0.2)
    # Rows of pieces hold gaps of one and a half letters' heights.
    wide = text.replace(" ", "  ") if rng.random() < 0.08 else text
    extra = int(rng.integers(1, 3)) if rng.random() < 0.08 else 0
    mask = write(fonts, font, size, crisp, wide, extra)
    if crisp and size < 16 and rng.random() < 0.22:  # pixels doubled, as screens do with small fonts
        times = 2 if size > 8 or rng.random() < 0.7 else 3
        mask = np.repeat(np.repeat(mask, times, 0), times, 1)
    rows, columns = np.flatnonzero(mask.max(1) > 0.3), np.flatnonzero(mask.max(0) > 0.3)
    if len(rows) < 3 or len(columns) < 2:
        return None
    return text, mask[rows[0]:rows[-1] + 1, columns[0]:columns[-1] + 1]


def smooth(rng, h, w, grain):
    small = rng.random((int(h / grain) + 2, int(w / grain) + 2), np.float32)
    return cv2.resize(small, (w, h), interpolation=cv2.INTER_CUBIC)


def flat(rng, h, w):
    level = 0 if rng.random() < 0.55 else rng.integers(0, 256)
    return np.full((h, w), level, np.float32)


def gradient(rng, h, w):
    a, b, c = rng.integers(0, 256, 3)
    return (np.linspace(a, b, w, dtype=np.float32)[None] + np.linspace(0, c - a, h, dtype=np.float32)[:, None] * 0.3).clip(0, 255)


def tissue(rng, h, w):
    field = smooth(rng, h, w, float(rng.uniform(14, 60))) + 0.5 * smooth(rng, h, w, float(rng.uniform(5, 14)))
    low, high = sorted(rng.integers(0, 256, 2))
    return low + (high - low) * (field / 1.5).clip(0, 1)


def speckle(rng, h, w):
    """Ultrasound: grains that are longer than high, on soft shapes."""
    grains = rng.rayleigh(0.6, (h // 2 + 1, w // 3 + 1)).astype(np.float32)
    grains = cv2.resize(grains, (w, h), interpolation=cv2.INTER_LINEAR)
    return (tissue(rng, h, w) * grains * 0.8).clip(0, 255)


def noise(rng, h, w):
    return (rng.integers(0, 200) + rng.standard_normal((h, w), np.float32) * rng.uniform(3, 28)).clip(0, 255)


def edges(rng, h, w):
    """Bones and borders: bands with sharp edges over tissue."""
    field = tissue(rng, h, w)
    for _ in range(int(rng.integers(1, 4))):
        ends = [(int(rng.integers(-20, w + 20)), int(rng.integers(-20, h + 20))) for _ in range(2)]
        cv2.line(field, *ends, float(rng.integers(0, 256)), int(rng.integers(1, 25)), cv2.LINE_AA)
    return field


def plate(rng, h, w):
    field = edges(rng, h, w)
    field[h // 5:h - h // 5] = rng.integers(0, 256)
    return field


def ribs(rng, h, w):  # held out
    x, y = np.meshgrid(np.arange(w, dtype=np.float32), np.arange(h, dtype=np.float32))
    wave = np.sin((x * rng.uniform(-1, 1) + y * rng.uniform(0.3, 1)) / rng.uniform(4, 14) + 3 * smooth(rng, h, w, 40))
    return (rng.integers(40, 170) + 60 * wave + 8 * rng.standard_normal((h, w), np.float32)).clip(0, 255)


def sponge(rng, h, w):  # held out
    holes = (smooth(rng, h, w, float(rng.uniform(3, 6))) > rng.uniform(0.5, 0.8)).astype(np.float32)
    return cv2.GaussianBlur(holes, (0, 0), 1.2) * rng.integers(30, 110) + tissue(rng, h, w) * 0.5


OWN = [(flat, 0.42), (gradient, 0.06), (tissue, 0.14), (speckle, 0.12), (noise, 0.1), (edges, 0.1), (plate, 0.06)]
HELD_OUT = [(flat, 0.35), (ribs, 0.3), (sponge, 0.35)]


def background(rng, h, w, held_out):
    at = rng.random()
    for kind, share in HELD_OUT if held_out else OWN:
        at -= share
        if at < 0:
            break
    field = kind(rng, h, w)
    return np.ascontiguousarray(field, np.float32)


def ink(rng, around):
    """A level that stands out from what is around."""
    least = 45 if rng.random() < 0.25 else 80
    bright = around < 128 if rng.random() < 0.85 else around + least < 256
    if bright:
        return 255.0 if rng.random() < 0.3 else float(rng.uniform(min(around + least, 254), 255))
    return 0.0 if rng.random() < 0.3 else float(rng.uniform(0, max(around - least, 1)))


def burn(rng, field, mask, x, y):
    h, w = mask.shape
    part = field[y:y + h, x:x + w]
    around, rough = float(part.mean()), float(part.std())
    level = ink(rng, around)
    # What nobody could read teaches nothing: mostly, the ink stands out by more than the background varies.
    if rng.random() < 0.85 and rough > abs(level - around) / 2.5:
        part[:] = around + (part - around) * (abs(level - around) / 2.5 / rough)
    style = rng.random()
    if style < 0.22:  # outlined, or with a shadow
        other = 0.0 if level > 110 else 255.0
        m = np.pad(mask, 1)
        around = cv2.dilate(m, np.ones((3, 3), np.uint8)) if style < 0.14 else np.roll(m, (1, 1), (0, 1))
        area = field[y - 1:y + h + 1, x - 1:x + w + 1]
        area += (other - area) * around
    share = mask * (1.0 if rng.random() < 0.85 else float(rng.uniform(0.75, 0.95)))
    part += (level - part) * share
    return level


def beside(rng, fonts, field, box):
    """Other lines, rules and ticks near the line."""
    x0, y0, x1, y1 = box
    h, w = field.shape
    if rng.random() < 0.22:
        other = lettering(rng, fonts)
        if other:
            mask = other[1]
            gap = int(rng.integers(2, 4 + (y1 - y0) // 2))
            top = y0 - gap - mask.shape[0] if rng.random() < 0.5 else y1 + gap
            a, b = max(top, 1), min(top + mask.shape[0], h - 1)
            if b - a > 2:
                mask = mask[a - top:b - top, :w - x0 - 2]
                burn(rng, field, mask, x0, a)
    if rng.random() < 0.1:  # a frame or an underline
        level = float(rng.integers(0, 256))
        far = int(rng.integers(2, 6))
        if rng.random() < 0.5:
            cv2.rectangle(field, (x0 - far, y0 - far), (x1 + far, y1 + far), level, 1)
        else:
            cv2.line(field, (x0, y1 + far), (x1, y1 + far), level, 1)
    if rng.random() < 0.05:
        x = x0 - int(rng.integers(3, 8))
        cv2.line(field, (x, 0), (x, h), float(rng.integers(0, 256)), 1)


def spoil(rng, field):
    """Returns the picture and the factors by which it grew."""
    h, w = field.shape
    grow = (1.0, 1.0)
    if rng.random() < 0.3:
        field = cv2.GaussianBlur(field, (0, 0), float(rng.uniform(0.3, 0.9)))
    if rng.random() < 0.3:
        by = float(rng.uniform(0.72, 1.0) if rng.random() < 0.3 else rng.uniform(1.0, 2.2))
        tall = by * float(rng.uniform(0.88, 1.14))
        size = (max(int(w * by), 8), max(int(h * tall), 8))
        way = cv2.INTER_AREA if by < 1 else texts.pick(rng, [cv2.INTER_LINEAR, cv2.INTER_CUBIC, cv2.INTER_NEAREST])
        field = cv2.resize(field, size, interpolation=way)
        grow = (size[0] / w, size[1] / h)
    if rng.random() < 0.35:
        field = field + rng.standard_normal(field.shape, np.float32) * float(rng.uniform(1, 12))
    field = field.clip(0, 255).astype(np.uint8)
    if rng.random() < 0.35:
        quality = int(rng.integers(35, 96))
        dy, dx = int(rng.integers(0, 8)), int(rng.integers(0, 8))
        padded = np.pad(field, ((dy, 0), (dx, 0)), mode="edge")
        coded = cv2.imencode(".jpg", padded, [cv2.IMWRITE_JPEG_QUALITY, quality])[1]
        field = cv2.imdecode(coded, cv2.IMREAD_GRAYSCALE)[dy:, dx:]
    return field, grow


def level(values):
    """The input's values: 0 where the background is, about 1 apart where the ink is. As `src/burnin/reader` does."""
    counts = np.bincount(values.ravel(), minlength=256).cumsum()
    low, middle, high = (int(np.searchsorted(counts, values.size * share / 100)) for share in (2, 50, 98))
    return (values.astype(np.float32) - middle) / max(high - low, 16)


def fit(values):
    """A crop as the network takes it: `HEIGHT` rows, and as many columns as keep its shape."""
    while values.shape[0] > 2 * HEIGHT:
        h, w = values.shape[0] // 2 * 2, values.shape[1] // 2 * 2
        v = values[:h, :w].astype(np.uint16)
        values = ((v[0::2, 0::2] + v[0::2, 1::2] + v[1::2, 0::2] + v[1::2, 1::2]) // 4).astype(np.uint8)
    h, w = values.shape
    width = min(max((w * HEIGHT * 2 + h) // (2 * h), 8), WIDEST)
    return cv2.resize(level(values), (width, HEIGHT), interpolation=cv2.INTER_LINEAR)


def crop(rng, field, box):
    """As the detector's box with the reader's margins (`src/burnin/reader`), which may leave out accents, and their mistakes."""
    x0, y0, x1, y1 = box
    tall = y1 - y0
    def side(least, most):
        return rng.uniform(least, most) * tall
    rough = rng.random() < 0.3
    top, bottom = (side(-0.06, 0.5), side(-0.06, 0.5)) if rough else (side(0.0, 0.42) + 1, side(0.05, 0.36) + 1)
    left, right = (side(0.0, 1.0), side(0.0, 1.0)) if rough else (side(0.1, 0.45) + 1, side(0.1, 0.45) + 1)
    h, w = field.shape
    y0, y1 = max(round(y0 - top), 0), min(round(y1 + bottom), h)
    x0, x1 = max(round(x0 - left), 0), min(round(x1 + right), w)
    return field[y0:y1, x0:x1]


def sample(rng, fonts, held_out=False):
    """An image of one line, 32 rows high, and what it says."""
    while True:
        drawn = lettering(rng, fonts)
        if drawn is None:
            continue
        text, mask = drawn
        h, w = mask.shape
        margin = h + 6
        field = background(rng, h + 2 * margin, w + 2 * margin, held_out)
        box = (margin, margin, margin + w, margin + h)
        beside(rng, fonts, field, box)
        burn(rng, field, mask, margin, margin)
        field, (gx, gy) = spoil(rng, field)
        box = (box[0] * gx, box[1] * gy, box[2] * gx, box[3] * gy)
        part = crop(rng, field, box)
        if part.shape[0] < 6 or part.shape[1] < 4:
            continue
        image = fit(part)
        # Letters below half a column of output each cannot be told apart.
        if image.shape[1] < WIDEST and image.shape[1] >= 4 * len(text):
            return image, text
