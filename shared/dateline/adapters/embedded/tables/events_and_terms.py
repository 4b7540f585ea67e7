"""The tables of events and terms."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from zoneinfo import ZoneInfo

from dateline.adapters.embedded.analysis import folded, joined, starts_of
from dateline.adapters.embedded.tables.rows import event_values, names_of
from dateline.adapters.embedded.tables.stories import number_values
from dateline.adapters.kept_events import city_key, searched_texts
from dateline.domain.document import EventDocument, TermDocument
from dateline.domain.recurrence import days_found


def write_events(connection: sqlite3.Connection, zone: ZoneInfo, events: Sequence[tuple[int, EventDocument]]) -> None:
    """Replace everything but the documents themselves; an event that never takes place is only a document."""
    if not events:
        return
    connection.execute(
        "INSERT INTO meta (name, value) VALUES ('events', 1) ON CONFLICT (name) DO UPDATE SET value = value + 1"
    )
    gone = [(number,) for number, _ in events]
    connection.executemany("DELETE FROM event WHERE number = ?", gone)
    connection.executemany("DELETE FROM event_text WHERE rowid = ?", gone)
    connection.executemany("DELETE FROM occurrence WHERE event = ?", gone)
    connection.executemany("DELETE FROM event_value WHERE event = ?", gone)
    for number, event in events:
        if event.withdrawn or event.first_day is None:
            continue
        days = days_found(event, zone)
        first_day = min([event.first_day, *(first for first, _ in days)])
        connection.execute(
            "INSERT INTO event (number, id, first_day, unbounded, attendance, status, free, lat, lon, city,"
            " exception_of) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                number, event.id, first_day.isoformat(), event.last_day is None, event.attendance, event.status,
                None if event.price is None else event.price.free, event.location and event.location.lat,
                event.location and event.location.lon, city_key(event.location),
                event.uid if event.recurrence_id else None,
            ),
        )  # fmt: skip
        connection.execute(
            "INSERT INTO event_text (rowid, words) VALUES (?, ?)", (number, joined(searched_texts(event)))
        )
        connection.executemany(
            "INSERT INTO occurrence (event, first_day, last_day) VALUES (?, ?, ?)",
            [(number, first.isoformat(), last.isoformat()) for first, last in days],
        )
        connection.executemany(
            "INSERT INTO event_value (event, value) VALUES (?, ?)",
            [(number, value) for value in number_values(connection, event_values(event)).values()],
        )


def write_terms(connection: sqlite3.Connection, terms: Sequence[tuple[int, TermDocument]]) -> None:
    """Replace everything but the documents themselves; a withdrawn or unlisted term is only a document."""
    gone = [(number,) for number, _ in terms]
    connection.executemany("DELETE FROM term WHERE number = ?", gone)
    connection.executemany("DELETE FROM term_start WHERE term = ?", gone)
    listed = [(number, term) for number, term in terms if not (term.withdrawn or term.unlisted)]
    connection.executemany(
        "INSERT INTO term (number, id, type, slug, label, sorted, landing, place) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        [
            (number, term.id, term.type, term.slug, term.label, folded(term.label), term.landing, term.order)
            for number, term in listed
        ],
    )
    connection.executemany(
        "INSERT OR IGNORE INTO term_start (start, term) VALUES (?, ?)",
        [(start, number) for number, term in listed for name in names_of(term) for start in starts_of(name)],
    )
