"""SKIP of RFC 7529 section 4.1 said in the words of RFC 5545: where a month has no such day, its last one or the next.

A rule that is rewritten so keeps its COUNT and UNTIL, and programs that know no SKIP read it too.
"""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date
from typing import Final

from dateline.domain.recurrence.moments import Moment, day_of

_COMMON: Final = 2001
"""A year without 29 February: from March on, days are told from the year's end."""
_OTHERS: Final = frozenset({"BYDAY", "BYWEEKNO", "BYYEARDAY", "BYSETPOS"})


def without_skip(parts: list[str], start: Moment) -> list[str] | None:
    """The parts of a rule without SKIP, rewritten where SKIP changes anything; None where they can't be."""
    said = dict(part.split("=", 1) for part in parts if "=" in part)
    skip = said.pop("SKIP", "OMIT")
    days = _numbers(said.get("BYMONTHDAY", "" if _OTHERS & said.keys() else str(day_of(start).day)))
    if skip == "OMIT" or said.get("FREQ") not in ("MONTHLY", "YEARLY") or not any(abs(day) > 28 for day in days):
        return None if skip != "OMIT" and "366" in said.get("BYYEARDAY", "") else _written(said)
    interval = said.get("INTERVAL", "1")
    plain = min(days) >= 1 and max(days) <= 31 and re.fullmatch(r"[1-9][0-9]{0,3}", interval)
    if skip not in ("BACKWARD", "FORWARD") or _OTHERS & said.keys() or not plain:
        return None
    if said["FREQ"] == "MONTHLY" and skip == "BACKWARD" and len(days) == 1 and not _many(said):
        return _written({**said, "BYMONTHDAY": ",".join(map(str, range(28, days[0] + 1))), "BYSETPOS": "-1"})
    months, years = _months(said, day_of(start), int(interval))
    if not months:
        return None
    said = {name: value for name, value in said.items() if name not in ("BYMONTH", "BYMONTHDAY", "INTERVAL")}
    yeardays = dict.fromkeys(_yearday(month, day, skip) for month in months for day in days)
    return _written({**said, "FREQ": "YEARLY", "INTERVAL": str(years), "BYYEARDAY": ",".join(map(str, yeardays))})


def _written(said: dict[str, str]) -> list[str]:
    return [f"{name}={value}" for name, value in said.items() if (name, value) != ("INTERVAL", "1")]


def _many(said: dict[str, str]) -> bool:
    """Whether a rule names several times of a day: BYSETPOS would choose among them."""
    return any("," in said.get(name, "") for name in ("BYHOUR", "BYMINUTE", "BYSECOND"))


def _months(said: dict[str, str], start: date, interval: int) -> tuple[list[int], int]:
    """The months of a rule, the same ones every so many years; none where they differ from year to year."""
    months = _numbers(said.get("BYMONTH", ""))
    if any(not 1 <= month <= 12 for month in months):
        return [], 1
    if said["FREQ"] == "YEARLY":
        return months or ([*range(1, 13)] if "BYMONTHDAY" in said else [start.month]), interval
    if interval % 12 and 12 % interval:
        return [], 1
    reached = [month for month in range(1, 13) if (month - start.month) % min(interval, 12) == 0]
    return [month for month in reached if not months or month in months], max(1, interval // 12)


def _yearday(month: int, day: int, skip: str) -> int:
    """BYYEARDAY of a day that its month may lack."""
    length = monthrange(_COMMON, month)[1]
    if month == 2 and day == 29 and skip == "FORWARD":
        return 60
    if day > length:
        month, day = (month, length) if skip == "BACKWARD" else (month + 1, 1)
        if month == 2:
            return -307
    number = date(_COMMON, month, day).timetuple().tm_yday
    return number if month < 3 else number - 366


def _numbers(value: str) -> list[int]:
    return (
        [int(piece) for piece in value.split(",")] if re.fullmatch(r"[+-]?[0-9]{1,3}(,[+-]?[0-9]{1,3})*", value) else []
    )
