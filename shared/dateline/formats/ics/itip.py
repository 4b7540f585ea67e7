"""What the METHOD of a calendar makes of its VEVENTs (iTIP, RFC 5546): some are messages, and no publication."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from icalendar.parser import Parameters

from dateline.errors import FieldError
from dateline.formats.ics.lines import Component, Line

CANCEL: Final = "CANCEL"
ADD: Final = "ADD"

_MESSAGES: Final[Mapping[str, str]] = {
    "REPLY": "an answer to an invitation",
    "REFRESH": "a request for the newest version",
    "COUNTER": "a proposal of another time, which the organiser hasn't taken",
    "DECLINECOUNTER": "the refusal of a proposal",
}
"""RFC 5546 sections 3.2.3, 3.2.6, 3.2.7 and 3.2.8: only the organiser changes an event, by the other methods."""


def method_of(calendar: Component) -> str:
    """The METHOD of a calendar in capitals; empty without one."""
    return calendar.first("METHOD").strip().upper()


def message_note(method: str) -> FieldError | None:
    """Why a VEVENT of that METHOD changes nothing; None where it is a publication."""
    what = _MESSAGES.get(method)
    return FieldError("", f"METHOD:{method} is {what}: this one changed nothing.") if what else None


def added_at(component: Component) -> Line | None:
    """The RECURRENCE-ID of an occurrence that METHOD:ADD adds (RFC 5546 section 3.2.4), which has none: its own start.

    So it is an event of its own beside its series, as an exception is.
    """
    start = next(iter(component.all("DTSTART")), None)
    return Line("RECURRENCE-ID", Parameters(start.parameters), start.value) if start else None


def refusal_of_addition(component: Component) -> FieldError | None:
    """Why METHOD:ADD can't be taken; None where it can: it must say one time."""
    if not component.all("DTSTART"):
        return FieldError("/start", "METHOD:ADD adds an occurrence, but DTSTART is missing.")
    if component.all("RRULE") or component.all("RDATE"):
        return FieldError("/rrule", "METHOD:ADD adds one occurrence here: send the whole series for more.")
    return None
