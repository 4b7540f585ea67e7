"""The page of the plan: what is missing on top, then a day or a week; a reporter's has what they promised."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any, Final

from babel.dates import format_date
from flask import render_template, request

from dateline.domain.coverage import OPEN_STATES, Coverage
from dateline.domain.recurrence import days_of
from dateline.errors import LedgerUnavailable
from dateline.ports.ledger.coverages import CoverageSearch
from dateline.ports.ledger.story_pages.story_list import StoryFilter
from dateline.ports.ledger.tokens import Token
from dateline.settings import WEEKDAYS
from dateline_ingest.context import parts, token
from dateline_ingest.desk.choices import writers_by_name
from dateline_ingest.desk.events.when.rule_words import LOCALE
from dateline_ingest.desk.forms.form_fields import FormError, query_fields
from dateline_ingest.desk.planning.plan_form import PlanForm, minute_text
from dateline_ingest.planning.gap_words import clock_in_words, gap_in_words
from dateline_ingest.planning.gaps import gaps_now
from dateline_ingest.planning.plan import PlanEntry, coverage_keys, expected_times, plan_of
from dateline_ingest.planning.promises import default_due

_FAR: Final = (date(1600, 1, 1), date(2199, 12, 31))
"""News is dated within these."""
_OWN_AHEAD: Final = timedelta(days=60)
_OWN_BACK: Final = timedelta(days=14)


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """The days that a page shows: one, or a week; how addresses name them."""

    first: date
    last: date
    view: str

    @property
    def name(self) -> str:
        """The value of ``day`` or ``week``."""
        return self.first.isoformat()

    def shifted(self, by: int) -> str:
        """The span before or after; "" where the calendar ends."""
        length = (self.last - self.first).days + 1
        day = self.first + timedelta(days=by * length)
        return day.isoformat() if _FAR[0] <= day <= _FAR[1] else ""

    @property
    def words(self) -> str:
        """'Tuesday, 1 December 2026', or '29 November – 5 December 2026'."""
        if self.view == "day":
            return day_words(self.first)
        return (
            f"{format_date(self.first, 'd MMMM', locale=LOCALE)} – {format_date(self.last, 'd MMMM y', locale=LOCALE)}"
        )


def day_words(day: date) -> str:
    """'Tuesday, 1 December 2026'."""
    return str(format_date(day, "EEEE, d MMMM y", locale=LOCALE))


def plan_page(form: PlanForm | None = None, errors: tuple[FormError, ...] = ()) -> str:
    """The page that the address, or a form that was sent from one, names."""
    if token().role != "editor":
        return _own_page(form, errors)
    here, zone = parts(), parts().settings.timezone
    span, now = _span(), datetime.now(UTC)
    register, lines = here.event_register, here.event_register.lines()
    times = expected_times(span.first, span.last, lines, register, zone)
    ids = {one.line.row.id for one in times} | {key for one in times for key, _ in one.keys}
    found = here.ledger.coverages(CoverageSearch(first=span.first, last=span.last, event_ids=ids)).items
    days = plan_of(span.first, span.last, times, found)
    gaps = gaps_now(lines, register, here.ledger, zone, now)
    return _rendered("desk/planning/plan.html", form, errors, span=span, days=days, gaps=gaps, now=now,
                     people=writers_by_name())  # fmt: skip


def _own_page(form: PlanForm | None, errors: tuple[FormError, ...]) -> str:
    """What a reporter promised, by day; what isn't open any more for two weeks."""
    today = datetime.now(parts().settings.timezone).date()
    ledger, own = parts().ledger, token().id
    waiting = ledger.coverages(CoverageSearch(assignee_id=own, states=OPEN_STATES)).items
    done = ledger.coverages(
        CoverageSearch(assignee_id=own, states=("filed", "dropped"), first=today - _OWN_BACK, last=today + _OWN_AHEAD)
    ).items
    stories = ledger.stories(StoryFilter(owner=token()), limit=20).items
    return _rendered("desk/planning/own.html", form, errors, waiting=waiting, done=done, now=datetime.now(UTC),
                     stories=stories)  # fmt: skip


def due_today(who: Token) -> tuple[Coverage, ...]:
    """What one promised until the end of today, and isn't there; nothing while the ledger can't say."""
    today = datetime.now(parts().settings.timezone).date()
    try:
        found = parts().ledger.coverages(CoverageSearch(assignee_id=who.id, states=OPEN_STATES, last=today), limit=20)
    except LedgerUnavailable:
        return ()
    return found.items


def coverages_of_event(event_id: str) -> tuple[Coverage, ...]:
    """Who covers an event, by day."""
    return parts().ledger.coverages(CoverageSearch(event_ids=[event_id])).items


def next_time_of(event_id: str) -> Mapping[str, str] | None:
    """The day of the plan on which an event has its next time, and its place there; None for what is over."""
    here, zone = parts(), parts().settings.timezone
    line = next((one for one in here.event_register.lines() if one.row.id == event_id), None)
    today = datetime.now(zone).date()
    time = here.event_register.next_time(line, today, zone) if line else None
    if line is None or time is None:
        return None
    day = max(days_of(time, zone)[0], today)
    entry = PlanEntry(line=line, key=coverage_keys(line, time, {})[0], time=time, coverages=(), begins_here=True)
    return {"day": day.isoformat(), "key": f"{event_id}-{time_key(entry)}"}


def default_due_text(entry: PlanEntry) -> str:
    """When a story of an event is due, as the field shows it."""
    zone = parts().settings.timezone
    return minute_text(default_due(entry.time, zone), zone)


def time_words(entry: PlanEntry) -> str:
    """'19:00', 'All day', 'Goes on'."""
    return clock_in_words(entry, parts().settings.timezone).capitalize()


def time_key(entry: PlanEntry) -> str:
    """Which time of an event it is, as ids of the page have it."""
    return "".join(char for char in entry.key[1] if char.isalnum()) or "once"


def _rendered(template: str, form: PlanForm | None, errors: tuple[FormError, ...], **shown: Any) -> str:
    zone = parts().settings.timezone
    return render_template(
        template, form=form or PlanForm({}), errors=errors, day_words=day_words,
        default_due_text=default_due_text, time_words=time_words,
        loop_key=time_key, zone=zone,
        opened=query_fields(request.args).get("open", ""),
        gap_words=lambda gap: gap_in_words(gap, zone, datetime.now(zone).date()),
        minute_text=lambda moment: minute_text(moment, zone) if moment else "",
        today=datetime.now(zone).date(), **shown,
    )  # fmt: skip


def _span() -> Span:
    """The days that the address names, or the form that was sent from a page of them."""
    zone, week_start = parts().settings.timezone, WEEKDAYS.index(parts().settings.week_start)
    typed = query_fields(request.args)
    sent = query_fields(request.form)
    is_week = sent.get("span") == "week" or bool(typed.get("week"))
    day = _day(sent.get("shown") or typed.get("week") or typed.get("day", "")) or datetime.now(zone).date()
    if not is_week:
        return Span(first=day, last=day, view="day")
    first = day - timedelta(days=(day.weekday() - week_start) % 7)
    return Span(first=first, last=first + timedelta(days=6), view="week")


def _day(text: str) -> date | None:
    """A day, or the first one of a week (2026-W49); None for what is none, or at the ends of the calendar."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day if _FAR[0] <= day <= _FAR[1] else None
