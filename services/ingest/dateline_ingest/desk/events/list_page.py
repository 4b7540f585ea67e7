"""The desk's list of events: by what is to come or over, words, section, category, place and day."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from flask import render_template, request, url_for

from dateline.analysis.label_key import label_key
from dateline.domain.event import Occurrence
from dateline.domain.recurrence import days_of
from dateline.domain.recurrence.moments import clock_of
from dateline.errors import InvalidInput
from dateline_ingest.context import parts
from dateline_ingest.desk.events.when.next_times import occurrence_in_words, recurrence_in_words
from dateline_ingest.desk.events.when.rule_words import day_name
from dateline_ingest.desk.events.when.typed_days import one_day
from dateline_ingest.desk.forms.form_fields import query_fields, whole_number
from dateline_ingest.event_register import (
    EventLine,
    is_replaced,
    replaced_times,
    times_between,
    used,
    used_places,
    without_replaced,
)
from dateline_ingest.sections import slugs_of_section

SHOWN: Final = {
    "upcoming": "to come", "past": "over", "series": "series", "cancelled": "cancelled", "postponed": "postponed",
    "withdrawn": "withdrawn", "all": "all",
}  # fmt: skip
FILTERS: Final = ("show", "words", "section", "category", "place", "day")
_LINES: Final = 50
_MOST_PAGES: Final = 10_000


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedEvent:
    """A line of the list: the event, its next or last time in words, and how it recurs."""

    line: EventLine
    when: str
    recurs: str
    where: str


def list_page() -> str | tuple[str, int]:
    """The list that the address asks for; a day that is none is told, and nothing is listed."""
    typed = query_fields(request.args)
    query = {name: typed.get(name, "").strip()[:200] for name in FILTERS}
    query["show"] = query["show"] if query["show"] in SHOWN else "all" if query["day"] else "upcoming"
    register = parts().event_register
    lines = register.lines()
    try:
        day = one_day(query["day"]) if query["day"] else None
    except InvalidInput as refusal:
        return _shown(query, lines, [], 1, error=str(refusal)), 422
    replaced = replaced_times(lines)
    sections = slugs_of_section(query["section"], parts().vocabulary.current())
    inside = [line for line in lines if not sections or line.row.section in sections]
    found = sorted_events([line for line in inside if _is_chosen(line, query, day, replaced)], query["show"], day)
    return _shown(query, lines, found, min(whole_number(typed.get("page", "")) or 1, _MOST_PAGES))


def sorted_events(lines: list[EventLine], show: str, day: date | None) -> list[EventLine]:
    """What is to come by its next time, what is over by its last day, all else by when it was changed last."""
    register, zone, today = parts().event_register, parts().settings.timezone, today_here()
    if day:
        return sorted(lines, key=lambda line: _order(_on(line, day)))
    if show in ("upcoming", "series"):
        return sorted(lines, key=lambda line: _order(register.next_time(line, today, zone)))
    if show == "past":
        return sorted(lines, key=lambda line: register.last_day(line, zone) or date.min, reverse=True)
    return sorted(lines, key=lambda line: line.row.received_at, reverse=True)


def today_here() -> date:
    """Today, in the newsroom's zone."""
    return datetime.now(parts().settings.timezone).date()


def _order(one: Occurrence | None) -> tuple[date, str]:
    """By day on the newsroom's clock, what lasts all day first."""
    if one is None:
        return date.max, ""
    zone = parts().settings.timezone
    first, _ = days_of(one, zone)
    return first, one.start.astimezone(zone).strftime("%H:%M:%S") if isinstance(one.start, datetime) else ""


def _on(line: EventLine, day: date) -> Occurrence | None:
    return next(times_between(line, day, day, parts().settings.timezone), None)


def _is_chosen(
    line: EventLine, query: Mapping[str, str], day: date | None, replaced: frozenset[tuple[str, str]]
) -> bool:
    if query["category"] and label_key(query["category"]) not in map(
        label_key, line.event.categories if line.event else ()
    ):
        return False
    if query["place"] and not any(label_key(query["place"]) in label_key(place.in_one_line) for place in line.places):
        return False
    if query["words"] and not all(word in line.folded for word in label_key(query["words"]).split()):
        return False
    if not _is_shown(line, query["show"]):
        return False
    return day is None or _takes_place(line, day, replaced)


def _is_shown(line: EventLine, show: str) -> bool:
    if show in ("all", "withdrawn"):
        return show == "all" or line.is_withdrawn
    if line.event is None or line.is_withdrawn:
        return False
    if show in ("cancelled", "postponed"):
        return line.event.status == show
    if show == "series":
        return line.is_series
    is_over = parts().event_register.is_over(line, today_here(), parts().settings.timezone)
    return is_over == (show == "past")


def _takes_place(line: EventLine, day: date, replaced: frozenset[tuple[str, str]]) -> bool:
    if line.is_withdrawn or line.event is None:
        return False
    found = times_between(line, day, day, parts().settings.timezone)
    return any(not is_replaced(line, one, replaced) for one in found)


def _shown(query: dict[str, str], lines: list[EventLine], found: list[EventLine], page: int, error: str = "") -> str:
    kept: dict[str, Any] = {
        name: value for name, value in query.items() if value and (name, value) != ("show", "upcoming")
    }
    here = found[(page - 1) * _LINES : page * _LINES]
    more = url_for("event_pages.mine", **kept, page=page + 1) if len(found) > page * _LINES else None
    day = one_day(query["day"]) if query["day"] and not error else None
    replaced = replaced_times(lines)
    return render_template(
        "desk/events/list.html", events=[_listed(line, day, replaced) for line in here], query=query,
        total=len(found), more=more, shown=SHOWN, error=error, filtered=bool(kept),
        day=day_name(day) if day else "", any=bool(lines),
        categories=used(lines, lambda line: line.event.categories if line.event else ()),
        places=list(dict.fromkeys(place.city or place.name for place in used_places(lines))),
    )  # fmt: skip


def _listed(line: EventLine, day: date | None, replaced: frozenset[tuple[str, str]]) -> ListedEvent:
    zone, event = parts().settings.timezone, line.event
    if event is None:
        return ListedEvent(line=line, when="", recurs="", where="")
    coming = _on(line, day) if day else parts().event_register.next_time(line, today_here(), zone)
    first = Occurrence(start=event.start, end=event.end)
    return ListedEvent(
        line=line, when=occurrence_in_words(coming or first, clock_of(event, zone)),
        recurs=recurrence_in_words(without_replaced(event, replaced), zone) if line.is_series else "",
        where=line.places[0].in_one_line if line.places else "",
    )  # fmt: skip
