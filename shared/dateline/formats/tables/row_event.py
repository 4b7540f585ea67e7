"""A row of a table as the event that it would be sent as."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from typing import Any, Final
from zoneinfo import ZoneInfo

from dateline.domain.timestamps import read_timestamp
from dateline.formats.ics.statuses import status_of
from dateline.formats.tables.dates import (
    Said,
    Unreadable,
    read_clock,
    read_clock_range,
    read_range,
    read_time_or_date,
)
from dateline.formats.tables.prices import read_price
from dateline.formats.tables.sheet import Cell, text_of_cell
from dateline.ports.ledger.column_mappings import DateOrder

_PLAIN: Final = {
    "title": "title", "url": "url", "online_url": "online_url", "description": "description_text",
    "organizer": "organizer", "contact": "contact", "reason": "reason", "section": "section", "language": "language",
}  # fmt: skip
_WHERE: Final = ("address", "city", "country")
_CATEGORIES: Final = re.compile(r"\s*[;,|]\s*")
_NO_SCHEME: Final = re.compile(r"(?:[\w-]{1,63}\.){1,5}[a-z]{2,20}(?:[/?#].*)?", re.IGNORECASE)


class WrongCell(ValueError):
    """What stands in the column of ``field`` can't be read."""

    def __init__(self, field: str, detail: str) -> None:
        super().__init__(detail)
        self.field = field


def event_body(cells: Mapping[str, Cell], order: DateOrder, zone: ZoneInfo) -> dict[str, Any]:
    """The row whose ``cells`` are these, by field, in the shape of an event that is sent; times without a zone are
    those of ``zone``. Raises ``WrongCell``."""
    texts = {field: text_of_cell(cell) for field, cell in cells.items()}
    body: dict[str, Any] = {name: texts[field] for field, name in _PLAIN.items() if texts.get(field)}
    for name in ("url", "online_url"):
        if name in body and _NO_SCHEME.fullmatch(body[name]):
            body[name] = f"https://{body[name]}"
    body |= _times(cells, texts, order, zone)
    if place := _place(texts):
        body["location"] = place
    if texts.get("category"):
        body["categories"] = [one for one in _CATEGORIES.split(" ".join(texts["category"].split())) if one]
    if price := read_price(texts.get("price", ""), texts.get("currency", "")):
        body["price"] = price
    if texts.get("status"):
        body["status"] = status_of(texts["status"])[0]
    if texts.get("rrule"):
        body["rrule"] = texts["rrule"]
    if texts.get("image"):
        body["images"] = [{"url": texts["image"], "alt": body.get("title", "")}]
    return body


def _times(cells: Mapping[str, Cell], texts: Mapping[str, str], order: DateOrder, zone: ZoneInfo) -> dict[str, Any]:
    clock = _zone(texts.get("timezone", ""), zone)
    start, end = _read("start", lambda: read_range(cells.get("start"), order))
    if texts.get("end"):
        end = _read("end", lambda: read_time_or_date(cells["end"], order))
    if texts.get("time"):
        begins, ends = _read("time", lambda: read_clock_range(cells["time"]))
        start = Said(day=start.day, clock=begins, offset=start.offset)
        end = end or (Said(clock=ends) if ends else None)
    if texts.get("end_time"):
        end = Said(day=end.day if end else None, clock=_read("end_time", lambda: read_clock(cells["end_time"])))
    assert start.day is not None
    if start.clock is None:
        return _all_day(start.day, end)
    times: dict[str, Any] = {"start": _moment("start", start.day, start, clock), "timezone": clock.key}
    if end is not None:
        times["end"] = _ending(times["start"], start, end, clock)
    return times


def _all_day(day: date, end: Said | None) -> dict[str, Any]:
    if end is not None and end.clock is not None:
        raise WrongCell("end", "The end has a time, and the start has none.")
    return {"start": day.isoformat(), **({"end": end.day.isoformat()} if end and end.day else {})}


def _ending(begins: str, start: Said, end: Said, clock: ZoneInfo) -> str:
    """The end: on the day of the start where it says none, on the next where that would lie before."""
    assert start.day is not None and start.clock is not None
    if end.clock is None:
        if end.day == start.day:
            raise WrongCell("end", "The start has a time, and the end has none.")
        end = Said(day=end.day, clock=time(23, 59))
    if end.day is not None:
        return _moment("end", end.day, end, clock)
    ends = _moment("end", start.day, Said(clock=end.clock, offset=start.offset), clock)
    if datetime.fromisoformat(ends) >= datetime.fromisoformat(begins):
        return ends
    return _moment("end", start.day + timedelta(days=1), Said(clock=end.clock, offset=start.offset), clock)


def _moment(field: str, day: date, said: Said, zone: ZoneInfo) -> str:
    assert said.clock is not None
    wall = datetime.combine(day, said.clock)
    if not said.offset:
        return wall.replace(tzinfo=zone).isoformat()
    try:
        return read_timestamp(f"{wall.isoformat()}{said.offset}").isoformat()
    except ValueError as error:
        raise WrongCell(field, str(error)) from None


def _zone(name: str, otherwise: ZoneInfo) -> ZoneInfo:
    if not name:
        return otherwise
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        raise WrongCell("timezone", f"{name[:100]!r} is no time zone, such as Europe/Minsk.") from None


def _place(texts: Mapping[str, str]) -> dict[str, Any]:
    said = {name: texts[name] for name in _WHERE if texts.get(name)}
    name = texts.get("place") or said.get("address") or said.get("city")
    if not name:
        return {}
    place: dict[str, Any] = {"name": name, **said}
    for axis in ("lat", "lon"):
        if texts.get(axis):
            place[axis] = _read(axis, lambda axis=axis: _degrees(texts[axis]))
    return place


def _degrees(text: str) -> float:
    try:
        return float(text.replace(",", "."))
    except ValueError:
        raise Unreadable(f"{text[:100]!r} is no number of degrees.") from None


def _read(field: str, read: Any) -> Any:
    try:
        return read()
    except Unreadable as error:
        raise WrongCell(field, str(error)) from None
