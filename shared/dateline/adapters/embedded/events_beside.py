"""Events beside an event: near it, and like it; and the exceptions of series."""

from __future__ import annotations

import json
import math
import sqlite3
from collections.abc import Collection, Sequence
from datetime import date
from typing import Any, Final

from dateline.adapters.embedded.tables.rows import event_values
from dateline.adapters.kept_events import city_key, listed_event
from dateline.domain.document import EventDocument
from dateline.domain.event import Location
from dateline.ports.index.beside import NEAR_KM, OFF, BesideSearch, is_telling

LOOKED_AT: Final = 300
"""Events around a place that are measured exactly, those that take place first."""
DEGREE_KM: Final = 111.2

_TAKES_PLACE: Final = (
    "EXISTS (SELECT 1 FROM occurrence AS o WHERE o.event = e.number AND o.last_day >= :first AND o.first_day <= :last)"
)
_IS_ON: Final = f"e.id <> :id AND e.status NOT IN {OFF!r}"
_NEXT: Final = (
    "(SELECT o.first_day FROM occurrence AS o WHERE o.event = e.number AND o.last_day >= :first"
    " ORDER BY o.last_day LIMIT 1)"
)
"""The first day of the next occurrence: one step in an index."""


def events_near(connection: sqlite3.Connection, search: BesideSearch) -> list[EventDocument]:
    """Within 30 km or in the same city, what takes place first first."""
    place = search.event.location
    if place is None or (not (city := city_key(place)) and place.lat is None):
        return []
    around, values = _around(place)
    rows = connection.execute(
        f"SELECT e.number, e.lat, e.lon, e.city, {_NEXT} AS next FROM event AS e"
        f" WHERE ({around} OR (e.city <> '' AND e.city = :city)) AND {_IS_ON} AND next <= :last"
        f" ORDER BY next, e.id LIMIT {LOOKED_AT}",
        {**_asked(search), **values, "city": city},
    ).fetchall()
    near = [number for number, lat, lon, own, _ in rows if (city and own == city) or _is_near(place, lat, lon)]
    return _documents(connection, near[: search.limit])


def events_like(connection: sqlite3.Connection, search: BesideSearch) -> list[EventDocument]:
    """Those that share the most telling tags, categories, city and organiser; what takes place first among equals."""
    weights = _weights(connection, search.event)
    rows = connection.execute(
        f"SELECT e.number, e.id, {_NEXT} AS next, group_concat(v.value) FROM event_value AS v"
        " CROSS JOIN event AS e ON e.number = v.event"
        f" WHERE v.value IN (SELECT value FROM json_each(:values)) AND {_IS_ON} AND next <= :last GROUP BY e.number",
        {**_asked(search), "values": json.dumps(sorted(weights))},
    ).fetchall()
    best = sorted(rows, key=lambda row: (-sum(weights[int(value)] for value in row[3].split(",")), row[2], row[1]))
    return _documents(connection, [number for number, *_ in best[: search.limit]])


def exceptions(connection: sqlite3.Connection, uids: Collection[str], first: date, last: date) -> list[EventDocument]:
    """What stands for times of these series between two days."""
    rows = connection.execute(
        "SELECT e.number FROM event AS e WHERE e.exception_of IN (SELECT value FROM json_each(:uids))"
        f" AND {_TAKES_PLACE} ORDER BY e.number",
        {"uids": json.dumps(sorted(uids)), "first": first.isoformat(), "last": last.isoformat()},
    )
    return _documents(connection, [number for (number,) in rows])


def _asked(search: BesideSearch) -> dict[str, Any]:
    days = {"first": search.first_day.isoformat(), "last": search.last_day.isoformat()}
    return {"id": search.event.id, **days}


def _around(place: Location) -> tuple[str, dict[str, float]]:
    """A condition for what may be near, also where the day changes."""
    if place.lat is None or place.lon is None:
        return "0", {}
    high = NEAR_KM / DEGREE_KM
    furthest = abs(place.lat) + high
    wide = 360.0 if furthest >= 89 else high / math.cos(math.radians(furthest))
    across = "(abs(e.lon - :lon) <= :wide OR abs(e.lon - :lon) >= 360 - :wide)"
    return (
        f"(e.lat BETWEEN :lat - :high AND :lat + :high AND {across})",
        {"lat": place.lat, "lon": place.lon, "high": high, "wide": wide},
    )


def _is_near(place: Location, lat: float | None, lon: float | None) -> bool:
    if place.lat is None or place.lon is None or lat is None or lon is None:
        return False
    one, other, turn = math.radians(place.lat), math.radians(lat), math.radians(lon - place.lon)
    level = math.sin(one) * math.sin(other) + math.cos(one) * math.cos(other) * math.cos(turn)
    return math.degrees(math.acos(max(-1.0, min(1.0, level)))) * DEGREE_KM <= NEAR_KM


def _weights(connection: sqlite3.Connection, event: EventDocument) -> dict[int, float]:
    """How much each telling value that the event carries counts: the rarer, the more."""
    every: int = connection.execute("SELECT count(*) FROM event").fetchone()[0]
    weights: dict[int, float] = {}
    for value in event_values(event):
        key = "SELECT number FROM facet_value WHERE facet = ? AND slug = ?"
        for (number,) in connection.execute(key, (value.facet, value.slug)).fetchall():
            count = connection.execute("SELECT count(*) FROM event_value WHERE value = ?", (number,)).fetchone()[0]
            if is_telling(count, every):
                weights[number] = math.log(1 + every / max(count, 1))
    return weights


def _documents(connection: sqlite3.Connection, numbers: Sequence[int]) -> list[EventDocument]:
    one = "SELECT json FROM document WHERE number = ?"
    return [listed_event(json.loads(connection.execute(one, (number,)).fetchone()[0])) for number in numbers]
