"""The texts of a feed's entry: one line for the headline, one body, what the fields of a story have room for."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any, Final

from dateline.domain.html import check_html, is_blank, is_empty, text_of
from dateline.errors import InvalidInput
from dateline.schemas.fields import LONG, MOST_LISTED, SHORT, address_or_nothing

_LANGUAGE: Final = re.compile(r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*", re.ASCII)
_MARKUP: Final = re.compile(r"<[a-zA-Z/!]|&[#a-zA-Z]")
_SHORT_LINE: Final = 100
"""How much of a text stands for the headline that an entry hasn't."""
MOST_IMAGES: Final = 10
"""Pictures that are taken of an entry."""
_LOOKED_AT: Final = 20_000
"""Characters of a text that may become a line."""


def one_line(text: str, most: int = SHORT) -> str:
    """``text`` without its markup and line ends, cut at a word where there is no room for it."""
    text = text[:_LOOKED_AT]
    plain = text_of(text) if _MARKUP.search(text) else text
    line = " ".join(plain.split())
    if len(line) <= most:
        return line
    cut, space, _ = line[: most - 1].rpartition(" ")
    return (cut if space else line[: most - 1]) + "…"


def story_of(
    *, title: str, html: str = "", text: str = "", summary: str = "", author: str = "", language: str = "",
    link: str = "", keywords: Iterable[str] = (), published_at: str = "", images: Iterable[Mapping[str, str]] = (),
) -> Mapping[str, Any]:  # fmt: skip
    """An entry as a story: what it doesn't say is left out. The summary is the body of one that has no other, and so is
    the title of one that has neither."""
    body = _body(html, text) or _body(summary, "") or {"body_text": title}
    written = one_line(next(iter(body.values())), LONG)
    given: dict[str, Any] = {
        "headline": one_line(title) or one_line(written, _SHORT_LINE),
        "summary": _summary(summary, written),
        "byline": one_line(author),
        "language": language if _LANGUAGE.fullmatch(language) and len(language) <= 35 else "",
        "published_at": published_at,
        "keywords": list(dict.fromkeys(word for one in keywords if (word := one_line(one))))[:MOST_LISTED],
        "links": [{"url": link}] if address_or_nothing(link) else [],
        "images": _images(images, next(iter(body.values()))),
    }
    return {**{name: value for name, value in given.items() if value}, **body}


def _body(html: str, text: str) -> dict[str, str]:
    if html and _MARKUP.search(html) and _has_words(html):
        return {"body_html": html}
    plain = text or ("" if _MARKUP.search(html) else html)
    return {} if is_blank(plain) else {"body_text": plain}


def _images(images: Iterable[Mapping[str, str]], body: str) -> list[dict[str, str]]:
    """Pictures beside the text, each once: not those that stand in it."""
    found: dict[str, dict[str, str]] = {}
    for one in images:
        url = one.get("url", "")
        if address_or_nothing(url) and url not in body and len(found) < MOST_IMAGES:
            words = {name: one_line(one.get(name, ""), LONG) for name in ("alt", "caption", "credit")}
            found.setdefault(url, {"url": url, **{name: text for name, text in words.items() if text}})
    return list(found.values())


def _has_words(html: str) -> bool:
    """Whether there is something to read; what can't be cleaned is refused where stories are checked."""
    try:
        check_html(html)
    except InvalidInput:
        return True
    return not is_empty(html)


def _summary(summary: str, written: str) -> str:
    """The summary, unless it is the text itself, or its beginning."""
    line = one_line(summary, LONG)
    return "" if written.startswith(line.removesuffix("…")) else line
