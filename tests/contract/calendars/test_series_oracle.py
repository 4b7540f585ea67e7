"""Random series after random edits: our occurrences, and what recurring-ical-events shows of our ``.ics``, are what a
plain list of times says after the same edits."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from contract.calendars.test_ics_oracle import FIRST, LAST, Series, plain, series, theirs, within
from dateline.documents.builder import DocumentContext, document_of
from dateline.domain.document import EventDocument
from dateline.domain.event import Event, Occurrence
from dateline.domain.payload import to_payload
from dateline.domain.recurrence import occurrences
from dateline.domain.recurrence.recurrence_id import format_recurrence_id
from dateline.domain.series.edits import (
    ExceptionOnRecord,
    SeriesEdit,
    at_one_time,
    edit_all,
    edit_following,
    edit_time,
    take_out,
)
from dateline.formats.ics import read_calendar, write_calendar
from unit.indexer.parts import NOW, FakeTagger, FakeTerms, claim, revision

UTC_ZONE = ZoneInfo("UTC")
CONTEXT = DocumentContext(terms=FakeTerms(), tagger=FakeTagger(), zone=UTC_ZONE, now=NOW)


@dataclass
class Time:
    """One time that is expected: of which part, standing for which, when, how long, and called what."""

    part: int
    at: datetime
    start: datetime
    hours: float
    title: str


@dataclass
class Part:
    """A series and its exceptions, as they would be on record."""

    series: Event
    exceptions: list[ExceptionOnRecord] = field(default_factory=list)


class Edited:
    """A series after edits, kept twice: by the domain, and as a list of times."""

    def __init__(self, given: Series) -> None:
        [found] = [one.event for one in read_calendar(plain(given), UTC_ZONE) if one.event]
        self.zone = ZoneInfo(given.zone)
        self.parts = [Part(found)]
        self.times = [
            Time(0, at, at, given.hours, "Series")
            for at in (datetime.fromisoformat(start).astimezone(self.zone) for start, *_ in theirs(plain(given)))
        ]

    def change(self, draw: Callable[[st.SearchStrategy[Any]], Any], number: int) -> None:
        """Make one edit, of any kind, at any time."""
        assume(len(self.times) > 2)
        chosen = draw(st.sampled_from(self.times[:40]))
        part = self.parts[chosen.part]
        at = Occurrence(start=chosen.at, end=chosen.at + timedelta(hours=chosen.hours))
        kind = draw(st.sampled_from(["one", "out", "following", "all"]))
        if kind == "one":
            moved = chosen.at + timedelta(days=draw(st.integers(-3, 3)), hours=draw(st.sampled_from([-1, 1])))
            self._edit_one(part, at, chosen, moved, f"Moved {number}")
        elif kind == "out":
            self._keep(
                part, take_out(part.series, self._of(part, at), part.exceptions, part.series.external_id, self.zone)
            )
            self.times.remove(chosen)
        else:
            self._edit_many(part, at, chosen, draw(st.sampled_from([-1, 0, 1])), kind, f"Edit {number}")

    def _of(self, part: Part, at: Occurrence) -> Occurrence:
        return replace(at, end=at.start + (part.series.end - part.series.start))  # type: ignore[operator]

    def _edit_one(self, part: Part, at: Occurrence, chosen: Time, moved: datetime, title: str) -> None:
        event = replace(at_one_time(part.series, self._of(part, at), self.zone),
                        title=title, start=moved, end=moved + timedelta(hours=2))  # fmt: skip
        key = format_recurrence_id(at.start)
        standing = next((one for one in part.exceptions if one.event.recurrence_id == key), None)
        self._keep(
            part, edit_time(part.series, self._of(part, at), event, standing, part.series.external_id, self.zone)
        )
        chosen.start, chosen.hours, chosen.title = moved, 2, title

    def _edit_many(self, part: Part, at: Occurrence, chosen: Time, hours: int, kind: str, title: str) -> None:
        before = part.series
        first = at.start if kind == "following" else before.start
        assert isinstance(first, datetime)
        start = first.astimezone(self.zone) + timedelta(hours=hours)
        event = replace(before, title=title, start=start, end=start + (before.end - before.start))  # type: ignore[operator]
        number = self.parts.index(part)
        if kind == "following" and first > before.start:  # type: ignore[operator]
            edit = edit_following(before, at, event, part.exceptions, before.external_id, self.zone)
        else:
            moved = tuple(one.astimezone(self.zone) + timedelta(hours=hours) for one in before.exdates)  # type: ignore[union-attr]
            event = replace(event, exdates=moved)
            edit = edit_all(before, event, part.exceptions, before.external_id, self.zone)
        assert not edit.of_fate("lost")
        self._keep(part, edit)
        for time in self.times:
            if time.part != number or (kind == "following" and time.at < first):
                continue
            time.part = len(self.parts) - 1 if edit.following else number
            shifted = time.at + timedelta(hours=hours)
            time.title = title if time.title == before.title else time.title
            time.start, time.at = shifted if time.start == time.at else time.start, shifted

    def _keep(self, part: Part, edit: SeriesEdit) -> None:
        """What is on record after an edit."""
        part.series = edit.series
        changes = list(edit.exceptions)
        if edit.occurrence:
            key = edit.occurrence.on_record.id if edit.occurrence.on_record else ""
            part.exceptions = [one for one in part.exceptions if one.id != key]
            event = edit.occurrence.event
            part.exceptions += [ExceptionOnRecord(id=event.recurrence_id, revision=1, event=event)] if event else []
        if changes:
            every = [replace(one.on_record, event=one.event) for one in changes if one.on_record and one.event]
            part.exceptions = [one for one in every if one.event.external_id == part.series.external_id]
            if edit.following:
                later = [one for one in every if one.event.external_id == edit.following.external_id]
                self.parts.append(Part(edit.following, later))
        elif edit.following:
            self.parts.append(Part(edit.following))

    def events(self) -> list[Event]:
        return [event for part in self.parts for event in (part.series, *(one.event for one in part.exceptions))]

    def expected(self) -> list[tuple[str, str, str]]:
        return within(
            (moment(one.start), moment(one.start + timedelta(hours=one.hours)), one.title) for one in self.times
        )


def moment(value: datetime) -> str:
    return value.astimezone(UTC).isoformat()


def document(event: Event, number: int) -> EventDocument:
    claimed = claim(f"e{number}", kind="event", publish=revision(to_payload(event)))
    assert claimed.publish is not None
    made = document_of(claimed, claimed.publish, CONTEXT)
    assert isinstance(made, EventDocument)
    return made


def shown(events: Iterable[Event]) -> list[tuple[str, str, str]]:
    return within(
        (moment(one.start), moment(one.end or one.start), event.title)  # type: ignore[arg-type]
        for event in events
        for one in occurrences(event, FIRST, LAST - timedelta(days=1), UTC_ZONE, 10_000)
    )


def early(found: Iterable[tuple[str, str, str]]) -> list[tuple[str, str, str]]:
    """Without the last days, into which edits move what was not looked at."""
    return [one for one in found if one[0] < "2028-12-20"]


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow], max_examples=25)
@given(series(), st.data())
def test_edits(given: Series, data: st.DataObject) -> None:
    edited = Edited(given)
    for number in range(data.draw(st.integers(1, 3))):
        edited.change(data.draw, number)
    assert early(shown(edited.events())) == early(edited.expected())
    documents = [document(event, number) for number, event in enumerate(edited.events())]
    text = write_calendar(documents, base_url="https://news.example", name="Events", zone=UTC_ZONE)
    assert early(theirs(text)) == early(edited.expected())
