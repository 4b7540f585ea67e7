"""A story's page, put together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from flask import render_template

from dateline.domain.body import body_of
from dateline.domain.story import Story
from dateline.domain.tag import TAG_TYPES, Tag
from dateline.domain.tagged_text import tagged_text
from dateline.errors import InvalidInput
from dateline.ports.ledger.items import Item
from dateline.ports.ledger.story_pages.notes import StoryNote
from dateline_ingest.context import item, parts, token
from dateline_ingest.intake import content_of
from dateline_ingest.pictures.foreign import foreign_pictures_of
from dateline_ingest.pictures.pictured import pictured
from dateline_ingest.vocabulary.text_tagging import SHORT

MOST_WORDS: Final = 4
"""Pieces of evidence that are shown of a tag."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownTag:
    """A tag and the words it comes from, each once; ``more`` says how many pieces aren't shown."""

    tag: Tag
    words: tuple[str, ...]
    more: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Thread:
    """A note and what colleagues answered."""

    note: StoryNote
    answers: tuple[StoryNote, ...]


def story_page(note: str = "", wrong: str = "", answers: str = "") -> str:
    """The page of the story in the address; with a ``note`` that was typed and what is ``wrong`` with it."""
    whole, ledger = item(), parts().ledger
    story = content_of(Story, whole.newest.payload)
    return render_template(
        "desk/story.html", item=whole, story=story, tags=tags_of(whole, story) if story else {},
        threads=threads_of(ledger.notes(whole.id)), others=ledger.present(whole.id, token()),
        foreign=len(foreign_pictures_of(story)) if story else 0,
        unsent=ledger.correction_draft(token(), whole.id),
        note=note, note_wrong=wrong, note_answers=answers,
    )  # fmt: skip


def tags_of(whole: Item, story: Story) -> dict[str, list[ShownTag]] | None:
    """The tags that the newest text gets, by type; None where it is too long to be tagged while somebody waits."""
    try:
        _, body = body_of(story.body_html, story.body_text)
    except InvalidInput:  # more markup than is taken today
        return {}
    text = tagged_text(story, body, pictured=pictured(story.images))
    if len(text.headline) + len(text.body_text) > SHORT:
        return None
    decided = whole.editor_tags.over(story.removed_tags)
    tagging = parts().vocabulary.tagger().tag(text, story.tags, decided, explain=False)
    shown: dict[str, list[ShownTag]] = {type: [] for type in TAG_TYPES}
    for tag in tagging.tags:
        shown[tag.type].append(_shown(tag))
    return {type: tags for type, tags in shown.items() if tags}


def _shown(tag: Tag) -> ShownTag:
    words = list(dict.fromkeys(one.text for one in tag.evidence if one.text))
    return ShownTag(tag=tag, words=tuple(words[:MOST_WORDS]), more=max(0, len(words) - MOST_WORDS))


def threads_of(notes: Sequence[StoryNote]) -> list[Thread]:
    """The notes, oldest first, each with its answers."""
    return [
        Thread(note=note, answers=tuple(one for one in notes if one.answers == note.id))
        for note in notes
        if note.answers is None
    ]
