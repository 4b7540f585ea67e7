"""Calendars read into events: one VEVENT that is refused harms no other, and a second import changes nothing."""

from __future__ import annotations

from typing import Any
from zoneinfo import ZoneInfo

from dateline.errors import DatelineError, FieldError
from dateline.formats.ics import IcsEvent, read_calendar
from dateline.http.problems import problem_of
from dateline.ports.ledger.submissions import Receipt, Submission
from dateline.ports.ledger.tokens import Token
from dateline.ports.wakeup import Lane
from dateline_ingest.intake import Intake, Write

BATCH = 500


def import_calendar(data: bytes, intake: Intake, zone: ZoneInfo, by: Token) -> list[dict[str, Any]]:
    """Put the events of a calendar on record; what became of each VEVENT, in the calendar's order.

    Raises ``InvalidInput`` for what is no calendar.
    """
    read = read_calendar(data, zone)
    return [
        answer for start in range(0, len(read), BATCH) for answer in _import(read[start : start + BATCH], intake, by)
    ]


def _import(read: list[IcsEvent], intake: Intake, by: Token) -> list[dict[str, Any]]:
    write = Write(by=by, lane=Lane.BULK)
    good: dict[int, Submission] = {}
    answers: dict[int, dict[str, Any]] = {}
    for place, one in enumerate(read):
        if one.event is None:
            answers[place] = _answer(one, 422, errors=one.errors)
            continue
        try:
            good[place] = intake.event(one.event, write)
        except DatelineError as wrong:
            answers[place] = _refused(one, wrong)
    results = intake.put_all_on_record(list(good.values()), Lane.BULK) if good else []
    for place, result in zip(good, results, strict=True):
        answers[place] = _recorded(read[place], result)
    return [answers[place] for place in range(len(read))]


def _recorded(one: IcsEvent, result: Receipt | Exception) -> dict[str, Any]:
    if isinstance(result, Receipt):
        return _answer(one, 202, receipt=result)
    if isinstance(result, DatelineError):
        return _refused(one, result)
    raise result


def _refused(one: IcsEvent, wrong: DatelineError) -> dict[str, Any]:
    problem = problem_of(wrong)
    return _answer(one, problem.status, errors=problem.errors or (FieldError("", problem.detail),))


def _answer(
    one: IcsEvent, status: int, *, receipt: Receipt | None = None, errors: tuple[FieldError, ...] = ()
) -> dict[str, Any]:
    return {
        "uid": one.uid,
        "recurrence_id": one.recurrence_id or None,
        "id": receipt.id if receipt else None,
        "revision": receipt.revision if receipt else None,
        "status": status,
        "errors": [{"pointer": error.pointer, "detail": error.detail} for error in errors],
    }
