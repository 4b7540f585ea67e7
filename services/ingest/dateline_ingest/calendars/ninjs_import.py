"""Events that come as ninjs: one object, a list of them, or one a line; a bad one harms no other."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any, Final

from dateline.domain.event import Event
from dateline.domain.recurrence.effort import bounded_effort, check_effort
from dateline.errors import FieldError, InvalidInput, TooMuch
from dateline.formats.ics import IcsEvent
from dateline.formats.ninjs.events.reader import NinjsEvent
from dateline.formats.strict_json import NotJson, read_json
from dateline.ports.ledger.items import Items
from dateline_ingest.calendars.event_import import EventImport, Imported
from dateline_ingest.calendars.import_settings import ImportSettings
from dateline_ingest.intake import EVENT_SOURCE, content_of
from dateline_ingest.ninjs_concepts import asserted

MOST_OBJECTS: Final = 2_000
_TOO_LONG: Final = TooMuch("This takes too long to read: send it in parts.")
_NEVER_CAME: Final = FieldError("", "It is no news, and nothing of it is on record: nothing changed.")
_OLDER: Final = FieldError("", "A newer version is on record: this one changed nothing.")


def import_ninjs(data: bytes, importing: EventImport, ledger: Items, settings: ImportSettings) -> Sequence[Imported]:
    """Put ninjs events on record; what is canceled or withheld is withdrawn. Raises ``InvalidInput`` for what is no
    JSON at all."""
    with bounded_effort(settings.seconds, _TOO_LONG):
        events = [_event(found, importing, ledger, settings) for found in _objects(data)]
    return importing.take(events)


def _objects(data: bytes) -> Iterator[Any]:
    """The objects that came; ``NotJson`` in the place of a line that is none."""
    try:
        value = read_json(data)
        listed = value.get("items", [value]) if isinstance(value, Mapping) else value
        found: list[Any] = listed if isinstance(listed, list) else [listed]
    except NotJson as error:
        lines = [line for line in data.splitlines() if line.strip()]
        found = [_of_line(line) for line in lines]
        if len(lines) < 2 or all(isinstance(one, NotJson) for one in found):
            raise InvalidInput(str(error)) from error
    if len(found) > MOST_OBJECTS:
        raise TooMuch(f"At most {MOST_OBJECTS:,} objects at a time.")
    yield from found


def _of_line(line: bytes) -> Any:
    try:
        return read_json(line)
    except NotJson as error:
        return error


def _event(found: Any, importing: EventImport, ledger: Items, settings: ImportSettings) -> IcsEvent:
    check_effort()
    if isinstance(found, NotJson):
        return IcsEvent(uid="", errors=(FieldError("", str(found)),))
    uid = str(found.get("uri", ""))[:300] if isinstance(found, Mapping) else ""
    try:
        ninjs = NinjsEvent(found, settings.zone)
        read = ninjs.event(asserted(ninjs, importing.terms))
    except InvalidInput as error:
        return IcsEvent(uid=uid, errors=error.errors or (FieldError("", str(error)),))
    return _taken_off(read, ledger) if read.lapsed else read


def _taken_off(read: IcsEvent, ledger: Items) -> IcsEvent:
    """What is canceled, where there is something to withdraw, and that is no newer."""
    item = ledger.item_of_source("event", EVENT_SOURCE, read.uid)
    recorded = content_of(Event, item.newest.payload) if item else None
    if recorded is None:
        return replace(read, event=None, lapsed=False, message=True, notes=(_NEVER_CAME,))
    if read.event is not None and read.event.older_than(recorded):
        return replace(read, event=None, lapsed=False, older=True, notes=(_OLDER,))
    return replace(read, event=replace(recorded, sequence=read.event.sequence) if read.event else None)
