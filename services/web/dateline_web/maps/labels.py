"""Names on a map, none over another: the place's own first, then its neighbours', the largest first."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final, Literal
from unicodedata import east_asian_width

from dateline_web.maps.projection import Point

LONGEST: Final = 30
"""Characters of a name that are shown."""
_LETTER: Final = 0.56
"""How wide a letter is, in font sizes."""
_AWAY: Final = 3.5
"""How far a name stands from its dot."""
_CLEAR: Final = 2.0

Anchor = Literal["start", "end", "middle"]


@dataclass(frozen=True, slots=True)
class Box:
    """What is taken on the map."""

    left: float
    top: float
    right: float
    bottom: float

    def meets(self, other: Box) -> bool:
        """Whether the two have a part in common."""
        across = self.left < other.right and other.left < self.right
        return across and self.top < other.bottom and other.top < self.bottom

    def holds(self, other: Box) -> bool:
        """Whether the other lies within this."""
        across = self.left <= other.left and other.right <= self.right
        return across and self.top <= other.top and other.bottom <= self.bottom


@dataclass(frozen=True, slots=True)
class Label:
    """A name, the point that it is of, and where its text stands."""

    text: str
    dot: Point
    x: float
    y: float
    anchor: Anchor


class Labels:
    """The names on a map of one size; ``taken`` is what else stands there."""

    def __init__(self, width: float, height: float, taken: Iterable[Box]) -> None:
        self._map = Box(_CLEAR, _CLEAR, width - _CLEAR, height - _CLEAR)
        self._taken = list(taken)

    def place(self, text: str, dot: Point, size: float, dot_size: float = 1.7) -> Label | None:
        """The name of ``dot`` where there is room for it; None where there is none."""
        text = shortened(text)
        own = Box(dot[0] - 3, dot[1] - 3, dot[0] + 3, dot[1] + 3)
        if not self._map.holds(own) or self._meets(own):
            return None
        for label, box in _ways(text, dot, size, dot_size + _AWAY):
            if self._map.holds(box) and not self._meets(box):
                self._taken += [own, box]
                return label
        return None

    def middle(self, text: str, at: Point, size: float) -> Label:
        """A name around a point that has no dot, whatever stands there."""
        text = shortened(text)
        half = width_of(text, size) / 2
        self._taken.append(Box(at[0] - half, at[1] - size, at[0] + half, at[1] + size * 0.4))
        return Label(text, at, at[0], at[1], "middle")

    def _meets(self, box: Box) -> bool:
        return any(box.meets(other) for other in self._taken)


def shortened(text: str) -> str:
    """A name that isn't too long."""
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 1].rstrip()}…"


def width_of(text: str, size: float) -> float:
    """About how wide a text is."""
    return sum(size * (1.0 if east_asian_width(letter) in "WF" else _LETTER) for letter in text)


def _ways(text: str, dot: Point, size: float, away: float) -> Iterator[tuple[Label, Box]]:
    """Beside, above and below the dot; the first that is free is taken."""
    (x, y), wide = dot, width_of(text, size)
    down, up = size * 0.35, size * 0.8
    ways: Sequence[tuple[float, float, Anchor]] = (
        (x + away, y + down, "start"), (x - away, y + down, "end"), (x, y - away, "middle"),
        (x, y + away + up, "middle"),
    )  # fmt: skip
    for at_x, at_y, anchor in ways:
        left = {"start": at_x, "end": at_x - wide, "middle": at_x - wide / 2}[anchor]
        yield Label(text, dot, at_x, at_y, anchor), Box(left, at_y - up, left + wide, at_y + size * 0.25)
