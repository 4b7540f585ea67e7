"""Suggested tags: terms that a public story speaks of, and not enough to be given them; and what editors said."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Literal, Protocol

from dateline.domain.tag import EditorTags, TagType
from dateline.ports.ledger.items import Payload
from dateline.ports.ledger.tokens import Token

OF_STORY = 5
"""Tags that are suggested of one story."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicStory:
    """A story as readers have it, and what editors said of its tags; ``payload`` is None of one that is gone."""

    item_id: str
    payload: Payload | None
    editor_tags: EditorTags


@dataclass(frozen=True, slots=True, kw_only=True)
class StoriesToSuggest:
    """The next stories in which tags are looked for; ``seen`` is how far the change sequence is looked through then."""

    stories: Sequence[PublicStory]
    seen: int
    before: int

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to do, not even to note."""
        return not self.stories and self.seen == self.before


@dataclass(frozen=True, slots=True, kw_only=True)
class SuggestedTag:
    """A term that a story may be about: the sentence around its ``words``, and why the tagger didn't give it."""

    type: TagType
    slug: str
    before: str
    words: str
    after: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StorySuggestions:
    """All that is suggested of a story now."""

    item_id: str
    tags: Sequence[SuggestedTag]


@dataclass(frozen=True, slots=True, kw_only=True)
class SuggestedTerm:
    """A term that is suggested of so many stories."""

    type: TagType
    slug: str
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SuggestedStory:
    """A story of which a term is suggested, with its newest headline."""

    item_id: str
    label: str
    tag: SuggestedTag


class SuggestedTags(Protocol):
    """The table of suggested tags: stories by terms."""

    def stories_to_suggest(self, *, limit: int) -> StoriesToSuggest:
        """What became public, or changed, since tags were looked for last. Nothing while stories wait to be indexed:
        they come first."""
        ...

    def record_suggestions(self, found: Sequence[StorySuggestions], *, seen: int, most: int) -> None:
        """Put on record what is suggested of stories, and let go of what is no more; what an editor decided stays. Of
        all that wait for a decision the ``most`` newest are kept."""
        ...

    def suggested_terms(self, *, type: str = "", limit: int, start: int = 0) -> Sequence[SuggestedTerm]:
        """The terms that wait for a decision, first those of most stories."""
        ...

    def suggested_stories(self, keys: Collection[str], *, each: int) -> Sequence[SuggestedStory]:
        """The newest stories of which each of the terms (``type:slug``) is suggested."""
        ...

    def decide_suggestions(
        self, type: TagType, slug: str, item_ids: Collection[str], decided: Literal["accepted", "refused"], by: Token
    ) -> Sequence[str]:
        """Say of stories that they are about a term, which they are tagged with by that for good, or that they aren't.
        Returns those of which it was suggested; the others, and withdrawn ones, stay as they are."""
        ...
