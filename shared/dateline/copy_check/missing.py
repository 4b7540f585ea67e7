"""What a story lacks: a summary, a section, words for who doesn't see its pictures."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from typing import Final

from dateline.copy_check.remark import CheckedText, Remark

SHORT: Final = 300
"""Characters of a body that is its own summary."""

_IMAGE: Final = re.compile(r"<img\b", re.IGNORECASE)


def missing_remarks(text: CheckedText) -> Iterator[Remark]:
    """What is missing; nothing is said of a text that has just begun."""
    if not text.summary.strip() and len(text.body_text) > SHORT:
        yield Remark(
            rule="no-summary", field="summary", message="There is no summary: lists show the text’s first words."
        )
    if not text.section and text.body_text.strip():
        yield Remark(rule="no-section", field="section", message="There is no section: the story stands in none.")
    for picture in text.pictures:
        if not (picture.alt.strip() or picture.decorative or picture.missing):
            message = f"{picture.name} has no alt text for those who don’t see it."
            yield Remark(rule="no-alt", field=picture.field, message=message)
    if lacking := _images_without_alt(text.body_html):
        pictures = "A picture in the text has" if lacking == 1 else f"{lacking} pictures in the text have"
        yield Remark(rule="no-alt", field="body_text", message=f"{pictures} no alt text for those who don’t see it.")


def _images_without_alt(html: str) -> int:
    if not _IMAGE.search(html):
        return 0
    counter = _ImageCounter()
    counter.feed(html)
    return counter.without_alt


class _ImageCounter(HTMLParser):
    """Counts others' pictures that say nothing; an empty ``alt`` says that there is nothing to say (HTML, 4.8.4.4)."""

    without_alt = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "img" and not {"alt", "data-image"} & dict(attrs).keys():
            self.without_alt += 1
