"""The map with which a story leads that has no picture: of the place that says most of where it happened."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, cast

from dateline.domain.document import StoryDocument, TermDocument
from dateline.domain.slugs import slug_of
from dateline.domain.tag import Tag
from dateline.domain.term_document import term_document
from dateline.ports.index import Index
from dateline.vocabulary import find_shipped
from dateline_web.maps.places import subject_of_place
from dateline_web.maps.shown import ShownMap
from dateline_web.urls import place_map_path, term_path

TELLING: Final = 0.5
"""The score from which on a place says where a story happened."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryMap(ShownMap):
    """The map of a story's place, and the page of that place."""

    place_path: str


def map_of_story(index: Index, story: StoryDocument) -> StoryMap | None:
    """The map of where ``story`` happened: of its dateline's place, else of the only telling one that is a town or a
    region. A country says too little, and of two places neither is where it was."""
    chosen = _dateline_place(story) or _only_place(story)
    term = _term(index, chosen.slug) if chosen else None
    subject = subject_of_place(term) if term else None
    if term is None or subject is None or subject.code:
        return None
    return StoryMap(subject=subject, path=place_map_path(term.slug), place_path=term_path("place", term.slug))


def _places(story: StoryDocument) -> list[Tag]:
    return [tag for tag in story.accepted_tags if tag.type == "place" and tag.score >= TELLING]


def _dateline_place(story: StoryDocument) -> Tag | None:
    slug = slug_of(story.place) if story.place else ""
    return next((tag for tag in _places(story) if slug and slug in (tag.slug, slug_of(tag.label))), None)


def _only_place(story: StoryDocument) -> Tag | None:
    places = _places(story)
    return places[0] if len(places) == 1 else None


def _term(index: Index, slug: str) -> TermDocument | None:
    found = cast(list[TermDocument], index.get("term", [f"place:{slug}"]))
    if found:
        return None if found[0].withdrawn else found[0]
    shipped = find_shipped("place", slug)
    return term_document(shipped) if shipped else None
