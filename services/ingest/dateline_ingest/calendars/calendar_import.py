"""Calendars read into events: one VEVENT that is refused harms no other, and a second import changes nothing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from dateline.domain.event import Event
from dateline.domain.recurrence.effort import bounded_effort, check_effort
from dateline.domain.series.recorded_parts import uid_of_part
from dateline.errors import TooMuch
from dateline.formats.ics import IcsEvent, read_calendar
from dateline.ports.ledger.items import Items
from dateline_ingest.calendars.event_import import EventImport, Imported
from dateline_ingest.calendars.import_settings import ImportSettings
from dateline_ingest.intake import EVENT_SOURCE, content_of


def import_calendar(
    data: bytes, importing: EventImport, ledger: Items, settings: ImportSettings, *, charset: str = ""
) -> list[Imported]:
    """Put the events of a calendar on record; what became of each VEVENT, in the calendar's order, and of what of the
    record they change.

    ``ledger`` is asked for the series of exceptions that come alone; ``charset`` is what the request says of ``data``.
    Raises ``InvalidInput`` for what is no calendar, or too much of one.
    """

    def known(uid: str) -> Event | None:
        item = ledger.item_of_source("event", EVENT_SOURCE, uid)
        return content_of(Event, item.newest.payload) if item else None

    parts = PartsOnRecord(ledger)
    with bounded_effort(settings.seconds, TooMuch("This calendar takes too long to read: send it in parts.")):
        events = read_calendar(
            data, settings.zone, charset=charset, language=settings.language, known=known, parts=parts.of_uid
        )
        check_effort()
    return _overtaken(importing.take(events))


class PartsOnRecord:
    """The exceptions of series, and the series into which they were split, as they are on record; found once."""

    def __init__(self, ledger: Items) -> None:
        self._ledger = ledger
        self._ids: dict[str, list[str]] | None = None

    def of_uid(self, uid: str) -> list[Event]:
        """Those of the series with this UID."""
        if self._ids is None:
            self._ids = self._found()
        ids = self._ids.get(uid, ())
        events = [content_of(Event, one) for one in self._ledger.newest_payloads(ids)] if ids else []
        return [event for event in events if event is not None]

    def _found(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        named = [self._ledger.ids_of_source("event", EVENT_SOURCE, part) for part in (" ", "_R")]
        for name, item_id in {**named[0], **named[1]}.items():
            if uid := uid_of_part(name):
                found.setdefault(uid, []).append(item_id)
        return found


def _overtaken(done: Sequence[Imported]) -> list[Imported]:
    """What became of each, those of older versions with the item of the version that counts."""
    kept = {_name(one.read): one for one in done if one.id}
    return [
        replace(one, id=newer.id, revision=newer.revision)
        if one.read.older and (newer := kept.get(_name(one.read)))
        else one
        for one in done
    ]


def _name(one: IcsEvent) -> tuple[str, str]:
    return one.uid, one.recurrence_id
