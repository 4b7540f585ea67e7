"""What of a page its readers didn't see: by attributes, classes and styles."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from dateline.domain.html.pasted.sizes import LENGTH, is_style_shrunk

_HIDING: Final = {
    "display": ("none",), "mso-hide": ("all",), "content-visibility": ("hidden",),
    "clip-path": ("inset(50%)", "inset(100%)", "circle(0)", "polygon(0 0, 0 0, 0 0, 0 0)"), "transform": ("scale(0)",),
}  # fmt: skip
_HIDING_CLASSES: Final = frozenset({
    "sr-only", "screen-reader-text", "screen-reader-only", "screenreader", "visually-hidden", "visuallyhidden",
    "lyt-visually-hidden", "mjx_assistive_mathml",
    "assistive-text", "element-invisible", "element-hidden", "d-none", "is-hidden", "u-hidden",
})  # fmt: skip
"""Names that the usual style sheets hide by."""
_CONTROL_CLASSES: Final = frozenset({
    "wp-block-file__button", "kg-audio-player", "kg-audio-thumbnail", "kg-video-overlay", "kg-video-player-container",
    "mejs-controls", "mejs-offscreen", "plyr__controls", "vjs-control-bar", "vjs-modal-dialog", "jw-controls",
    "mw-editsection", "msoplaceholdertext", "attachment__name",
    "attachment__size",
})  # fmt: skip
"""Buttons that repeat the link beside them, the controls of players (Ghost's too) and of Wikipedia, what Word
asks for."""
_INSTEAD: Final = frozenset({"placeholder", "fallback"})
_SHOWN_WHEN_WIDE: Final = re.compile(
    r"(?:[a-z]{1,4}-)?(?:xs|sm|md|lg|xl|xxl|2xl)[-:]"
    r"(?:block|inline(?:-(?:block|flex|grid))?|(?:inline-)?(?:flex|grid|table)|table-(?:row|cell)|contents|flow-root"
    r"|not-sr-only|visible)|visible-(?:xs|sm|md|lg|xl)(?:-(?:block|inline|inline-block))?"
)
"""Classes of such style sheets that show it again in windows of some width."""
_OFFSETS: Final = ("left", "right", "top", "bottom", "text-indent")
_MARGINS: Final = ("margin-left", "margin-top")
"""By percent they set columns, too."""
_FAR: Final = {"px": 500.0, "pt": 400.0, "%": 100.0, "vw": 100.0, "vh": 100.0}
_CLIPPED: Final = re.compile(r"rect\(\s*[01](?:px)?(?:[\s,]+[01](?:px)?){3}\s*\)")


def is_hidden(name: str, attributes: Mapping[str, str], classes: frozenset[str], style: Mapping[str, str]) -> bool:
    """Whether nothing in an element is seen."""
    if "hidden" in attributes or "popover" in attributes or (name == "dialog" and "open" not in attributes):
        return True
    if classes & _CONTROL_CLASSES or attributes.get("data-f-id") == "pbf":
        return True
    if classes & _HIDING_CLASSES and not any(map(_SHOWN_WHEN_WIDE.fullmatch, classes)):
        return True
    if not style:
        return False
    return (
        any(style.get(what) in values for what, values in _HIDING.items())
        or is_zero(style.get("opacity", ""))
        or any(_is_far(style.get(side, "")) for side in _OFFSETS)
        or any("%" not in style.get(side, "") and _is_far(style.get(side, "")) for side in _MARGINS)
        or _is_cut_off(style)
    )


def stands_in(name: str, attributes: Mapping[str, str], around: str) -> bool:
    """Whether an element is shown only until the one ``around`` it, of AMP, comes, or where that can't."""
    return bool(_INSTEAD & attributes.keys()) and (name == "img" or around.startswith("amp-"))


def is_zero(value: str) -> bool:
    """Whether a number or a length is nought."""
    found = LENGTH.fullmatch(value)
    return found is not None and float(found[1]) == 0


def _is_far(offset: str) -> bool:
    """Whether an offset lies outside of any window."""
    found = LENGTH.fullmatch(offset)
    return found is not None and float(found[1]) <= -_FAR.get(found[2], 50.0)


def _is_cut_off(style: Mapping[str, str]) -> bool:
    """Whether no more than a pixel of an element is shown."""
    if _CLIPPED.fullmatch(style.get("clip", "")) and style.get("position") in ("absolute", "fixed"):
        return True
    return style.get("overflow", "") in ("hidden", "clip") and is_style_shrunk(style)
