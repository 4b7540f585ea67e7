"""The form's fields of how an event recurs, as they are typed."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import tzinfo
from typing import Final

from dateline.domain.event import Event
from dateline.domain.recurrence.moments import Moment
from dateline.errors import InvalidInput
from dateline_ingest.desk.events.when.rule_form import ORDINALS, WEEKDAYS, RuleFields, fields_of, rule_of
from dateline_ingest.desk.events.when.typed_days import one_day
from dateline_ingest.desk.forms.form_fields import whole_number

REPEATS: Final = {
    "": "never", "daily": "daily", "weekly": "weekly", "monthly": "monthly", "yearly": "yearly", "rule": "by a rule",
}  # fmt: skip
ORDINAL_WORDS: Final = {1: "first", 2: "second", 3: "third", 4: "fourth", 5: "fifth", -1: "last"}
DAY_WORDS: Final = {
    "MO": "Monday", "TU": "Tuesday", "WE": "Wednesday", "TH": "Thursday", "FR": "Friday", "SA": "Saturday",
    "SU": "Sunday", "workday": "workday",
}  # fmt: skip
RULE_FIELDS: Final = (
    "repeat", "interval", *(f"on_{day.lower()}" for day in WEEKDAYS), "month_days", "ordinal", "ordinal_day", "until",
    "count", "rrule",
)  # fmt: skip
_LAST: Final = "last"


def typed_rule(text: Mapping[str, str], start: Moment, clock: tzinfo, before: Event | None) -> str:
    """The RRULE that the fields say; that of ``before`` as it stands there, where they say it still. Raises
    ``InvalidInput``."""
    if text["repeat"] == "":
        return ""
    if text["repeat"] == "rule":
        if not text["rrule"]:
            raise InvalidInput("Write the rule (RFC 5545), like FREQ=MONTHLY;BYDAY=1MO,3MO, or choose another way.")
        return text["rrule"].removeprefix("RRULE:")
    fields = _fields(text)
    rule = rule_of(fields, start, clock)
    stands = before and before.rrule and fields_of(before.rrule, before.start, clock) == fields
    return before.rrule if before and stands and rule_of(fields, before.start, clock) == rule else rule


def rule_fields(rrule: str, start: Moment, clock: tzinfo) -> dict[str, str]:
    """The fields as a rule fills them: the rule itself where no others say it."""
    if not rrule:
        return {"repeat": ""}
    fields = fields_of(rrule, start, clock)
    if fields is None:
        return {"repeat": "rule", "rrule": rrule}
    shown = {"repeat": fields.freq.lower(), "interval": str(fields.interval)}
    shown |= {f"on_{WEEKDAYS[day].lower()}": "1" for day in fields.weekdays}
    if fields.ordinal:
        shown |= {"ordinal": str(fields.ordinal), "ordinal_day": fields.ordinal_day}
    shown["month_days"] = ", ".join(_LAST if day == -1 else str(day) for day in fields.month_days)
    shown["until"] = fields.until.isoformat() if fields.until else ""
    shown["count"] = str(fields.count or "")
    return shown


def _fields(text: Mapping[str, str]) -> RuleFields:
    freq = text["repeat"].upper()
    if freq not in ("DAILY", "WEEKLY", "MONTHLY", "YEARLY"):
        raise InvalidInput("Choose how it repeats.")
    ordinal, ordinal_day = _ordinal(text) if freq in ("MONTHLY", "YEARLY") else (0, "")
    days = _month_days(text["month_days"]) if freq == "MONTHLY" else ()
    if ordinal and days:
        raise InvalidInput("Say either which weekday of the month, or which days of it.")
    until, count = text["until"], text["count"]
    if until and count:
        raise InvalidInput("Say either until when, or how many times.")
    return RuleFields(
        freq=freq,  # type: ignore[arg-type]
        interval=_number(text["interval"] or "1", "Every", 1_000),
        weekdays=tuple(n for n, day in enumerate(WEEKDAYS) if text[f"on_{day.lower()}"]) if freq == "WEEKLY" else (),
        month_days=days, ordinal=ordinal, ordinal_day=ordinal_day, until=one_day(until) if until else None,
        count=_number(count, "Times in all", 10_000) if count else None,
    )  # fmt: skip


def _ordinal(text: Mapping[str, str]) -> tuple[int, str]:
    if not text["ordinal"] and not text["ordinal_day"]:
        return 0, ""
    if text["ordinal"] not in map(str, ORDINALS) or text["ordinal_day"] not in DAY_WORDS:
        raise InvalidInput("Say both which one of the month, and which weekday.")
    return int(text["ordinal"]), text["ordinal_day"]


def _month_days(typed: str) -> tuple[int, ...]:
    days: set[int] = set()
    for part in typed.replace(",", " ").split():
        number = -1 if part.casefold() == _LAST else int(part) if part.lstrip("-").isdecimal() and len(part) < 4 else 0
        if not 1 <= abs(number) <= 31:
            raise InvalidInput(f"{part[:20]!r} is no day of a month: write 1 to 31, or last.")
        days.add(number)
    return tuple(sorted(days))


def _number(typed: str, name: str, most: int) -> int:
    number = whole_number(typed)
    if not number or number > most:
        raise InvalidInput(f"{name}: a whole number from 1 to {most:,}.")
    return number
