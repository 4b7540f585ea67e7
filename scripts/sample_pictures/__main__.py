"""Draws every picture into a folder: ``python -m sample_pictures FOLDER [NAME…]``."""

from __future__ import annotations

import sys
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Final

import pyvips
from PIL import Image

from sample_pictures import canal, castles, chart, city, country, crafts, glass, grodno, lakes, underground, works

DRAWINGS: Final[dict[str, Callable[[], str]]] = {
    "naroch-swans": lakes.naroch,
    "braslav-hill": lakes.braslav_hill,
    "braslav-kayak": lakes.braslav_kayak,
    "braslav-church": lakes.braslav_church,
    "canal-lock": canal.canal_lock,
    "bison": country.bison,
    "last-sheaf": country.sheaf,
    "midsummer-wreath": country.midsummer,
    "christmas-tsars": country.tsars,
    "victory-square": city.victory_square,
    "grodno-river": grodno.grodno_river,
    "grodno-clock": grodno.grodno_clock,
    "mir-snow": castles.mir,
    "nesvizh-pond": castles.nesvizh,
    "national-library": city.library,
    "linen-towel": crafts.linen,
    "straw-spider": crafts.straw,
    "cut-glass": glass.glass,
    "cut-paper": crafts.cut_paper,
    "trade-centre": works.trade_centre,
    "salt-gallery": underground.salt_mine,
    "metro-platform": underground.metro,
    "kursk-trade-chart": chart.trade_chart,
}
FEW_COLOURS: Final[dict[str, int]] = {
    "christmas-tsars": 48,
    "grodno-river": 64,
    "grodno-clock": 48,
    "nesvizh-pond": 48,
    "national-library": 48,
    "linen-towel": 24,
    "cut-paper": 8,
    "trade-centre": 96,
    "salt-gallery": 64,
    "metro-platform": 48,
}
"""Those that are smaller as PNG, with so many colours."""
SCALE: Final = 8 / 9
QUALITY: Final = 60


def draw(name: str, folder: Path) -> int:
    """Draw one picture; gives the bytes of its file."""
    image = pyvips.Image.svgload_buffer(DRAWINGS[name]().encode()).flatten(background=255).resize(SCALE)
    if name in FEW_COLOURS:
        file = folder / f"{name}.png"
        _save_png(image, FEW_COLOURS[name], file)
    else:
        file = folder / f"{name}.jpg"
        image.jpegsave(str(file), Q=QUALITY, optimize_coding=True, interlace=True, keep="none", **_SMALLEST)
    return file.stat().st_size


_SMALLEST: Final = {"trellis_quant": True, "overshoot_deringing": True, "optimize_scans": True, "quant_table": 3}


def _save_png(image: pyvips.Image, colours: int, file: Path) -> None:
    whole = Image.open(BytesIO(image.pngsave_buffer())).convert("RGB")
    whole.quantize(colours, method=Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE).save(file, "PNG", optimize=True)


if __name__ == "__main__":
    target = Path(sys.argv[1])
    sizes = {name: draw(name, target) for name in sys.argv[2:] or DRAWINGS}
    for name, size in sizes.items():
        print(f"{size:8,} {name}")
    print(f"{sum(sizes.values()):8,} in all")
