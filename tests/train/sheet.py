"""A sheet of training lines to look at: `sheet.py FONTS OUT.png [held-out]`."""

import sys

import numpy as np
from PIL import Image, ImageDraw

import scene

if __name__ == "__main__":
    held = len(sys.argv) > 3
    rng, fonts = np.random.default_rng(3), scene.Fonts(sys.argv[1], held)
    page = Image.new("L", (1500, 1500), 90)
    draw = ImageDraw.Draw(page)
    for at in range(60):
        image, text = scene.sample(rng, fonts, held)
        x, y = at % 2 * 750, at // 2 * 50
        page.paste(Image.fromarray((image * 127 + 128).clip(0, 255).astype(np.uint8)), (x, y))
        draw.text((x, y + 33), text.encode("latin-1", "replace").decode("latin-1"), fill=255)
    page.save(sys.argv[2])
