"""The events that a story announces, as editors could put them into the calendar."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from dateline.announcements.cues import WHERE
from dateline.announcements.reader import Announcement, announcements
from dateline.announcements.titles import title_in
from dateline.domain.document import StoryDocument
from dateline.domain.event import Event, Location
from dateline.domain.recurrence import bounds
from dateline.domain.similarity.events import first_day
from dateline.domain.similarity.titles import title_likeness
from dateline.domain.tag import Status
from dateline.ports.ledger.event_proposals import LAST_DAY_OF_ALL, AnnouncedEvent

OLDEST: Final = timedelta(days=400)
"""Stories from before announce nothing that is still to come, and aren't read: an archive comes in by the thousand."""
NEAR: Final = 250
"""Characters around a date in which a place is taken for the event's."""
BEFORE: Final = 15
"""By how many characters a place behind the date may be farther away, as in 'on 12 May at 19:00 in Vitebsk'."""
MOST: Final = 10
"""Events of one story."""
_ALIKE: Final = 0.5


def announced_events(story: StoryDocument, zone: ZoneInfo, now: datetime) -> list[AnnouncedEvent]:
    """What ``story`` announces that isn't over ``now``; nothing once it is withdrawn. Days are those of ``zone``, and
    read against the day of the story."""
    published = story.published_at
    if story.withdrawn or published is None or now - published > OLDEST:
        return []
    found = announcements(story.body_text, published.astimezone(zone).date(), zone)
    if not found:
        return []
    today = now.astimezone(zone).date()
    told = (_event(story, one, zone) for one in found)
    return _told_once(one for one in told if one.last_day >= today)[:MOST]


def _event(story: StoryDocument, one: Announcement, zone: ZoneInfo) -> AnnouncedEvent:
    event = Event(
        title=title_in(one.sentence, one.said[0]) or story.headline,
        start=one.start,
        end=one.end,
        timezone=zone.key if isinstance(one.start, datetime) else "",
        rrule=one.rrule,
        location=_location(story, one),
        section=story.section,
        language=story.language,
    )
    _, last = bounds(event, zone)
    return AnnouncedEvent(
        event=event, last_day=last or LAST_DAY_OF_ALL, sentence=one.sentence, start=one.said[0], end=one.said[1],
        rule=one.rule,
    )  # fmt: skip


def _location(story: StoryDocument, one: Announcement) -> Location | None:
    """Where it says so after 'Where:', else the places in the text that are nearest to the date: one in the sentence
    that no vocabulary has, a park or a hall, and the town."""
    at = one.at + one.said[0]
    town = _nearest_place(story, at, range(at - NEAR, at + NEAR), "accepted")
    following = story.body_text[one.at : one.at + len(one.sentence) + NEAR]
    named = WHERE.search(following)
    sentence = range(one.at, one.at + len(one.sentence))
    name = named[1].strip() if named else _nearest_place(story, at, sentence, "proposed")
    if not name:
        return Location(name=town) if town else None
    return Location(name=name, city=town if town and town not in name else "")


def _nearest_place(story: StoryDocument, at: int, within: range, status: Status) -> str:
    """The label of the place whose name stands nearest. What a named place lies in is not named itself."""
    places = (
        (abs(evidence.start - at) + BEFORE * (evidence.start < at), tag.label)
        for tag in story.tags
        if tag.type == "place" and tag.status == status
        for evidence in tag.evidence
        if evidence.field == "body_text" and evidence.start in within and not evidence.rule.startswith("in:")
    )
    return min(places, default=(0, ""))[1]


def _told_once(events: Iterable[AnnouncedEvent]) -> list[AnnouncedEvent]:
    """Each event once, as the words say it that say the time of day too."""
    kept: list[AnnouncedEvent] = []
    for one in events:
        at = next(_places_of(kept, one), None)
        if at is None:
            kept.append(one)
        elif isinstance(one.event.start, datetime) and not isinstance(kept[at].event.start, datetime):
            kept[at] = one
    return kept


def _places_of(kept: list[AnnouncedEvent], one: AnnouncedEvent) -> Iterator[int]:
    for at, other in enumerate(kept):
        alike = title_likeness(one.event.title, other.event.title) >= _ALIKE
        times: set[date] = {moment for moment in (one.event.start, other.event.start) if isinstance(moment, datetime)}
        if alike and first_day(one.event) == first_day(other.event) and len(times) < 2:
            yield at
