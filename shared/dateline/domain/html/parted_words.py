"""Words that only their looks keep apart: footnote marks behind a word, and a correction beside what it replaces."""

from __future__ import annotations

import re
from html import unescape
from typing import Final
from unicodedata import normalize

_RAISED: Final = re.compile(r"<sup(?: [^>]*)?>((?:(?!</?sup[ >])[^\0])*)</sup>")
_BEFORE: Final = re.compile(r"(?:>[^<>]*<)*([^\W_]+)")
_AFTER: Final = re.compile(r"(?:<[^<>]*>)*([^\W_]+)")
_TAG: Final = re.compile(r"<[^>]*>")
_NEAR: Final = 200
"""How far from what is raised a word is looked for, past tags; backwards, to need no look at each place."""

_MOST_SIGNS: Final = 10_000
_LONGEST_TAG: Final = 2_000

_NOTE: Final = re.compile(r"\d{1,3}(?:\s?[,;–-]\s?\d{1,3})*|[*†‡§¶#]+|[\[(].*[\])]|TM|SM|MC", re.DOTALL)
"""A footnote's number or sign, whatever stands in brackets, and marks of trade."""
_LETTER: Final = re.compile(r"[a-z]")
_EXPONENT: Final = re.compile(r"[-−–+]?\d{1,2}")
_RAISED_BASE: Final = re.compile(
    r"[^\W\d_]|[kmcdµμn]m|mc|in|ft|yd|mi|km²?|[кмсд]м|[a-z]\d+|log|sin|cos|tan", re.IGNORECASE
)
"""What a number raises: a unit of length, a single letter, a function."""
_WORD: Final = re.compile(r"[^\W\d_]{3,}[a-zа-яёіў]")
_NUCLIDE: Final = re.compile(r"[A-Z][a-z]?")
_REPLACED: Final = re.compile(r"</(?:del|ins|s)>(?=<(?:del|ins|s)[ >])")


_SIGNS: Final = re.compile(
    r"[\u00b9\u00b2\u00b3\u2070\u2074-\u2079]+(?:[,;\u02d2\u207b–-]\u2009?[\u00b9\u00b2\u00b3\u2070\u2074-\u2079]+)*"
    r"|\u207d[\u00b9\u00b2\u00b3\u2070\u2074-\u2079]+\u207e|[\u2460-\u2473]+"
)
"""Raised digits that are characters of their own, and digits in circles."""


def with_words_apart(html: str) -> str:
    """Clean ``html`` with a space where readers see two words, though none is written.

    A raised number, sign or link behind a word is a footnote's mark (``note<sup>1</sup>``); behind a unit or a single
    letter it is an exponent (``m<sup>2</sup>``), and raised letters end their word (``1<sup>st</sup>``). What is
    lowered (``H<sub>2</sub>O``) never parts a word. Raised digits of Unicode (``note¹``, ``m²``) are like those in
    ``sup``. Cheap where there is none of it.
    """
    if "<ins" in html:
        html = _REPLACED.sub(r"\g<0> ", html)
    if not html.isascii():
        html = _SIGNS.sub(_apart, html, _MOST_SIGNS)
    return _RAISED.sub(_apart, html) if "<sup" in html else html


def _apart(raised: re.Match[str]) -> str:
    before = _BEFORE.match(raised.string[max(0, raised.start() - _NEAR) : raised.start()][::-1])
    after = _AFTER.match(raised.string[raised.end() : raised.end() + _NEAR])
    inside = raised[1] if raised.re is _RAISED else normalize("NFKC", raised[0]).replace("\u2212", "-")
    if _is_in_link(raised):
        inside = f"<a >{inside}</a>"
    if not _is_mark(inside, before[1][::-1] if before else "", after[1] if after else ""):
        return raised[0]
    return f"{' ' if before else ''}{raised[0]}{' ' if after else ''}"


def _is_in_link(raised: re.Match[str]) -> bool:
    """Whether a link holds nothing else: it is a footnote's, whatever stands before it."""
    html, start = raised.string, raised.start()
    if html[start - 1 : start] != ">" or not html.startswith("</a>", raised.end()):
        return False
    begun = html.rfind("<", max(0, start - _LONGEST_TAG), start)
    return begun >= 0 and html.startswith("<a ", begun)


def _is_mark(inside: str, before: str, after: str) -> bool:
    """Whether what is raised belongs to no word beside it."""
    text = unescape(_TAG.sub("", inside)).strip()
    if "<a " in inside:
        return True
    if _EXPONENT.fullmatch(text) and _RAISED_BASE.fullmatch(before):
        return False
    if not before and _NUCLIDE.fullmatch(after):
        return False
    return bool(_NOTE.fullmatch(text) or (_LETTER.fullmatch(text) and _WORD.fullmatch(before)))
