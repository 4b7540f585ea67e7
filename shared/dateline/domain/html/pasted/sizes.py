"""How large an element is shown: by its style, else by its attributes; and whether that is nothing."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

LENGTH: Final = re.compile(r"([-+]?(?:\d{1,9}(?:\.\d{0,9})?|\.\d{1,9}))(?:e\d)?([a-z%]{0,5})")
_KEYWORDS: Final = (
    "auto", "calc(", "min(", "max(", "clamp(", "min-", "max-", "fit-content", "stretch", "-webkit-", "-moz-",
)  # fmt: skip
"""What a size may be besides a length; any other value says nothing."""
_ENLARGING: Final[Mapping[str, tuple[str, ...]]] = {
    "width": ("min-width", "padding-left", "padding-right"),
    "height": ("min-height", "padding-top", "padding-bottom"),
}
"""Properties that make room whatever the side itself is: the wrappers of players have no height, but a padding."""
_BOX: Final = re.compile(r"[^\s()]+")
_RATIO_LAYOUTS: Final = frozenset({"responsive", "fill", "flex-item", "intrinsic"})
"""Of AMP: ``width`` and ``height`` say no more than the ratio."""
_LEAST: Final = 100
"""Pixels below which such sides are no picture's own."""
_SIDE: Final = re.compile(r' (?:width|height)="([^"]*)"')
SIDES: Final = ("width", "height")


def is_tiny(length: str) -> bool:
    """Whether a width or a height, of an attribute or a style, is at most a pixel."""
    found = LENGTH.fullmatch(length.strip().lower())
    return found is not None and abs(float(found[1])) <= (1 if found[2] in ("", "px", "pt") else 0)


def is_shrunk(attributes: Mapping[str, str], style: Mapping[str, str]) -> bool:
    """Whether no more than a pixel of an image or a frame is shown; a side's style wins over its attribute."""
    if _is_ratio(attributes):
        return False
    return any(_is_side_tiny(side, attributes.get(side, ""), style) for side in SIDES)


def with_true_size(image: str, attributes: Mapping[str, str]) -> str:
    """The tag of an image that is seen, without sides that would say otherwise: its style or layout won over them."""
    if _is_ratio(attributes) and all(_is_small(attributes.get(side, "")) for side in SIDES):
        return _SIDE.sub("", image)
    return _SIDE.sub(lambda side: "" if is_tiny(side[1]) else side[0], image)


def has_tiny_side(image: str) -> bool:
    """Whether the tag of an image says that it is no more than a pixel wide or high."""
    return any(map(is_tiny, _SIDE.findall(image)))


def _is_ratio(attributes: Mapping[str, str]) -> bool:
    return attributes.get("layout", "").lower() in _RATIO_LAYOUTS


def _is_small(length: str) -> bool:
    found = LENGTH.fullmatch(length)
    return found is not None and float(found[1]) < _LEAST


def is_style_shrunk(style: Mapping[str, str]) -> bool:
    """Whether a style leaves at most a pixel of a box whose overflow is hidden."""
    sizes = ((side, name) for side in SIDES for name in (side, f"max-{side}"))
    return any(is_tiny(style.get(name, "")) and not _is_enlarged(side, style) for side, name in sizes)


def _is_side_tiny(side: str, attribute: str, style: Mapping[str, str]) -> bool:
    said = style.get(side, "")
    is_said = LENGTH.fullmatch(said) is not None or said.startswith(_KEYWORDS)
    return is_tiny(said if is_said else attribute) and not _is_enlarged(side, style)


def _is_enlarged(side: str, style: Mapping[str, str]) -> bool:
    if side == "height" and style.get("aspect-ratio", "auto") != "auto":
        return True
    said = [style[name] for name in _ENLARGING[side] if name in style]
    if "padding" in style:
        box = _BOX.findall(style["padding"][:200])[:4]
        said += box[::2] if side == "height" else box[1::2] or box[:1]
    return any(one not in ("", "auto") and not is_tiny(one) for one in said)
