"""The feed of events that were announced last: an entry says when and where, and that one was cancelled or moved."""

from __future__ import annotations

from datetime import datetime
from html import escape
from typing import Final

from dateline.analysis.direction import runs_left
from dateline.domain.document import EventDocument
from dateline.domain.event import Occurrence
from dateline.domain.item_id import made_at
from dateline.formats.public_json.images import absolute_html
from dateline_web.context import Web
from dateline_web.events import in_words
from dateline_web.events.timetable import bounded_events
from dateline_web.feeds.entries import FeedEntry, categories_of
from dateline_web.feeds.feed import Feed
from dateline_web.feeds.pictures import entry_pictures
from dateline_web.identifiers import entry_id
from dateline_web.pictures.outward import for_feeds
from dateline_web.subscriptions.calendars import in_languages, language_of
from dateline_web.subscriptions.params import Subscription
from dateline_web.urls import EVENTS, absolute, event_path, site

_STATUSES: Final = {"cancelled": "Cancelled: ", "postponed": "Postponed: "}
_MOVED: Final = "Moved: "


def announced_events(web: Web, wanted: Subscription, at: str) -> Feed:
    """The newest of the events that are wanted, by when they were announced; the feed is at the path ``at``.

    What stands for one time of a series is no announcement. Raises ``IndexUnavailable`` when reading takes too long.
    """
    with bounded_events(web):
        found = in_languages(web, web.index.events(wanted.search), wanted.languages)
        newest = sorted((one for one in found if not one.recurrence_id), key=_newest_first, reverse=True)
        entries = tuple(event_entry(web, one) for one in newest[: wanted.query.limit])
    return Feed(
        title=f"New events · {web.settings.title}",
        path=EVENTS,
        parameters=tuple(wanted.query.filters),
        at=at,
        next=None,
        entries=entries,
    )


def event_entry(web: Web, event: EventDocument) -> FeedEntry:
    """An event's entry. Its id stays when the event is corrected, and its title says what became of it."""
    event = for_feeds(event)
    words = _when_and_where(event)
    return FeedEntry(
        id=entry_id(event),
        title=_STATUSES.get(event.status, _MOVED if event.previous_times else "") + event.title,
        address=absolute(event_path(event)),
        published=announced_at(event),
        updated=max(event.updated_at, announced_at(event)),
        author=event.organizer or web.settings.title,
        language=language_of(web, event),
        summary=words,
        excerpt=words,
        content=_content(event, words, language_of(web, event)),
        pictures=entry_pictures(event.images),
        categories=categories_of(event),
    )


def announced_at(event: EventDocument) -> datetime:
    """When the event was first received; its newest change where its id doesn't say so."""
    return made_at(event.id) or event.updated_at


def _newest_first(event: EventDocument) -> tuple[datetime, str]:
    return announced_at(event), event.id


def _when_and_where(event: EventDocument) -> str:
    """'Friday, 3 July 2026, 19:00 to 21:30, Minsk time, Upper Town, Minsk. Every Friday.'"""
    assert event.start is not None
    first = Occurrence(start=event.start, end=event.end)
    clock = in_words.clock_of(event)
    said = [in_words.when(first, clock), "" if first.all_day else in_words.clock_in_words(event, first)]
    said.append(in_words.where(event.location))
    line = f"{', '.join(filter(None, said))}."
    recurrence = in_words.recurrence_in_words(event)
    return f"{line} {recurrence}." if recurrence else line


def _content(event: EventDocument, words: str, language: str) -> str:
    body = absolute_html(event.description_html, site()) or (
        f"<p>{escape(event.description_text)}</p>" if event.description_text else ""
    )
    if body and runs_left(language, event.description_text):
        body = f'<div dir="rtl" lang="{escape(language)}">{body}</div>'
    reason = f"<p>{escape(event.reason)}</p>" if event.reason else ""
    return f"<p>{escape(words)}</p>{reason}{body}"
