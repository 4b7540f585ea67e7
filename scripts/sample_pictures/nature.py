"""Trees, woods, reeds, water, clouds and snow."""

from __future__ import annotations

from random import Random

from sample_pictures.shapes import HEIGHT, WIDTH, disc, mix, moved, oval, path, rect, shape, stroke

PINE_LEVELS = 5


def spruce(height: float, fill: str) -> str:
    """A spruce that stands on the origin."""
    wide = height * 0.2
    points: list[tuple[float, float]] = [(0, -height)]
    left: list[tuple[float, float]] = []
    for level in range(1, PINE_LEVELS + 1):
        y = -height * (1 - level / (PINE_LEVELS + 0.6))
        out = wide * level / PINE_LEVELS
        points += [(out, y), (out * 0.45, y - height * 0.02)]
        left += [(-out, y), (-out * 0.45, y - height * 0.02)]
    return shape([*points, *reversed(left)], fill) + rect(
        -height * 0.015, -height * 0.2, height * 0.03, height * 0.2, fill
    )


def forest(seed: int, y: float, low: float, high: float, fill: str, left: float = 0, right: float = WIDTH) -> str:
    """A wall of spruces along a line."""
    chance, x, trees = Random(seed), left, []
    while x < right:
        trees.append(moved(x, y + chance.uniform(0, 6), spruce(chance.uniform(low, high), fill)))
        x += chance.uniform(low * 0.16, low * 0.34)
    return "".join(trees) + rect(left, y - low * 0.22, right - left, low * 0.22 + 8, fill)


def birch(x: float, width: float, bark: str, marks: str, seed: int, top: float = 0, bottom: float = HEIGHT) -> str:
    """The trunk of a birch from top to bottom, with its marks."""
    chance, parts, y = Random(seed), [rect(x, top, width, bottom - top, bark)], top + 20
    while y < bottom - 40:
        across = width * chance.uniform(0.25, 0.7)
        begin = x if chance.random() < 0.5 else x + width - across
        parts.append(shape([(begin, y), (begin + across, y + 3), (begin + across, y + 11), (begin, y + 15)], marks))
        y += chance.uniform(45, 130)
    return "".join(parts)


def pine_trunk(x: float, width: float, fill: str, bottom: float) -> str:
    """The trunk of an old pine, wider at its foot."""
    foot = width * 1.5
    way = (
        f"M{x},0 L{x + width},0 L{x + width * 1.1},{bottom - 90} Q{x + width * 1.15},{bottom - 10} {x + foot},{bottom}"
    )
    return path(
        f"{way} L{x - foot + width},{bottom} Q{x - width * 0.15},{bottom - 10} {x - width * 0.1},{bottom - 90} Z", fill
    )


def reeds(seed: int, x: float, width: float, y: float, height: float, colour: str, count: int = 40) -> str:
    """A stand of reeds with its cobs."""
    chance, parts = Random(seed), []
    for _ in range(count):
        foot = x + chance.uniform(0, width)
        tall, lean = height * chance.uniform(0.55, 1), chance.uniform(-0.12, 0.16) * height
        parts.append(
            stroke(f"M{foot:.0f},{y:.0f} q{lean * 0.2:.0f},{-tall * 0.6:.0f} {lean:.0f},{-tall:.0f}", colour, 5)
        )
        if chance.random() < 0.45:
            head = f"M{foot + lean:.0f},{y - tall:.0f} l{lean * 0.12:.0f},{-height * 0.14:.0f}"
            parts.append(stroke(head, colour, 15))
    return "".join(parts)


def glints(seed: int, top: float, bottom: float, colour: str, count: int, left: float = 0, right: float = WIDTH) -> str:
    """Lines of light on water, longer the nearer they are."""
    chance, parts = Random(seed), []
    for _ in range(count):
        depth = chance.random()
        y, long = top + (bottom - top) * depth, 40 + 190 * depth * chance.uniform(0.4, 1)
        parts.append(oval(chance.uniform(left, right), y, long / 2, 1.5 + 3.5 * depth, colour))
    return "".join(parts)


def cloud(x: float, y: float, size: float, fill: str) -> str:
    """A flat cloud: a few discs on a straight line."""
    humps = ((-0.9, 0.28), (-0.35, 0.5), (0.2, 0.62), (0.75, 0.4), (1.15, 0.22))
    parts = [disc(dx * size, -radius * size * 0.7, radius * size, fill) for dx, radius in humps]
    base = rect(-1.2 * size, -0.22 * size, 2.55 * size, 0.22 * size, fill)
    hidden = f'<clipPath id="c{x:.0f}"><rect x="{-2 * size:.0f}" y="{-2 * size:.0f}" width="{4 * size:.0f}" height="{2 * size:.0f}"/></clipPath>'
    return moved(x, y, hidden, f'<g clip-path="url(#c{x:.0f})">', *parts, base, "</g>")


def snow(seed: int, count: int, colour: str, bottom: float = HEIGHT) -> str:
    """Flakes in the air."""
    chance = Random(seed)
    flakes = ((chance.uniform(0, WIDTH), chance.uniform(0, bottom), chance.uniform(3, 8)) for _ in range(count))
    return "".join(disc(x, y, size, colour) for x, y, size in flakes)


def bird(x: float, y: float, size: float, colour: str) -> str:
    """A bird far off: two wings."""
    wings = f"M{x - size},{y - size * 0.35} Q{x - size * 0.4},{y - size * 0.5} {x},{y} Q{x + size * 0.4},{y - size * 0.5} {x + size},{y - size * 0.3}"
    return stroke(wings, colour, max(3, size * 0.14))


def shade(colour: str, other: str, steps: int) -> list[str]:
    """A row of colours from one to another."""
    return [mix(colour, other, step / max(1, steps - 1)) for step in range(steps)]
