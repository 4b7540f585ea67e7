"""Colours of the paper (``paper.css``, light and dark) and the few shapes that the drawings are put together from."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from random import Random

WIDTH, HEIGHT = 1800, 1200

PAPER, INK, QUIET, RULE, RED, STRAW = "#faf8f3", "#17181a", "#5b5a54", "#d9d3c6", "#8c1d18", "#f4e4a6"
STONE, GREEN, NIGHT, SLATE, MIST, BLUSH, BRONZE = (
    "#8a8478",
    "#1d5a2c",
    "#14181d",
    "#353c45",
    "#a2a6ab",
    "#f0a193",
    "#5c4c12",
)

Point = tuple[float, float]


def mix(one: str, other: str, share: float) -> str:
    """A colour between two: ``share`` of the other."""
    pairs = zip(_channels(one), _channels(other), strict=True)
    return "#" + "".join(f"{round(first + (second - first) * share):02x}" for first, second in pairs)


def _channels(colour: str) -> list[int]:
    return [int(colour[at : at + 2], 16) for at in (1, 3, 5)]


def svg(*parts: str, width: int = WIDTH, height: int = HEIGHT) -> str:
    """A whole drawing."""
    size = f'width="{width}" height="{height}" viewBox="0 0 {width} {height}"'
    return f'<svg xmlns="http://www.w3.org/2000/svg" {size}>{"".join(parts)}</svg>'


def rect(x: float, y: float, width: float, height: float, fill: str) -> str:
    return f'<rect x="{x:.1f}" y="{y:.1f}" width="{width:.1f}" height="{height:.1f}" fill="{fill}"/>'


def disc(x: float, y: float, radius: float, fill: str) -> str:
    return f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{radius:.1f}" fill="{fill}"/>'


def oval(x: float, y: float, across: float, down: float, fill: str) -> str:
    return f'<ellipse cx="{x:.1f}" cy="{y:.1f}" rx="{across:.1f}" ry="{down:.1f}" fill="{fill}"/>'


def shape(points: Iterable[Point], fill: str) -> str:
    """A filled shape with straight edges."""
    return f'<polygon points="{" ".join(f"{x:.1f},{y:.1f}" for x, y in points)}" fill="{fill}"/>'


def path(way: str, fill: str) -> str:
    """A filled shape by SVG's own words."""
    return f'<path d="{way}" fill="{fill}"/>'


def stroke(way: str, colour: str, width: float) -> str:
    """A line by SVG's own words."""
    ends = 'stroke-linecap="round" stroke-linejoin="round"'
    return f'<path d="{way}" fill="none" stroke="{colour}" stroke-width="{width:.1f}" {ends}/>'


def moved(x: float, y: float, *parts: str, scale: float = 1, flip: bool = False) -> str:
    """Shapes drawn around the origin, where they are to stand; ``flip`` looks the other way."""
    across = -scale if flip else scale
    return f'<g transform="translate({x:.1f} {y:.1f}) scale({across:.3f} {scale:.3f})">{"".join(parts)}</g>'


def mirrored(y: float, opacity: float, *parts: str) -> str:
    """What stands above a line again below it, as in still water."""
    return f'<g transform="translate(0 {2 * y:.1f}) scale(1 -1)" opacity="{opacity}">{"".join(parts)}</g>'


def bands(colours: Sequence[str], top: float, bottom: float) -> str:
    """Flat bands of colour from top to bottom, each higher than the one above it: a sky without gradients."""
    weights = [1 + step * 0.35 for step in range(len(colours))][::-1]
    whole, parts, y = sum(weights), [], top
    for colour, weight in zip(colours, weights, strict=True):
        parts.append(rect(0, y, WIDTH, bottom - y, colour))
        y += (bottom - top) * weight / whole
    return "".join(parts)


def ridge(seed: int, y: float, swing: float, fill: str, bottom: float = HEIGHT, waves: float = 1.0) -> str:
    """Rolling land from side to side."""
    return shape([*_crest(seed, y, swing, waves), (WIDTH, bottom), (0, bottom)], fill)


def _crest(seed: int, y: float, swing: float, waves: float) -> list[Point]:
    chance = Random(seed)
    sines = [(chance.uniform(0, 6.3), rate * waves, 1 / rate) for rate in (1.1, 2.3, 4.1)]
    return [
        (x, y + swing * sum(share * math.sin(rate * x / WIDTH * 6.3 + start) for start, rate, share in sines) / 2)
        for x in range(0, WIDTH + 1, 20)
    ]
