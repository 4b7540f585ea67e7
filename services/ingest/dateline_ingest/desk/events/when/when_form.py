"""The form's fields of when an event takes place, as an event's JSON has it; and the fields of an event."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta, tzinfo
from typing import Any, Final

from dateline.domain.event import Event
from dateline.domain.recurrence import check_rule
from dateline.domain.recurrence.moments import Moment, at_wall, clock_of, day_of, wall_of
from dateline.domain.recurrence.recurring import is_recurring
from dateline.domain.recurrence.rrule import parse_rule
from dateline.errors import FieldError, InvalidInput
from dateline_ingest.desk.events.when.rule_fields import RULE_FIELDS, rule_fields, typed_rule
from dateline_ingest.desk.events.when.rule_words import day_name
from dateline_ingest.desk.events.when.series_days import SeriesDays, on_clock
from dateline_ingest.desk.events.when.typed_days import one_day, typed_days
from dateline_ingest.desk.events.when.zones import change_in_words, zone_called

FIELDS: Final = (
    "start_date", "start_time", "end_date", "end_time", "timezone", *RULE_FIELDS, "except", "further", "cancelled_on",
)  # fmt: skip

_ONCE: Final = "What takes place once has no exceptions: say how it repeats, or empty the fields below."


@dataclass(frozen=True, slots=True, kw_only=True)
class When:
    """When it takes place. ``cancelled`` are times of the series that are called off; ``notes`` what is to be said."""

    start: Moment
    end: Moment | None
    clock: tzinfo
    body: Mapping[str, Any]
    event: Event
    cancelled: tuple[Moment, ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(slots=True)
class _Faults:
    errors: list[FieldError] = field(default_factory=list)

    @contextmanager
    def at(self, name: str) -> Iterator[None]:
        """What is refused within is wrong in the field ``name``."""
        try:
            yield
        except InvalidInput as error:
            self.errors.append(FieldError(f"/{name}", str(error)))

    def check(self) -> None:
        """Raise ``InvalidInput`` where something was refused."""
        if self.errors:
            raise InvalidInput("When it takes place isn't clear.", tuple(self.errors))


def read_when(values: Mapping[str, str], zone: tzinfo, before: Event | None = None) -> When:
    """What the fields say; what they don't show stays as in ``before``. Raises ``InvalidInput``, with all faults."""
    faults, text = _Faults(), {name: values.get(name, "").strip() for name in FIELDS}
    clock, own_clock = zone, before.vtimezone if before and not text["timezone"] else ""
    with faults.at("timezone"):
        clock = (
            clock_of(before, zone)
            if before and own_clock
            else zone_called(text["timezone"])
            if text["timezone"]
            else zone
        )
    start: Moment = date.min
    with faults.at("start_date"):
        start = _kept_moment(_start(text, clock), before.start if before else None, clock)
    faults.check()
    end: Moment | None = None
    with faults.at("end_date"):
        end = _end(text, start, clock)
        end = None if end is None else _kept_moment(end, before.end if before else None, clock)
    kept = _kept(before, start)
    rule = ""
    with faults.at("repeat"):
        rule = typed_rule(text, start, clock, before)
        if rule:
            check_rule(rule, start, end)
    faults.check()
    timed = isinstance(start, datetime)
    series = Event(
        title="", start=start, end=end, rrule=rule, vtimezone=own_clock if timed else "",
        timezone=str(getattr(clock, "key", "")) if timed and not own_clock else "", **kept,
    )  # fmt: skip
    return _with_days(text, series, zone, faults)


def _with_days(text: Mapping[str, str], series: Event, zone: tzinfo, faults: _Faults) -> When:
    days = SeriesDays(series, zone)
    excluded: list[Moment] = []
    further: list[Moment] = []
    cancelled: list[Moment] = []
    notes = list(_clock_notes(text, series, days.clock))
    with faults.at("further"):
        further = days.further(typed_days(text["further"]))
    series = replace(series, rdates=tuple(further))
    if not is_recurring(series) and (text["except"] or text["cancelled_on"]):
        faults.errors.append(FieldError("/repeat", _ONCE))
        faults.check()
    days = SeriesDays(series, zone)
    with faults.at("except"):
        excluded, said = days.excluded(typed_days(text["except"]))
        notes += said
    with faults.at("cancelled_on"):
        cancelled = days.cancelled(typed_days(text["cancelled_on"]))
    faults.check()
    series = replace(series, exdates=tuple(excluded))
    body = {name: value for name, value in {
        "start": series.start.isoformat(), "end": series.end.isoformat() if series.end is not None else "",
        "timezone": series.timezone, "rrule": series.rrule, "exdates": [one.isoformat() for one in excluded],
        "rdates": [one.isoformat() for one in further],
    }.items() if value}  # fmt: skip
    return When(
        start=series.start, end=series.end, clock=days.clock, body=body, event=series, cancelled=tuple(cancelled),
        notes=tuple(notes),
    )  # fmt: skip


