"""The front page as it was at an hour, from what was put on record when it changed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final

from dateline.domain.document import StoryDocument
from dateline.domain.front import HOME, FrontRecord, PlacedStory
from dateline.errors import NotFound
from dateline.ports.index import Index
from dateline_web.context import Web
from dateline_web.dates.days import day_at
from dateline_web.stories.public import public_stories

HOUR: Final = timedelta(hours=1)
MOST_CHANGES: Final = 100
"""Changes of one hour that its page names."""
_BEGINNING: Final = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class PastStory:
    """A story as it stood there. ``story`` is what it is now; None: readers may see it no more, nor what it was."""

    was: PlacedStory
    story: StoryDocument | None


@dataclass(frozen=True, slots=True, kw_only=True)
class PastColumn:
    """A section's column as it stood there."""

    section: str
    label: str
    stories: tuple[PastStory, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PastFront:
    """The front page as it was in a minute, or at the end of a ``whole_hour``. ``changes`` are the times within its
    hour from which on it looked otherwise, the oldest first; ``before`` and ``after`` are the hours beside it, None at
    the ends."""

    asked: datetime
    whole_hour: bool
    record: FrontRecord
    lead: PastStory | None
    second: tuple[PastStory, ...]
    columns: tuple[PastColumn, ...]
    latest: tuple[PastStory, ...]
    changes: tuple[datetime, ...]
    before: datetime | None
    after: datetime | None

    @property
    def end(self) -> datetime:
        """The end of the hour that was asked for."""
        return self.asked + HOUR


def hour_at(web: Web, year: int, month: int, day: int, hour: int, minute: int | None) -> datetime:
    """The time that an address names, on the newsroom's clock. Raises ``NotFound`` for none, and for one to come."""
    if hour > 23 or (minute or 0) > 59:
        raise NotFound("There is no such hour.")
    named = day_at(year, month, day)
    at = datetime(named.year, named.month, named.day, hour, minute or 0, tzinfo=web.settings.timezone)
    if at > web.now():
        raise NotFound("Nobody knows yet what will be on the front page then.")
    return at


def past_front(web: Web, at: datetime, *, whole_hour: bool) -> PastFront:
    """How the front page stood at the end of the hour that begins ``at``, or in the minute ``at``.

    Raises ``NotFound`` before the first that is on record, ``IndexUnavailable``.
    """
    hour = at.replace(minute=0)
    end = at + (HOUR if whole_hour else timedelta(minutes=1))
    record = _newest_before(web.index, end)
    if record is None:
        raise NotFound("The front page of that hour is not on record.")
    changes = web.index.front_records(HOME, hour, hour + HOUR, MOST_CHANGES)
    public = _public(web.index, record)

    def past(placed: Iterable[PlacedStory]) -> tuple[PastStory, ...]:
        return tuple(PastStory(was=one, story=public.get(one.id)) for one in placed)

    return PastFront(
        asked=at,
        whole_hour=whole_hour,
        record=record,
        lead=next(iter(past([record.lead])), None) if record.lead else None,
        second=past(record.second),
        columns=tuple(
            PastColumn(section=one.section, label=one.label, stories=past(one.stories)) for one in record.columns
        ),
        latest=past(record.latest),
        changes=tuple(one.at.astimezone(web.settings.timezone) for one in reversed(changes)),
        before=hour - HOUR if _newest_before(web.index, hour) else None,
        after=hour + HOUR if hour + HOUR <= web.now() else None,
    )


def _newest_before(index: Index, end: datetime) -> FrontRecord | None:
    found = index.front_records(HOME, _BEGINNING, end, 1) if end > _BEGINNING else []
    return next(iter(found), None)


def _public(index: Index, record: FrontRecord) -> dict[str, StoryDocument]:
    placed = [*filter(None, [record.lead]), *record.second, *record.latest]
    placed += [story for column in record.columns for story in column.stories]
    found = public_stories(index, list(dict.fromkeys(one.id for one in placed)), brief=True)
    return {story.id: story for story in found}
