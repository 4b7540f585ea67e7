"""An event's own page: what it says, its next times, what was changed in them, its revisions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from flask import render_template
from markupsafe import Markup

from dateline.domain.event import Event, Occurrence, Price
from dateline.domain.html import html_of_text
from dateline.domain.recurrence.moments import clock_of
from dateline.domain.recurrence.recurrence_id import format_recurrence_id, parse_recurrence_id
from dateline.domain.series.series_times import is_series, name_of
from dateline.ports.ledger.items import Item
from dateline_ingest.context import parts
from dateline_ingest.desk.events.change_kinds import possible_changes
from dateline_ingest.desk.events.list_page import today_here
from dateline_ingest.desk.events.when.next_times import coming_times, occurrence_in_words, recurrence_in_words
from dateline_ingest.desk.events.when.zones import clock_in_words
from dateline_ingest.desk.template_filters import cleaned
from dateline_ingest.event_register import EventLine, exceptions_of, without_replaced
from dateline_ingest.intake import content_of


@dataclass(frozen=True, slots=True, kw_only=True)
class TimeOfSeries:
    """A time of a series: its key, how addresses name it, when it is in words, the event that stands for it, if any."""

    key: str
    name: str
    words: str
    instead: EventLine | None = None
    instead_words: str = ""


def event_page(whole: Item, error: str = "") -> str:
    """The page of an event; of one that is withdrawn what it last said."""
    event = last_text(whole)
    zone = parts().settings.timezone
    series = _series_of(event) if event else None
    recurring = _without_exceptions(event) if event else None
    return render_template(
        "desk/events/event.html", item=whole, error=error,
        event=event, series=series,
        when=when_in_words(event) if event else "", recurs=recurrence_in_words(recurring, zone) if recurring else "",
        times=times_of_series(event) if event else (), price=price_in_words(event.price) if event else "",
        previous=[occurrence_in_words(one, clock_of(event, zone)) for one in event.previous_times] if event else (),
        places=(*filter(None, (event.location,)), *event.further_locations) if event else (),
        description=_description(event) if event else "", changes=possible_changes(event) if event else {},
    )  # fmt: skip


def last_text(whole: Item) -> Event | None:
    """What an event says; of one that is withdrawn, what it said last."""
    event = content_of(Event, whole.newest.payload)
    if event is None and whole.newest.action == "withdraw":
        earlier = parts().ledger.item("event", whole.id, payloads="all")
        texts = [one for revision in earlier.revisions if (one := content_of(Event, revision.payload))]
        return texts[-1] if texts else None
    return event


def when_in_words(event: Event) -> str:
    """'Thursday, 3 December 2026, 19:00 to 21:00, Minsk time (UTC+03:00)'; of a series its first time."""
    clock = clock_of(event, parts().settings.timezone)
    said = occurrence_in_words(Occurrence(start=event.start, end=event.end), clock)
    return said if event.all_day else f"{said}, {clock_in_words(clock, event.start)}"  # type: ignore[arg-type]


def times_of_series(event: Event) -> list[TimeOfSeries]:
    """The next times of a series, each with what stands for it; then those that were changed and aren't among them."""
    if not is_series(event):
        return []
    zone = parts().settings.timezone
    clock, instead = clock_of(event, zone), _instead(event)
    coming = coming_times(_without_exceptions(event), zone, today_here())
    keys = [format_recurrence_id(one.start) for one in coming]
    times = [_time(event, key, occurrence_in_words(one, clock), instead) for key, one in zip(keys, coming, strict=True)]
    others = [key for key in sorted(instead) if key not in keys]
    return times + [_time(event, key, _words_of(key, event), instead) for key in others]


def _instead(event: Event) -> dict[str, EventLine]:
    """What stands for times of a series, by their keys."""
    return exceptions_of(event.external_id, parts().event_register.lines()) if event.external_id else {}


def _without_exceptions(event: Event) -> Event:
    """A series without those of its left out times for which exceptions stand."""
    if not event.exdates or event.recurrence_id:
        return event
    return without_replaced(event, frozenset((event.external_id, key) for key in _instead(event)))


def _time(series: Event, key: str, words: str, instead: Mapping[str, EventLine]) -> TimeOfSeries:
    line = instead.get(key)
    event = line.event if line else None
    name = name_of(parse_recurrence_id(key), series, parts().settings.timezone)
    said = when_in_words(event) if event else ""
    return TimeOfSeries(key=key, name=name, words=words, instead=line, instead_words=said)


def _words_of(key: str, event: Event) -> str:
    moment = parse_recurrence_id(key)
    return occurrence_in_words(Occurrence(start=moment), clock_of(event, parts().settings.timezone))


def _series_of(event: Event) -> EventLine | None:
    """The series of which an exception is a part."""
    if not event.recurrence_id:
        return None
    same = (line for line in parts().event_register.lines() if line.event and not line.event.recurrence_id)
    return next((line for line in same if line.event and line.event.external_id == event.external_id), None)


def price_in_words(price: Price | None) -> str:
    """'Free', '10 to 20 BYN (students half)'."""
    if price is None:
        return ""
    amount = f"{price.amount} to {price.up_to} {price.currency}" if price.up_to else f"{price.amount} {price.currency}"
    said = "Free" if price.free else amount.strip()
    return f"{said} ({price.note})" if said and price.note else said or price.note


def _description(event: Event) -> Markup:
    html = event.description_html
    return cleaned(html_of_text(event.description_text or "") if html is None else html)
