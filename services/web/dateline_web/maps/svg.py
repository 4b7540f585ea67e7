"""A locator map as SVG: the same map gives the same bytes. Text stays text; light and dark are in its own style."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterator
from hashlib import sha256
from typing import Final

from markupsafe import escape

from dateline_web.maps.labels import Label
from dateline_web.maps.locator import (
    HEIGHT,
    INSET,
    OWN_SIZE,
    SCALE_LEFT,
    SCALE_Y,
    SIZE,
    WIDTH,
    Inset,
    LocatorMap,
    Scale,
)
from dateline_web.maps.outlines import FINER, Shapes, path_of

LARGEST: Final = 14_000
"""Bytes of a map; one of many islands leaves out more of them."""
FINEST: Final = 0.35
COARSER: Final = 1.6
"""How far a line may be from where it belongs, in units, and by what that grows."""
INSET_TOLERANCE: Final = 0.7

STYLE: Final = (
    "text{font-family:system-ui,-apple-system,'Segoe UI',Roboto,'Liberation Sans',Arial,sans-serif;"
    "paint-order:stroke;stroke-width:3px;stroke-linejoin:round}"
    "@media (prefers-color-scheme:dark){.sea{fill:#161b21}.land{fill:#242b33;stroke:#59616b}"
    ".own{fill:#333c46;stroke:#59616b}text{fill:#e4e0d7;stroke:#161b21}.ink{fill:#e4e0d7}.line{stroke:#e4e0d7}"
    ".dot,.name{fill:#f0a193}.shown{stroke:#f0a193}}"
)
"""The attributes say how it looks in the light; where no style is allowed, that is how it looks."""
STYLE_SOURCE: Final = f"'sha256-{b64encode(sha256(STYLE.encode()).digest()).decode()}'"
"""What a content security policy must allow for it."""

_SEA: Final = "#eef0ee"
_LAND: Final = "#e3ddd0"
_OWN: Final = "#f7f4ec"
_LINE: Final = "#b3ab9a"
_INK: Final = "#17181a"
_RED: Final = "#8c1d18"


def write_svg(map: LocatorMap, title: str, description: str) -> bytes:
    """The map with its accessible name and description."""
    tolerance = FINEST
    while len(svg := _svg(map, title, description, tolerance)) > LARGEST:
        tolerance *= COARSER
    return svg


def _svg(map: LocatorMap, title: str, description: str, tolerance: float) -> bytes:
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" width="{WIDTH}" height="{HEIGHT}"'
        ' role="img" aria-labelledby="t d">',
        f'<title id="t">{escape(title)}</title><desc id="d">{escape(description)}</desc><style>{STYLE}</style>',
        f'<rect class="sea" width="{WIDTH}" height="{HEIGHT}" fill="{_SEA}"/>',
        *_land(map.shapes, map.own, tolerance),
        *_scale(map.scale),
        *(_neighbour(label) for label in map.neighbours),
        *_subject(map),
        *(_inset(map.inset) if map.inset else ()),
        "</svg>\n",
    ]
    return "".join(parts).encode()


def _land(shapes: Shapes, own: str, tolerance: float) -> Iterator[str]:
    """All land, and over it the country that is meant."""
    yield f'<g transform="scale({1 / FINER})" stroke="{_LINE}" stroke-width="{0.7 * FINER}" stroke-linejoin="round">'
    for code in sorted(shapes, key=lambda code: (code == own, code)):
        name, fill = ("own", _OWN) if code == own else ("land", _LAND)
        if path := path_of(shapes[code], tolerance):
            yield f'<path class="{name}" fill="{fill}" fill-rule="evenodd" d="{path}"/>'
    yield "</g>"


def _scale(scale: Scale) -> Iterator[str]:
    right = _number(SCALE_LEFT + scale.length)
    yield (
        f'<path class="line" fill="none" stroke="{_INK}" d="M{SCALE_LEFT:g} {SCALE_Y - 4:g}v4H{right}v-4"/>'
        f"{_text(scale.words, SCALE_LEFT, SCALE_Y - 6, SIZE - 1)}"
    )


def _neighbour(label: Label) -> str:
    x, y = map(_number, label.dot)
    name = _text(label.text, label.x, label.y, SIZE, label.anchor)
    return f'<circle class="ink" cx="{x}" cy="{y}" r="1.7" fill="{_INK}"/>{name}'


def _subject(map: LocatorMap) -> Iterator[str]:
    if map.subject.is_point:
        x, y = WIDTH / 2, HEIGHT / 2
        yield f'<circle class="dot" cx="{x:g}" cy="{y:g}" r="4.5" fill="{_RED}"/>'
    if map.label:
        label = map.label
        yield _text(label.text, label.x, label.y, OWN_SIZE, label.anchor, "name", _RED)


def _inset(inset: Inset) -> Iterator[str]:
    wide, high, box = INSET.right - INSET.left, INSET.bottom - INSET.top, inset.shown
    yield f'<svg x="{INSET.left:g}" y="{INSET.top:g}" width="{wide:g}" height="{high:g}">'
    yield f'<rect class="sea" width="{wide:g}" height="{high:g}" fill="{_SEA}"/><g transform="scale({1 / FINER})">'
    path = "".join(path_of(inset.shapes[code], INSET_TOLERANCE) for code in sorted(inset.shapes))
    yield f'<path class="land" fill="{_LAND}" stroke="{_LINE}" d="{path}"/></g>'
    sides = (box.left, box.top, box.right - box.left, box.bottom - box.top)
    left, top, across, down = map(_number, sides)
    yield f'<rect class="shown" x="{left}" y="{top}" width="{across}" height="{down}" fill="none" stroke="{_RED}"/>'
    frame = f'width="{wide - 1:g}" height="{high - 1:g}"'
    yield f'<rect class="line" x=".5" y=".5" {frame} fill="none" stroke="{_INK}"/></svg>'


def _text(text: str, x: float, y: float, size: int, anchor: str = "start", name: str = "", fill: str = _INK) -> str:
    set_apart = f' text-anchor="{anchor}"' if anchor != "start" else ""
    strong = f' class="{name}" font-weight="700"' if name else ""
    return (
        f'<text{strong} x="{_number(x)}" y="{_number(y)}" font-size="{size}"{set_apart} fill="{fill}" stroke="{_OWN}"'
        f' stroke-opacity=".85">{escape(text)}</text>'
    )


def _number(value: float) -> str:
    """With one place after the point, and none where that is 0."""
    return f"{round(value, 1) + 0:g}"