def when_fields(event: Event, zone: tzinfo) -> dict[str, str]:
    """The fields as an event fills them: on its own clock."""
    clock = clock_of(event, zone)
    start, end = on_clock(event.start, clock), None if event.end is None else on_clock(event.end, clock)
    fields = {"start_date": day_of(start).isoformat(), "start_time": _clock_text(start)}
    if end is not None and (day_of(end) != day_of(start)):
        fields["end_date"] = day_of(end).isoformat()
    fields["end_time"] = _clock_text(end) if end is not None else ""
    fields["timezone"] = event.timezone if isinstance(start, datetime) else ""
    fields["except"] = ", ".join(dict.fromkeys(day_name(day_of(on_clock(one, clock))) for one in event.exdates))
    fields["further"] = ", ".join(_further_text(on_clock(one, clock), start) for one in event.rdates)
    return fields | rule_fields(event.rrule, event.start, clock)


def _start(text: Mapping[str, str], clock: tzinfo) -> Moment:
    if not text["start_date"]:
        raise InvalidInput("Say on which day it begins.")
    day = one_day(text["start_date"])
    if not text["start_time"]:
        return day
    wall = datetime.combine(day, _time(text["start_time"]))
    return at_wall(wall, wall.replace(tzinfo=clock), clock)


def _kept_moment(moment: Moment, before: Moment | None, clock: tzinfo) -> Moment:
    """``before`` where the fields say it still: of a time that comes twice they say the first."""
    if not isinstance(moment, datetime) or not isinstance(before, datetime):
        return moment
    stands = on_clock(before, clock)
    return stands if wall_of(stands).replace(microsecond=0) == wall_of(moment) else moment


def _end(text: Mapping[str, str], start: Moment, clock: tzinfo) -> Moment | None:
    day = one_day(text["end_date"]) if text["end_date"] else None
    if not isinstance(start, datetime):
        if text["end_time"]:
            raise InvalidInput("Say also at which time it begins, or leave out the time at which it ends.")
        return day
    if not text["end_time"]:
        if day:
            raise InvalidInput("Say also at which time it ends.")
        return None
    at = _time(text["end_time"])
    if day is None:  # an evening ends after midnight
        day = start.date() + timedelta(days=1 if at < start.time() else 0)
    return at_wall(datetime.combine(day, at), start, clock)


def _kept(before: Event | None, start: Moment) -> dict[str, Any]:
    """What the form doesn't show of when an event takes place: it goes where days become times, or times days."""
    if before is None or before.all_day is isinstance(start, datetime):
        return {}
    return {"further_rrules": before.further_rrules, "periods": before.periods}


def _clock_notes(text: Mapping[str, str], series: Event, clock: tzinfo) -> Iterator[str]:
    for name, moment in (("start", series.start), ("end", series.end)):
        if isinstance(moment, datetime) and text[f"{name}_time"]:
            day = moment.astimezone(clock).date()
            if said := change_in_words(datetime.combine(day, _time(text[f"{name}_time"])), clock):
                yield said
    if series.rrule and not _names(series, clock):
        first = day_name(day_of(on_clock(series.start, clock)))
        yield f"The first time, {first}, is none of the rule's days; it takes place all the same."


def _names(series: Event, clock: tzinfo) -> bool:
    """Whether the rule names the day of the series' start."""
    rule, day = parse_rule(series.rrule), day_of(on_clock(series.start, clock))
    weekdays = {weekday for _, weekday in rule.by_day}
    months, days = rule.by.get("BYMONTH", ()), rule.by.get("BYMONTHDAY", ())
    length = monthrange(day.year, day.month)[1]
    if (weekdays and day.weekday() not in weekdays) or (months and day.month not in months):
        return False
    if days and day.day not in days and day.day - length - 1 not in days:
        return False
    numbers = {number for number, weekday in rule.by_day if number and weekday == day.weekday()}
    place = {(day.day - 1) // 7 + 1, -((length - day.day) // 7) - 1}
    return not numbers or bool(numbers & place) or (rule.freq == "YEARLY" and not months)


def _time(text: str) -> time:
    try:
        return time.fromisoformat(text.replace(".", ":").zfill(5)).replace(tzinfo=None, microsecond=0)
    except ValueError:
        raise InvalidInput(f"{text[:60]!r} is no time: write it like 19:00.") from None


def _clock_text(moment: Moment) -> str:
    if not isinstance(moment, datetime):
        return ""
    return moment.strftime("%H:%M:%S" if moment.second else "%H:%M")


def _further_text(moment: Moment, start: Moment) -> str:
    said = day_name(day_of(moment))
    own = isinstance(moment, datetime) and isinstance(start, datetime) and moment.time() != start.time()
    return f"{said} {_clock_text(moment)}" if own else said
