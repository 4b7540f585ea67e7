"""A tag and its evidence."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal, NamedTuple

TagType = Literal["person", "place", "organisation", "topic"]
Status = Literal["accepted", "proposed"]
TAG_TYPES: Final[tuple[TagType, ...]] = ("topic", "person", "place", "organisation")
"""In the order in which facets and pages show them."""

PLURAL: Final[dict[TagType, str]] = {
    "person": "people",
    "place": "places",
    "organisation": "organisations",
    "topic": "topics",
}
"""The type's name in addresses (/people/…) and in a story's ``tags`` field."""


EvidenceField = Literal["headline", "summary", "body_text", "section", "place", "tags"]


class Evidence(NamedTuple):
    """Where a tag comes from. ``start`` and ``end`` count Unicode code points in ``field``; ``text`` is exactly
    what stands there. A named tuple, since each text has dozens and a frozen dataclass takes four times as long."""

    field: EvidenceField
    start: int
    end: int
    text: str
    rule: str


class Tag(NamedTuple):
    """One tag of a story or event. ``score`` is 0–1; ``source`` is ``editor`` when a person said so. A named tuple for
    the same reason."""

    type: TagType
    slug: str
    label: str
    score: float = 1.0
    status: Status = "accepted"
    source: Literal["editor", "machine"] = "machine"
    evidence: tuple[Evidence, ...] = ()

    @property
    def key(self) -> str:
        """``type:slug``, as the index holds it."""
        return f"{self.type}:{self.slug}"


@dataclass(frozen=True, slots=True, kw_only=True)
class TagRef:
    """A tag named by a person: what to add or take away."""

    type: TagType
    slug: str

    @property
    def key(self) -> str:
        """``type:slug``, as the index holds it."""
        return f"{self.type}:{self.slug}"


@dataclass(frozen=True, slots=True, kw_only=True)
class EditorTags:
    """What editors said of one item's tags; kept through retagging."""

    added: tuple[TagRef, ...] = ()
    removed: tuple[TagRef, ...] = ()

    def over(self, removed: tuple[TagRef, ...]) -> EditorTags:
        """These, and what a reporter ``removed``: an editor's word counts more."""
        if not removed:
            return self
        return EditorTags(added=self.added, removed=(*self.removed, *(ref for ref in removed if ref not in self.added)))
