"""Collects fonts: `fonts.py FROM TO` copies those below from a tree with Debian's packages into a folder with a manifest.

Packages: xfonts-base xfonts-75dpi xfonts-100dpi xfonts-terminus xfonts-x3270-misc fonts-dejavu-core fonts-dejavu-extra
fonts-liberation fonts-liberation2 fonts-freefont-ttf fonts-roboto-unhinted fonts-open-sans fonts-lato fonts-noto-mono
fonts-hack fonts-inconsolata fonts-go fonts-jetbrains-mono fonts-mononoki fonts-anonymous-pro fonts-urw-base35 fonts-b612
fonts-cantarell fonts-crosextra-carlito fonts-crosextra-caladea fonts-ocr-b fonts-spleen fonts-oxygen fonts-play
fonts-firacode fonts-fantasque-sans fonts-vollkorn fonts-droid-fallback fonts-comic-neue fonts-texgyre"""

import json
import pathlib
import re
import shutil
import sys

from PIL import ImageFont

from texts import ALPHABET

# Of the bitmap fonts those that cover Unicode or Latin-1, and not those of symbols and other scripts.
BITMAP = re.compile(
    r"^(\d+x\d+[BO]?|\d+x\d+[BO]?-ISO8859-(1|2|9)|(cour|helv|lub|lut|ncen|tim|luRS|luIS|luBS|lutRS|lutBS|char|term)\w+(-ISO8859-1)?"
    r"|cl[BR]\d+x\d+|ter-[xu]\d\d[nb](_iso-8859-1|_unicode)?|3270(gt)?\d*b?)\.pcf\.gz$")
SCALABLE = re.compile(
    r"^(DejaVu(Sans|SansMono|SansCondensed|Serif)(-Bold|-Oblique)?|Liberation(Sans|Mono|Serif|SansNarrow)-(Regular|Bold|Italic)"
    r"|Free(Sans|Mono|Serif)(Bold|Oblique)?|Roboto(Condensed)?-(Regular|Bold|Medium|Light)|OpenSans-(Regular|Bold|CondBold|CondLight|Semibold)"
    r"|Lato-(Regular|Bold|Medium)|NotoSansMono-(Regular|Bold)|Hack-(Regular|Bold)|Inconsolata|Go-(Mono|Regular|Bold|Mono-Bold)"
    r"|JetBrainsMono-(Regular|Bold|Light)|mononoki-(Regular|Bold)|Anonymous Pro( B)?|Nimbus(Sans|SansNarrow|MonoPS|Roman)-(Regular|Bold|Oblique)"
    r"|B612(Mono)?-(Regular|Bold)|Cantarell-(Regular|Bold)|Carlito-(Regular|Bold)|Caladea-Regular|OCRB?F?|Oxygen-?Sans(-Bold)?|Oxygen.*|Play-(Regular|Bold)"
    r"|FiraCode-(Regular|Bold)|FantasqueSansMono-(Regular|Bold)|Vollkorn-Regular|DroidSansFallbackFull|C059-Roman|P052-Roman|URWGothic-(Book|Demi)"
    r"|ComicNeue-(Regular|Bold)|qag-regular|texgyreadventor-regular)\.(ttf|otf)$")
HELD_OUT = re.compile(r"^(Roboto|B612|Hack|3270|9x15|lut|7x14|Play|Carlito|ter-[xu]18)")


def strike(path):
    """The size of a bitmap font: the one at which it loads."""
    for size in range(4, 40):
        try:
            ImageFont.truetype(str(path), size)
            return size
        except OSError:
            continue
    return None


def covered(font):
    """The letters that a font has: those that look unlike its sign for a missing one."""
    def shape(letter):
        mask = font.getmask(letter)
        return mask.size, bytes(mask), font.getlength(letter)
    missing = {shape("\uf8fe"), shape("\u4e99")}
    return "".join(l for l in ALPHABET if l == " " or (shape(l) not in missing and any(shape(l)[1])))


def main(source, target):
    target.mkdir(parents=True, exist_ok=True)
    fonts, seen = [], set()
    for path in sorted(source.rglob("*")):
        bitmap, scalable = BITMAP.match(path.name), SCALABLE.match(path.name)
        if path.name in seen or not (bitmap or scalable) or path.is_symlink():
            continue
        size = strike(path) if bitmap else None
        if bitmap and size is None:
            continue
        letters = covered(ImageFont.truetype(str(path), size or 24))
        if not set("AZaz09") <= set(letters):
            continue
        seen.add(path.name)
        name = path.name if bitmap is None else f"{path.parent.name}-{path.name}"
        shutil.copyfile(path, target / name)
        fonts.append({"file": name, "size": size, "letters": letters, "held_out": bool(HELD_OUT.match(path.name))})
    (target / "fonts.json").write_text(json.dumps(fonts, ensure_ascii=False, indent=0), encoding="utf-8")
    out = [sum(1 for f in fonts if f["held_out"] == held and (f["size"] is not None) == bits) for held in (0, 1) for bits in (0, 1)]
    print(f"trained on: {out[0]} scalable, {out[1]} bitmap; held out: {out[2]} scalable, {out[3]} bitmap")


if __name__ == "__main__":
    main(pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2]))
