"""The page with an event's form: what it offers, what is wrong in it, and the next times that it says."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from flask import render_template, request
from werkzeug.wrappers import Response

from dateline.domain.event import Event
from dateline.domain.recurrence.moments import clock_of
from dateline.errors import InvalidInput
from dateline.ports.ledger.items import Item
from dateline_ingest.context import parts
from dateline_ingest.desk.events.form.event_form import LABELS, EventForm
from dateline_ingest.desk.events.form.places import COLUMN_LABELS, MOST, filled_places
from dateline_ingest.desk.events.list_page import today_here
from dateline_ingest.desk.events.when.next_times import NextTimes, next_times
from dateline_ingest.desk.events.when.rule_fields import DAY_WORDS, ORDINAL_WORDS, REPEATS
from dateline_ingest.desk.events.when.rule_words import rule_in_words, weekday_name
from dateline_ingest.desk.forms.form_fields import FormError, form_errors
from dateline_ingest.desk.forms.picture_rows import ROW_LABELS
from dateline_ingest.event_register import used, used_places

Page = str | Response | tuple[str, int]

ALL_LABELS: Final = {
    **LABELS,
    **ROW_LABELS,
    **{f"place_{number}_{column}": label for number in range(MOST) for column, label in COLUMN_LABELS.items()},
}
_STEPS: Final = ("show_times", "more_places", "show_pictures")
"""Buttons that only show the form again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownTimes:
    """The next times that a form says, or why it says none yet."""

    times: NextTimes | None = None
    errors: tuple[FormError, ...] = ()


def form_page(
    form: EventForm, whole: Item | None = None, before: Event | None = None, *, errors: Sequence[FormError] = (),
    **more: Any,
) -> str:  # fmt: skip
    """The form of a new event, or of one that is corrected: ``whole``, which says ``before``."""
    lines = parts().event_register.lines()
    return render_template(
        "desk/events/form.html", form=form, item=whole, errors=errors, labels=ALL_LABELS,
        shown=shown_times(form, before), rule_words=_rule_words(before), repeats=REPEATS, ordinals=ORDINAL_WORDS,
        day_words=DAY_WORDS, weekdays=[(f"on_{name[:2].lower()}", name) for name in map(weekday_name, range(7))],
        categories=used(lines, lambda line: line.event.categories if line.event else ()),
        organizers=used(lines, lambda line: (line.event.organizer,) if line.event else ()),
        zones=used(lines, lambda line: (line.event.timezone,) if line.event else ()),
        places_used=list(dict.fromkeys(place.name for place in used_places(lines))),
        zone_default=parts().settings.timezone.key,
        **{"revision": whole.newest_revision if whole else 0, **more},
    )  # fmt: skip


def shown_times(form: EventForm, before: Event | None = None) -> ShownTimes:
    """The next times of what stands in the form; nothing while it has no day."""
    if not form.values.get("start_date"):
        return ShownTimes()
    try:
        return ShownTimes(times=next_times(form.when(parts().settings.timezone, before), today_here()))
    except InvalidInput as refusal:
        return ShownTimes(errors=errors_of(form, refusal))


def errors_of(form: EventForm, refusal: InvalidInput) -> tuple[FormError, ...]:
    """What is wrong in an event's form, at its fields."""
    found = form_errors(form.field_errors(refusal.errors), ALL_LABELS)
    return found or (FormError("title", "", str(refusal)),)


def sent_form() -> EventForm:
    """The form that came, places of earlier events filled in where it is only shown again."""
    form = EventForm.typed(request.form)
    if is_only_shown(form):
        form.values = filled_places(form.values, used_places(parts().event_register.lines()))
    return form


def is_only_shown(form: EventForm) -> bool:
    """Whether the form was sent to be shown again: with its next times, or with another place."""
    return any(step in form.values for step in _STEPS)


def _rule_words(before: Event | None) -> str:
    if before is None or not before.rrule:
        return ""
    return rule_in_words(before.rrule, before.start, clock_of(before, parts().settings.timezone))
