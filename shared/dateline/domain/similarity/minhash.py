"""MinHash (Broder 1997) of a set of shingles in one pass, and the bands by which alike ones meet.

One permutation, parted into bins (Li, Owen and Zhang 2012); an empty bin takes what another has (Shrivastava 2017). Two
sets have the same number in a bin as often as they are alike.
"""

from __future__ import annotations

from collections.abc import Sequence, Set
from struct import pack, unpack
from typing import Final

BINS: Final = 64
ROWS: Final = 3
"""Bins of a band: texts meet when they agree in all of one."""
BANDS: Final = BINS // ROWS
_SHIFT: Final = 58
_63_BITS: Final = (1 << 63) - 1
_EMPTY: Final = 1 << 64
_PACKED: Final = f"<{BINS}I"


def signature_of(shingles: Set[int]) -> bytes:
    """The least number of each bin, four bytes each. Raises ``ValueError`` for no shingles."""
    if not shingles:
        raise ValueError("there is nothing to sign")
    least = [_EMPTY] * BINS
    for shingle in shingles:
        bin_ = shingle >> _SHIFT
        if shingle < least[bin_]:
            least[bin_] = shingle
    return pack(_PACKED, *((least[_filled(least, bin_)] >> 16) & 0xFFFFFFFF for bin_ in range(BINS)))


def _filled(least: Sequence[int], bin_: int) -> int:
    """The bin itself, or where it is empty one that isn't, the same for all sets in which both are so."""
    step = 0
    while least[bin_] == _EMPTY:
        step += 1
        bin_ = (bin_ * 40503 + step * 30011 + 7) % BINS
    return bin_


def bands_of(signature: bytes) -> tuple[int, ...]:
    """A number of 63 bits for each band: texts that have one in common may be alike."""
    bins = unpack(_PACKED, signature)
    return tuple(_band(number, bins[number * ROWS : number * ROWS + ROWS]) for number in range(BANDS))


def _band(number: int, bins: Sequence[int]) -> int:
    """What stands in a band, and which one it is, in 63 bits."""
    mixed = number + 1
    for value in bins:
        mixed = ((mixed ^ value) * 0x9E3779B97F4A7C15) & ((1 << 64) - 1)
        mixed ^= mixed >> 29
    return mixed & _63_BITS


def estimated_likeness(one: bytes, other: bytes) -> float:
    """The part of the bins in which two signatures agree."""
    both = zip(unpack(_PACKED, one), unpack(_PACKED, other), strict=True)
    agreeing = len([None for a, b in both if a == b])
    return agreeing / BINS
