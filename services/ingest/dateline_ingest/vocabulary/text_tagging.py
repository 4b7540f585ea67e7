"""What the tagger says of a text that nobody has sent yet."""

from __future__ import annotations

from contextlib import AbstractContextManager, nullcontext
from typing import Final

from dateline.domain.tagged_text import TaggedText, Tagging
from dateline_ingest.context import parts, token
from dateline_ingest.slots.request_slots import within_slot

SHORT: Final = 20_000
"""Characters of a text that takes some hundredths of a second: no slot is needed for it."""


def tagging_of(text: TaggedText) -> Tagging:
    """The tags of ``text``, and what was dropped. A long one takes seconds: aborts with 429 where the token has as many
    under way as it may."""
    with slot_for(len(text.headline) + len(text.body_text)):
        return parts().vocabulary.tagger().tag(text)


def slot_for(characters: int) -> AbstractContextManager[None]:
    """What is held while a text of so many characters is tagged: nothing, or a slot of the token."""
    return nullcontext() if characters <= SHORT else within_slot(parts().tagging_slots, token().name)
