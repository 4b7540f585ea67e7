"""Which stories on record a text is like: candidates by their bands, then both texts, run of words by run of words."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence, Set
from typing import Final, Protocol

from dateline.domain.body import body_of
from dateline.domain.payload import from_payload
from dateline.domain.similarity.minhash import bands_of, estimated_likeness, signature_of
from dateline.domain.similarity.shingles import likeness, shingles_of
from dateline.domain.story import Story
from dateline.ports.ledger.duplicates import MOST_ALIKE, Alike, StoryText
from dateline.ports.ledger.items import Payload

ALIKE: Final = 0.4
"""From this likeness on two stories are an exact or a near repeat; docs/duplicates.md says what that finds."""
_WORTH_READING: Final = 0.25
"""The estimate from which on both texts are compared: it is off by 0.05 as a rule, and hardly ever by three times."""

Texts = Callable[[Collection[str]], Sequence[StoryText]]


class SignedStories(Protocol):
    """What finding similar stories asks of the ledger."""

    def stories_with_bands(self, bands: Sequence[int], *, limit: int = 20) -> Sequence[StoryText]:
        """The stories that have most of these bands."""
        ...

    def compared_texts(self, item_ids: Collection[str]) -> Sequence[StoryText]:
        """The texts of these stories as they were compared."""
        ...


def story_shingles(payload: Payload) -> Set[int]:
    """The shingles of a story as the ledger has it; none where it is too short to be compared."""
    story = from_payload(Story, payload)
    return shingles_of(story.headline, body_of(story.body_html, story.body_text)[1])


def find_alike(shingles: Set[int], stories: SignedStories, *, but: Collection[str] = ()) -> list[Alike]:
    """The stories on record that a text is like, the likeliest first; none of ``but``."""
    if not shingles:
        return []
    signature = signature_of(shingles)
    candidates = stories.stories_with_bands(bands_of(signature))
    return compare(shingles, signature, [one for one in candidates if one.item_id not in but], stories.compared_texts)


def compare(shingles: Set[int], signature: bytes, candidates: Sequence[StoryText], texts: Texts) -> list[Alike]:
    """Those of the signed ``candidates`` that are alike, the oldest first among equals; ``texts`` reads what the likely
    ones say."""
    likely = [one.item_id for one in candidates if estimated_likeness(signature, one.signature) >= _WORTH_READING]
    found = [_alike(shingles, other) for other in (texts(likely) if likely else ()) if other.payload]
    alike = [one for one in found if one.likeness >= ALIKE]
    return sorted(alike, key=lambda one: (-one.likeness, one.item_id))[:MOST_ALIKE]


def _alike(shingles: Set[int], other: StoryText) -> Alike:
    its = story_shingles(other.payload or {})
    shared = len(shingles & its)
    return Alike(
        item_id=other.item_id,
        revision=other.revision,
        likeness=round(likeness(shingles, its), 3),
        shared=shared,
        compared=len(shingles) + len(its) - shared,
    )
