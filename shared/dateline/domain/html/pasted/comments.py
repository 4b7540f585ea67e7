"""Comments and tracked changes that programs for writing leave in their HTML: words among those who wrote it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

ATTRIBUTES: Final = frozenset({"class", "id", "data-author"})
_CLASSES: Final = frozenset({
    "msocommentreference", "msocommenttext", "msocommentsubject", "msocomanch", "msocomoff", "msocomtxt", "msocomhide",
    "msodel", "annotation_style_by_filter", "comment-start", "comment-end",
})  # fmt: skip
"""Of Word (a comment's mark, its text; what was deleted), LibreOffice and pandoc."""
_ELEMENTS: Final = frozenset({"comment-list", "comment"})
_MARK: Final = re.compile(r"_msocom_\d+|_msoanchor_\d+|cmnt(?:_ref)?\d+|comment-ref-\d+", re.IGNORECASE)
_BACK: Final = re.compile(r"(?:_msoanchor_|cmnt_ref)\d+", re.IGNORECASE)
_OF_PAGE: Final = re.compile(r"#comment-\d+")
_TERM: Final = re.compile(r"comment-\d{1,9}")


def is_annotation(name: str, attributes: Mapping[str, str], classes: frozenset[str], style: Mapping[str, str]) -> bool:
    """Whether an element is a comment, its mark in the text, or a deletion that was tracked."""
    if classes & _CLASSES or style.get("mso-element") in _ELEMENTS or style.get("mso-special-character") == "comment":
        return True
    if name == "a":
        return bool(_MARK.fullmatch(_fragment(attributes)) or _OF_PAGE.fullmatch(attributes.get("href", "")))
    if name == "del":
        return attributes.get("cite", "").lower().startswith("mailto:")
    return bool(classes & {"deletion", "paragraph-deletion"}) and "data-author" in attributes


def is_tracked_insertion(name: str, attributes: Mapping[str, str]) -> bool:
    """Whether an ``ins`` says no more than who wrote its words."""
    return name == "ins" and attributes.get("cite", "").lower().startswith("mailto:")


def leads_back(name: str, attributes: Mapping[str, str]) -> bool:
    """Whether a link leads from a comment's text, which it begins, to its mark."""
    return name == "a" and _BACK.fullmatch(_fragment(attributes)) is not None


def begins_comment(name: str, attributes: Mapping[str, str]) -> bool:
    """Whether a term of a list names a comment (as mammoth writes them): what follows it is its text."""
    return name == "dt" and _TERM.fullmatch(attributes.get("id", "")) is not None


def _fragment(attributes: Mapping[str, str]) -> str:
    return attributes.get("href", "").partition("#")[2]
