"""The texts of a public story in which the words stand that a tag comes from."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from dateline.domain.document import StoryDocument
from dateline.domain.tag import Evidence

LONGEST_SENTENCE: Final = 400
"""Characters of a sentence that are shown."""


def evidence_in_texts(document: StoryDocument, key: str) -> Iterator[tuple[str, Evidence]]:
    """Each place where the tag of ``key`` (``type:slug``) comes from, with the text of its field, in which its offsets
    count; what is no word of headline, summary or body is left out."""
    texts = {"headline": document.headline, "summary": document.summary, "body_text": document.body_text}
    for tag in document.tags:
        if tag.key == key:
            yield from ((texts[one.field], one) for one in tag.evidence if one.field in texts)
