"""Comments and tracked changes that programs for writing leave in their HTML: words among those who wrote it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from dateline.domain.html.elements import VOID
from dateline.domain.html.tags import TAG, attributes_of

_WRITERS: Final = frozenset({"data-author", "data-username", "data-userid", "data-user-id", "data-user-name"})
"""Attributes of ``del`` and ``ins`` that say whose they are: CKEditor's LITE and others track changes so."""
_BEGINS: Final = ("data-suggestion-start-before", "data-suggestion-start-after")
_ENDS: Final = ("data-suggestion-end-before", "data-suggestion-end-after")
"""Attributes of blocks of CKEditor 5 for what its markers say within a line."""
ATTRIBUTES: Final = frozenset({"class", "id", *_WRITERS, *_BEGINS, *_ENDS})
MARKERS: Final = frozenset({"suggestion-start", "suggestion-end"})
"""Elements of CKEditor 5 between which words are suggested to be deleted, by their names."""
_EMPTY: Final = re.compile(r"<(a|p|li|h[1-6])(?: [^>]*)?></\1>")
_SHOWING: Final = frozenset({"img", "iframe", "video", "audio", "object", "embed", "oembed", "source", "param"})
_CLASSES: Final = frozenset({
    "msocommentreference", "msocommenttext", "msocommentsubject", "msocomanch", "msocomoff", "msocomtxt", "msocomhide",
    "msodel", "annotation_style_by_filter", "comment-start", "comment-end",
    "trackchangetextdeletion", "trackchangetextdeletionmarker", "ice-del", "ck-suggestion-marker-deletion",
})  # fmt: skip
"""Of Word (a comment's mark, its text; what was deleted), LibreOffice, pandoc, Word Online, LITE and CKEditor 5."""
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
        return _names_writer(attributes)
    return bool(classes & {"deletion", "paragraph-deletion"}) and "data-author" in attributes


def is_tracked_insertion(name: str, attributes: Mapping[str, str]) -> bool:
    """Whether an ``ins`` says no more than who wrote its words."""
    return name == "ins" and (_names_writer(attributes) or "ice-ins" in attributes.get("class", "").split())


def _names_writer(attributes: Mapping[str, str]) -> bool:
    return bool(_WRITERS & attributes.keys()) or attributes.get("cite", "").lower().startswith("mailto:")


def leads_back(name: str, attributes: Mapping[str, str]) -> bool:
    """Whether a link leads from a comment's text, which it begins, to its mark."""
    return name == "a" and _BACK.fullmatch(_fragment(attributes)) is not None


def begins_comment(name: str, attributes: Mapping[str, str]) -> bool:
    """Whether a term of a list names a comment (as mammoth writes them): what follows it is its text."""
    return name == "dt" and _TERM.fullmatch(attributes.get("id", "")) is not None


def _fragment(attributes: Mapping[str, str]) -> str:
    return attributes.get("href", "").partition("#")[2]


def without_suggested_deletions(html: str) -> str:
    """Well-formed ``html`` without what stands between the two marks of a suggested deletion of CKEditor 5.

    A mark that is never ended begins nothing. Cheap where there is none.
    """
    if "suggestion-" not in html:
        return html
    deleted = _Deleted(html)
    parts: list[str] = []
    last = 0
    for token in TAG.finditer(html):
        if not deleted:
            parts.append(html[last : token.start()])
        last = token.end()
        was_deleted = bool(deleted)
        deleted.tag(token)
        if token[2] not in MARKERS and not (token[2] in _SHOWING and (was_deleted or deleted)):
            parts.append(token[0])
    return _EMPTY.sub("", "".join([*parts, html[last:]]))


class _Deleted:
    """Which deletions a stream of tags is within."""

    def __init__(self, html: str) -> None:
        self._ends_at: dict[str, int] = {}
        for token in TAG.finditer(html):
            if "suggestion-end" in token[0]:
                for attribute in _ENDS:
                    self._ends_at |= dict.fromkeys(_names(token, attribute), token.start())
        self._within: set[str] = set()
        self._open: list[re.Match[str]] = []

    def __bool__(self) -> bool:
        return bool(self._within)

    def tag(self, token: re.Match[str]) -> None:
        """Pass a tag: before an element and behind it some may begin and end."""
        if not token[1]:
            self._pass(token, _BEGINS[0], _ENDS[0])
            if token[2] not in VOID:
                self._open.append(token)
        elif self._open and self._open[-1][2] == token[2]:
            self._pass(self._open.pop(), _BEGINS[1], _ENDS[1])

    def _pass(self, token: re.Match[str], begins: str, ends: str) -> None:
        self._within.difference_update(_names(token, ends))
        self._within |= {one for one in _names(token, begins) if self._ends_at.get(one, -1) >= token.start()}


def _names(token: re.Match[str], attribute: str) -> list[str]:
    """The deletions that a tag begins, or ends, by an attribute; a marker does so at once."""
    if "suggestion-" not in token[0]:
        return []
    found = attributes_of(token[3])
    is_marker = attribute == f"data-{token[2]}-before"
    names = found.get("name" if is_marker else attribute, "").split(",")
    return [one for one in names if one.startswith("deletion:")]
