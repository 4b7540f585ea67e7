"""What a feed says of each thing it lists: of a story here, of an event in ``events``."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from html import escape

from dateline.analysis.direction import runs_left
from dateline.domain.document import EventDocument, StoryDocument
from dateline.formats.public_json.images import absolute_html
from dateline_web.feeds.pictures import EntryPicture, entry_pictures
from dateline_web.identifiers import entry_id
from dateline_web.pictures.outward import for_feeds
from dateline_web.stories.author import author_of
from dateline_web.stories.folds import also_from, source_name
from dateline_web.urls import absolute, site, story_path, term_path


@dataclass(frozen=True, slots=True, kw_only=True)
class Category:
    """A term that an entry carries: its name in ``scheme``, the address of its type, and what people call it."""

    scheme: str
    term: str
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedEntry:
    """An entry. ``content`` is HTML, "" of one that stands there in brief; ``excerpt`` some words of it."""

    id: str
    title: str
    address: str
    published: datetime
    updated: datetime
    author: str
    language: str
    summary: str
    excerpt: str
    content: str
    pictures: tuple[EntryPicture, ...]
    categories: tuple[Category, ...]


def story_entry(story: StoryDocument) -> FeedEntry:
    """A story's entry; a brief story has no content."""
    story = for_feeds(story)
    return FeedEntry(
        id=entry_id(story),
        title=story.headline,
        address=absolute(story_path(story)),
        published=story.published_at,
        updated=story.updated_at,
        author=author_of(story),
        language=story.language,
        summary=story.summary,
        excerpt=story.summary or story.body_text[:300],
        content=content_of(story),
        pictures=entry_pictures(story.images),
        categories=categories_of(story),
    )


def categories_of(document: StoryDocument | EventDocument) -> tuple[Category, ...]:
    """The terms that readers see on it."""
    return tuple(
        Category(scheme=absolute(term_path(tag.type, "")), term=tag.slug, label=tag.label)
        for tag in document.accepted_tags
    )


def content_of(story: StoryDocument) -> str:
    """The body's HTML, "" of a brief story. One that runs from right to left says so, since no feed format has a place
    for it. Whose stories of the same stand behind it is its last line."""
    if not story.body_html:
        return ""
    html = absolute_html(story.body_html, site())
    if runs_left(story.language, story.body_text):
        body = f'<div dir="rtl" lang="{escape(story.language)}">{html}</div>'
    else:
        body = html
    return body + _also_from(story)


def _also_from(story: StoryDocument) -> str:
    links = [
        f'<a href="{escape(absolute(story_path(other)))}">{escape(source_name(other))}</a>'
        for other in also_from(story)
    ]
    return f"<p>Also from {', '.join(links)}</p>" if links else ""
