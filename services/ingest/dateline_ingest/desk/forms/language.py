"""The language of a text that doesn't say it: detected where it is sure, else the newsroom's."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from html import unescape
from threading import local
from typing import Any, Final

from babel import Locale, UnknownLocaleError

LEAST: Final = 120
"""Characters of a text below which nothing is said of its language."""
_MOST: Final = 8_000
_SURE: Final = 0.9
_NAMES: Final = re.compile(r"\b[^\W\d_a-zа-яёіў][\w’'-]*|\d+")
"""Words with a capital, and numbers: names are of any language, and a news item has many."""
_TAG: Final = re.compile(r"<[^>]*>")
_TODAY: Final = {"iw": "he"}
"""Codes that the detector has from older days (BCP 47)."""


class _Detectors(local):
    """One detector a thread: it keeps what it works with."""

    def __init__(self) -> None:
        from gcld3 import NNetLanguageIdentifier  # when it is first asked for: most processes never do

        self.one = NNetLanguageIdentifier(min_num_bytes=0, max_num_bytes=_MOST)


_detectors: _Detectors | None = None


def detected_language(text: str) -> str:
    """The code (BCP 47) of the language that ``text`` is in; "" where it is too short or not sure."""
    global _detectors
    if len(text) < LEAST:
        return ""
    if _detectors is None:
        _detectors = _Detectors()
    found = _detectors.one.FindLanguage(_NAMES.sub(" ", text[:_MOST]))
    is_sure = found.is_reliable and found.probability > _SURE and "-" not in found.language
    return _TODAY.get(found.language, found.language) if is_sure else ""


def detected_in(body: Mapping[str, Any]) -> str:
    """The language of a story's text, sent as HTML or not."""
    html = str(body.get("body_html") or "")[: 4 * _MOST]
    return detected_language(unescape(_TAG.sub(" ", html)) if html else str(body.get("body_text", "")))


def with_language(body: dict[str, Any], usual: str) -> dict[str, Any]:
    """A story's body with its language: the one that it names, else the detected one, else ``usual``."""
    return body if body.get("language") else {**body, "language": detected_in(body) or usual}


def language_name(code: str) -> str:
    """A language as people call it; its code where that is none we know."""
    try:
        return Locale.parse(code, sep="-").get_display_name("en") or code
    except (ValueError, UnknownLocaleError):
        return code


@dataclass(frozen=True, slots=True, kw_only=True)
class LanguageNote:
    """What is said of a text's language: the one it will have, whether it was chosen or detected (else it is the
    newsroom's), and the ``other`` that the text looks like."""

    name: str
    is_chosen: bool
    is_detected: bool
    other: str = ""
    other_code: str = ""


def language_note(chosen: str, body: Mapping[str, Any], usual: str) -> LanguageNote:
    """The note for a form in which ``chosen`` stands."""
    found = detected_in(body)
    differs = bool(chosen and found) and chosen.partition("-")[0].lower() != found
    return LanguageNote(
        name=language_name(chosen or found or usual), is_chosen=bool(chosen), is_detected=bool(found),
        other=language_name(found) if differs else "", other_code=found if differs else "",
    )  # fmt: skip
