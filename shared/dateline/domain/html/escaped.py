"""HTML that a program escaped once too often, so that readers would see its tags."""

from __future__ import annotations

import re
from collections import Counter
from html import unescape
from typing import Final

from dateline.domain.html.elements import BLOCKS, KNOWN, LINES, RENAMED, SELF_CLOSING, VOID

_ESCAPED: Final = re.compile(
    rf"&lt;(/?)({'|'.join(sorted(KNOWN | {'font', 'tt'}, key=len, reverse=True))})"
    r"(?:\s(?:(?!&[lg]t;)[^<>]){0,2000})?\s?/?&gt;",
    re.IGNORECASE,
)
_NUMBERED: Final = re.compile(r"&#(?:(0{0,5}60|x0{0,5}3c)|0{0,5}62|x0{0,5}3e);", re.IGNORECASE)
_TAG: Final = re.compile(r"</?([a-zA-Z][a-zA-Z0-9]*)[^>]*>")
_WRAPPERS: Final = frozenset({"p", "div", "br", "span"})
"""What programs put around the words that somebody typed."""
_STRUCTURE: Final = (BLOCKS | LINES | RENAMED.keys()) - {"br", "hr"}
_BREAK_IN_WORDS: Final = re.compile(r"\S&lt;br\s?/?&gt;", re.IGNORECASE)


def unescaped_markup(html: str, times: int = 1) -> str:
    """``html`` as it was before it was escaped; empty where it wasn't. Cheap where nothing is escaped.

    It was where its only tags are escaped ones, each with its end; or where a program put nothing but paragraphs around
    such, the words begin and end with an escaped tag, and one of them is a block. With any other real element (``code``
    above all) it is a text that speaks of tags. What was escaped up to ``times`` times over is so escaped once.
    """
    for _ in range(times - 1):
        if "&lt;" in html or "&amp;" not in html:
            break
        html = _NUMBERED.sub(lambda sign: f"&{'lt' if sign[1] else 'gt'};", html.replace("&amp;", "&"))
    if "&lt;" not in html:
        return ""
    end = html.rfind(">") + 1  # behind it no tag ends, however many begin
    around = {name.lower() for name in _TAG.findall(html[:end])}
    if around - _WRAPPERS or not _is_balanced(html):
        return ""
    if not around:
        return unescape(html)
    words = (_TAG.sub("\n", html[:end]) + html[end:]).strip()
    tags = list(_ESCAPED.finditer(words))
    is_whole = tags[0].start() == 0 and tags[-1].end() == len(words)
    return unescape(words) if is_whole and any(tag[2].lower() in _STRUCTURE for tag in tags) else ""


def _is_balanced(html: str) -> bool:
    """Whether escaped tags stand in ``html``, and each that must be ended is: a tag that is only spoken of is not."""
    still_open: Counter[str] = Counter()
    ended = 0
    for closing, name in _ESCAPED.findall(html):
        name = name.lower()
        if name in VOID:
            continue
        still_open[name] += -1 if closing else 1
        ended += bool(closing)
        if still_open[name] < 0:
            return False
    if any(count for name, count in still_open.items() if name not in SELF_CLOSING):
        return False
    return bool(ended or _BREAK_IN_WORDS.search(html))
