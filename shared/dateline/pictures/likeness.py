"""How a picture looks in 64 bits (a perceptual hash): those that differ in few of them are nearly the same."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from math import cos, pi
from statistics import median
from typing import Final

SIDE: Final = 32
"""The hash is made of the picture in so many grey pixels a side."""
_KEPT: Final = 8


def likeness(grey: Sequence[int]) -> int:
    """The hash of ``SIDE`` times ``SIDE`` grey values, row by row: which of their slowest waves (by a cosine transform)
    are above the median."""
    rows = [[_wave(grey[y * SIDE : (y + 1) * SIDE], n) for n in range(_KEPT)] for y in range(SIDE)]
    waves = [_wave([row[n] for row in rows], m) for m in range(_KEPT) for n in range(_KEPT)]
    middle = median(waves[1:])
    return sum((wave > middle + 1e-6) << place for place, wave in enumerate(waves))


def _wave(values: Sequence[float], number: int) -> float:
    return sum(value * factor for value, factor in zip(values, _factors(number), strict=True))


@cache
def _factors(number: int) -> tuple[float, ...]:
    return tuple(cos(pi * number * (2 * place + 1) / (2 * SIDE)) for place in range(SIDE))
