"""A term of the vocabulary: a person, place, organisation or topic that can be a tag, or a section."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Final, Literal

from dateline.domain.story import Image

TERM_SCHEMA = 3

TermType = Literal["person", "place", "organisation", "topic", "section"]
TERM_TYPES: Final[tuple[TermType, ...]] = ("topic", "person", "place", "organisation", "section")

TERM_PLURAL: Final[dict[TermType, str]] = {
    "person": "people",
    "place": "places",
    "organisation": "organisations",
    "topic": "topics",
    "section": "sections",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class TopicRules:
    """Phrases that decide on a topic: one of ``any``, each of ``all``, never one of ``none``."""

    any: tuple[str, ...] = ()
    all: tuple[str, ...] = ()
    none: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """One term. ``broader`` names slugs of the same type, or ``type:slug``; ``same_as`` Wikidata ids or IPTC qcodes.

    ``landing`` puts a topic into the navigation, at ``order``. ``status`` is ``proposed`` until an editor accepts.
    ``named_by_story``: a section that a story named first, and that no editor has written since.
    ``review``: what is written for this section is put out by an editor other than who wrote it.
    """

    type: TermType
    slug: str
    label: str
    labels: dict[str, str] = field(default_factory=dict)
    aliases: tuple[str, ...] = ()
    description_html: str = ""
    broader: tuple[str, ...] = ()
    same_as: tuple[str, ...] = ()
    rules: TopicRules = field(default_factory=TopicRules)
    landing: bool = False
    order: int = 0
    status: Literal["accepted", "proposed", "rejected"] = "accepted"
    image: Image | None = None
    named_by_story: bool = False
    review: bool = False

    @property
    def key(self) -> str:
        """``type:slug``: the term's id in ledger and index."""
        return f"{self.type}:{self.slug}"

    @property
    def names(self) -> tuple[str, ...]:
        """What it is called, in any language."""
        return (self.label, *self.aliases, *self.labels.values())

    @property
    def in_navigation(self) -> bool:
        """Whether it stands on every page, so that readers see it whatever uses it: a landing term, an ordered
        section."""
        return self.landing or (self.type == "section" and self.order > 0)


def changes_stories(before: Term, after: Term) -> bool:
    """Whether stories are others when a term is written so: not for its place, its looks on its own page, and who looks
    at what is written for it."""
    beside = {"order": 0, "landing": False, "description_html": "", "image": None, "review": False}
    return replace(before, **beside, named_by_story=False) != replace(after, **beside, named_by_story=False)  # type: ignore[arg-type]
