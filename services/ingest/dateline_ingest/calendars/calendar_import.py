"""Calendars read into events: one VEVENT that is refused harms no other, and a second import changes nothing."""

from __future__ import annotations

from typing import Any, Final
from zoneinfo import ZoneInfo

from dateline.domain.event import Event
from dateline.domain.recurrence.effort import bounded_effort, check_effort
from dateline.errors import DatelineError, FieldError, TooMuch
from dateline.formats.ics import IcsEvent, read_calendar
from dateline.formats.ics.series.recorded_parts import uid_of_part
from dateline.http.responses.faults import Faults
from dateline.http.responses.problems import problem_of
from dateline.ports.ledger.items import Items
from dateline.ports.ledger.submissions import Receipt, Submission
from dateline.ports.ledger.tokens import Token
from dateline.ports.wakeup import Lane
from dateline_ingest.event_versions import external_id
from dateline_ingest.intake import EVENT_SOURCE, Intake, Write, content_of
from dateline_ingest.lapsed_events import LAPSED, NOT_PUBLIC, lapsed

BATCH = 500


_OLDER: Final = FieldError("", "A newer version is on record (SEQUENCE, LAST-MODIFIED): this one changed nothing.")


def import_calendar(
    data: bytes,
    intake: Intake,
    ledger: Items,
    zone: ZoneInfo,
    by: Token,
    *,
    charset: str = "",
    language: str = "en",
    seconds: float = 20,
) -> list[dict[str, Any]]:
    """Put the events of a calendar on record; what became of each VEVENT, in the calendar's order.

    ``ledger`` is asked for the series of exceptions that come alone; ``charset`` is what the request says of ``data``,
    ``language`` the newsroom's, ``seconds`` how long its reading may keep the processor busy. Raises ``InvalidInput``
    for what is no calendar, or too much of one.
    """

    def known(uid: str) -> Event | None:
        item = ledger.item_of_source("event", EVENT_SOURCE, uid)
        return content_of(Event, item.newest.payload) if item else None

    parts = PartsOnRecord(ledger)
    with bounded_effort(seconds, TooMuch("This calendar takes too long to read: send it in parts.")):
        events = read_calendar(data, zone, charset=charset, language=language, known=known, parts=parts.of_uid)
        check_effort()
    results = [
        result
        for start in range(0, len(events), BATCH)
        for result in _import(events[start : start + BATCH], intake, by)
    ]
    answered = _overtaken(events, results)
    return [result for one, result in zip(events, answered, strict=True) if not one.implied]


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


def _overtaken(events: list[IcsEvent], results: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The results, those of older versions with the item of the version that counts."""
    kept = {(one["uid"], one["recurrence_id"]): one for one in results if one["id"]}
    for one, result in zip(events, results, strict=True):
        if one.older and (newer := kept.get((result["uid"], result["recurrence_id"]))):
            result.update(id=newer["id"], revision=newer["revision"])
    return results


def _import(events: list[IcsEvent], intake: Intake, by: Token) -> list[dict[str, Any]]:
    write = Write(by=by, lane=Lane.BULK)
    submissions: dict[int, Submission] = {}
    results: dict[int, dict[str, Any]] = {}
    for place, one in enumerate(events):
        if one.event is None:
            results[place] = _result_json(one, 202 if one.older or one.message else 422, errors=one.errors)
            continue
        try:
            submissions[place] = _lapsed(one, one.event, write) if one.lapsed else intake.event(one.event, write)
        except DatelineError as error:
            results[place] = _refused(one, error)
    receipts = intake.submit_many(list(submissions.values()), Lane.BULK) if submissions else []
    for place, receipt in zip(submissions, receipts, strict=True):
        results[place] = _result(events[place], receipt)
    return [results[place] for place in range(len(events))]


def _lapsed(one: IcsEvent, event: Event, write: Write) -> Submission:
    note = NOT_PUBLIC if one.private else LAPSED
    return lapsed(event, external_id(event), EVENT_SOURCE, write.by, write.lane, note)


def _result(one: IcsEvent, result: Receipt | Exception) -> dict[str, Any]:
    if isinstance(result, Receipt):
        return _result_json(one, 202, receipt=result)
    if isinstance(result, DatelineError):
        return _refused(one, result)
    raise result


def _refused(one: IcsEvent, error: DatelineError) -> dict[str, Any]:
    problem = problem_of(error)
    return _result_json(one, problem.status, errors=problem.reasons)


def _result_json(
    one: IcsEvent, status: int, *, receipt: Receipt | None = None, errors: tuple[FieldError, ...] = ()
) -> dict[str, Any]:
    older = (_OLDER,) if receipt and receipt.older else ()
    return {
        "uid": one.uid,
        "recurrence_id": one.recurrence_id or None,
        "id": receipt.id if receipt else None,
        "revision": receipt.revision if receipt else None,
        "status": status,
        **Faults.of(errors).json(),
        **Faults.of((*one.notes, *older)).json("notes"),
    }
