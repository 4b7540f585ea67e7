"""The rules of vCalendar 1.0 (``MP1 1+ SU #6``) as RRULEs of RFC 5545: some write them under VERSION:2.0 too."""

from __future__ import annotations

import re
from typing import Final

from dateline.domain.recurrence.moments import Moment, day_of
from dateline.errors import InvalidInput

_RULE: Final = re.compile(r"(MP|MD|YM|YD|D|W)([0-9]{1,4})", re.ASCII)
_WEEKDAY: Final = re.compile(r"(SU|MO|TU|WE|TH|FR|SA)\$?")
_POSITION: Final = re.compile(r"([1-5])([+-])", re.ASCII)
_DAY: Final = re.compile(r"([0-9]{1,3})([+-]?)\$?", re.ASCII)
_TIME: Final = re.compile(r"([01][0-9]|2[0-3])([0-5][0-9])\$?", re.ASCII)
_COUNT: Final = re.compile(r"#([0-9]{1,5})", re.ASCII)
_END: Final = re.compile(r"[0-9]{4}-?[0-9]{2}-?[0-9]{2}(?:T[0-9:]{4,8}Z?)?", re.ASCII)
_WEEK: Final = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_LISTS: Final = {"MD": ("MONTHLY", "BYMONTHDAY"), "YM": ("YEARLY", "BYMONTH"), "YD": ("YEARLY", "BYYEARDAY")}
_TWICE: Final = "A rule of vCalendar 1.0 without an end (#0 would be one that never ends) names two times."


def rule_of_vcalendar(text: str, start: Moment) -> tuple[str, str]:
    """The RRULE that a rule of vCalendar 1.0 says, and a note where it is not all said; both empty for any other text.

    ``#6`` are six times, ``#0`` is no end, neither that nor a date are two times (its section on repeat rules).
    Raises ``InvalidInput`` for one with parts that can't be read.
    """
    first, *rest = text.upper().split() or [""]
    found = _RULE.fullmatch(first)
    if found is None:
        return "", ""
    kind, interval = found[1], f"INTERVAL={int(found[2]) or 1}"
    ends = [one for one in rest if _COUNT.fullmatch(one) or _END.fullmatch(one)]
    rest = [one for one in rest if one not in ends]
    times: list[str] = []
    while rest and kind not in ("MD", "YM", "YD") and _TIME.fullmatch(rest[-1]):
        times.insert(0, rest.pop())
    parts = _parts(kind, rest, start)
    end = _end(ends)
    return ";".join([parts[0], interval, *parts[1:], *_at(times), *end]), "" if ends else _TWICE


def _parts(kind: str, values: list[str], start: Moment) -> list[str]:
    if kind in _LISTS:
        frequency, name = _LISTS[kind]
        return [f"FREQ={frequency}", *([f"{name}={','.join(_number(one) for one in values)}"] if values else [])]
    if kind == "MP":
        return ["FREQ=MONTHLY", f"BYDAY={','.join(_positions(values, start))}"]
    if kind == "D" and values:
        raise _unread(values[0])
    days = [_weekday(one) for one in values]
    return [f"FREQ={'DAILY' if kind == 'D' else 'WEEKLY'}", *([f"BYDAY={','.join(days)}"] if days else [])]


def _positions(values: list[str], start: Moment) -> list[str]:
    """``1+ SU 2- MO TU`` as 1SU, -2MO, -2TU; what isn't said is as the start is."""
    day = day_of(start)
    numbers, said = [f"{(day.day + 6) // 7}"], list[str]()
    given = ""
    for value in values:
        if found := _POSITION.fullmatch(value):
            number = f"{'-' if found[2] == '-' else ''}{found[1]}"
            numbers = [*numbers, number] if given == "position" else [number]
            given = "position"
        else:
            said += [f"{number}{_weekday(value)}" for number in numbers]
            given = "weekday"
    if given != "weekday":
        said += [f"{number}{_WEEK[day.weekday()]}" for number in numbers]
    return said


def _weekday(value: str) -> str:
    if found := _WEEKDAY.fullmatch(value):
        return found[1]
    raise _unread(value)


def _number(value: str) -> str:
    """A day or a month; ``LD`` is the month's last day, ``2-`` the one before it."""
    if value == "LD":
        return "-1"
    if found := _DAY.fullmatch(value):
        return f"{'-' if found[2] == '-' else ''}{int(found[1])}"
    raise _unread(value)


def _at(times: list[str]) -> list[str]:
    """Hours and minutes of the day, where one rule can name them."""
    found = [(one[:2], one[2:4]) for one in times]
    minutes = {minute for _, minute in found}
    if len(minutes) > 1:
        raise _unread(" ".join(times))
    hours = ",".join(f"{int(hour)}" for hour, _ in found)
    return [f"BYHOUR={hours}", f"BYMINUTE={int(minutes.pop())}"] if found else []


def _end(ends: list[str]) -> list[str]:
    count = next((int(one[1:]) for one in ends if one.startswith("#")), None)
    until = [f"UNTIL={one}" for one in ends if not one.startswith("#")][:1]
    if until or count == 0:
        return until
    return [f"COUNT={2 if count is None else count}"]


def _unread(value: str) -> InvalidInput:
    return InvalidInput(f"{value[:40]!r} can't be read in a rule of vCalendar 1.0.")
