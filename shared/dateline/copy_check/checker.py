"""All rules in the order in which their remarks are shown."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from dateline.copy_check.headlines import headline_remarks
from dateline.copy_check.house_names import house_name_remarks
from dateline.copy_check.missing import missing_remarks
from dateline.copy_check.name_spellings import name_spelling_remarks
from dateline.copy_check.numbers import number_remarks
from dateline.copy_check.picture_rights import picture_remarks
from dateline.copy_check.remark import CheckedText, Remark
from dateline.copy_check.weekdays import weekday_remarks
from dateline.copy_check.wording import wording_remarks
from dateline.domain.tag import Tag
from dateline.ports.vocabulary import Terms

MOST_REMARKS: Final = 30
"""What is listed: who has more to look at begins with these."""
MOST_READ: Final = 100_000
"""Characters of a body that are read: a longer one is no story that somebody types."""


def remarks_on(text: CheckedText, tags: Sequence[Tag], terms: Terms) -> tuple[Remark, ...]:
    """What a copy editor would say of ``text``; ``tags`` are the tagger's, ``terms`` say how the house writes them."""
    read = replace(text, body_text=text.body_text[:MOST_READ])
    return tuple(remark for _, remark in zip(range(MOST_REMARKS), _all(read, tags, terms), strict=False))


def _all(text: CheckedText, tags: Sequence[Tag], terms: Terms) -> Iterator[Remark]:
    yield from headline_remarks(text)
    yield from number_remarks(text)
    yield from weekday_remarks(text)
    yield from name_spelling_remarks(text)
    yield from house_name_remarks(text, tags, terms)
    yield from wording_remarks(text)
    yield from missing_remarks(text)
    yield from picture_remarks(text)
