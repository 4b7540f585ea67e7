"""How long, and with how much memory, all renditions of a picture of 50 megapixels are made; beside libvips alone.

The bare measure resizes and saves the same outputs by libvips alone: decoded once, with two threads of libvips' own.
"""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

import pyvips

from bench._report import report
from dateline.domain.picture import FocalPoint, renditions
from dateline.pictures.child import _environment, render_in_child

WIDTH: Final = 8660
HEIGHT: Final = 5774
FOCAL: Final = FocalPoint(40, 60)
RUNS: Final = 3
SECONDS: Final = 1.5
MEGABYTES: Final = 300
RATIO: Final = 1.3
_BARE: Final = f"""
import sys
import pyvips
from dateline.domain.picture import FocalPoint, crop_size, renditions
from dateline.pictures.rendering import _ENCODERS
path, folder = sys.argv[1:]
whole = pyvips.Image.thumbnail(path, 1920, height=100_000, export_profile="srgb").copy_memory()
for one in renditions({WIDTH}, {HEIGHT}, FocalPoint{tuple(FOCAL)}):
    if one.name.endswith(".avif"):
        across, down = crop_size(whole.width, whole.height, one.crop)
        left, top = (whole.width - across) * {FOCAL.x} // 100, (whole.height - down) * {FOCAL.y} // 100
        part = whole.crop(left, top, across, down).thumbnail_image(one.width, height=one.height, size="force")
        part = part.copy_memory()
    save, options = _ENCODERS[one.name.rpartition(".")[2]]
    getattr(part, save)(folder + "/" + one.name, keep="none", **options)
"""


def main() -> None:
    """Make the picture, measure, report."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        path = folder / "large.jpg"
        draw(path)
        ours, memory = min((measure_ours(path, folder) for _ in range(RUNS)), key=lambda one: one[0])
        bare = min(measure_bare(path, folder) for _ in range(RUNS))
    files = len(list(renditions(WIDTH, HEIGHT, FOCAL)))
    report("pictures", ours=ours, limit=SECONDS, unit="s", ratio=ours / bare, ratio_limit=RATIO, files=files)
    report("pictures-memory", ours=memory, limit=MEGABYTES, unit="MB")


def draw(path: Path) -> None:
    """A JPEG with shapes and grain of all sizes, as a photograph has them; the same each time."""
    bands = []
    for band in range(3):
        shapes = [
            pyvips.Image.perlin(WIDTH, HEIGHT, cell_size=size, seed=size + band) * strength
            for size, strength in ((1024, 60), (256, 35), (64, 18), (16, 9))
        ]
        grain = pyvips.Image.gaussnoise(WIDTH, HEIGHT, sigma=3, mean=128, seed=band)
        bands.append(pyvips.Image.sum([*shapes, grain]))
    bands[0].bandjoin(bands[1:]).cast("uchar").copy(interpretation="srgb").jpegsave(str(path), Q=88)


def measure_ours(path: Path, folder: Path) -> tuple[float, float]:
    """Seconds with the child's start, and its megabytes."""
    with TemporaryDirectory(dir=folder) as made:
        began = time.perf_counter()
        work = render_in_child(path, Path(made), (WIDTH, HEIGHT), FOCAL)
        return time.perf_counter() - began, work.kilobytes / 1024


def measure_bare(path: Path, folder: Path) -> float:
    """Seconds with Python's start."""
    with TemporaryDirectory(dir=folder) as made:
        began = time.perf_counter()
        line = [sys.executable, "-P", "-c", _BARE, str(path), made]
        subprocess.run(line, env=_environment(folder) | {"VIPS_CONCURRENCY": "2"}, check=True)
        return time.perf_counter() - began


if __name__ == "__main__":
    main()
