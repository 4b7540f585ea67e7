"""Many stories in one request: NDJSON, read as it comes, committed by 500, answered when the last line was read.

Memory stays bounded however long the request is: one line, one batch, and answers that are spooled to a file.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, replace
from tempfile import SpooledTemporaryFile
from typing import IO, Any, Final

import structlog

from dateline.errors import DatelineError, FieldError, LedgerUnavailable
from dateline.formats.strict_json import NotJson, digest, read_json
from dateline.http.body import MAX_BODY_BYTES
from dateline.http.problems import problem_of
from dateline.ports.ledger.submissions import Idempotency, Receipt, Submission
from dateline.ports.ledger.tokens import Token
from dateline.ports.vocabulary import Terms
from dateline.ports.wakeup import Lane
from dateline.schemas.pointers import load
from dateline.schemas.story import StorySchema
from dateline.vocabulary.cached import CachedTerms
from dateline_ingest.intake import Intake, Write

log: structlog.stdlib.BoundLogger = structlog.get_logger("dateline.ingest")

BATCH: Final = 500
BATCH_BYTES: Final = 8_000_000
_CHUNK: Final = 65_536
_SPOOLED: Final = 1_000_000
_SCHEMA: Final = StorySchema()

Answer = dict[str, Any]


class TooLong(ValueError):
    """A line is over the bound of a story."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the request, counted from 1; ``data`` is None when it was too long to be kept."""

    number: int
    data: bytes | None


def lines(read: Callable[[int], bytes]) -> Iterator[Line]:
    """The lines that ``read`` gives, blank ones left out; no more than one line and one chunk is kept."""
    number, rest, too_long = 1, bytearray(), False
    while chunk := read(_CHUNK):
        first, *others = chunk.split(b"\n")
        if not too_long:
            rest += first
        for piece in others:
            yield from _finished(number, rest, too_long)
            number, rest, too_long = number + 1, bytearray(piece), False
        if len(rest) > MAX_BODY_BYTES:
            rest, too_long = bytearray(), True
    yield from _finished(number, rest, too_long)


def _finished(number: int, data: bytearray, too_long: bool) -> Iterator[Line]:
    if too_long or len(data) > MAX_BODY_BYTES:
        yield Line(number, None)
    elif data.strip():
        yield Line(number, bytes(data))


class Bulk:
    """One bulk request of one token, under one idempotency key or none."""

    def __init__(self, intake: Intake, terms: Callable[[], Terms], by: Token, key: str = "") -> None:
        self._intake = intake
        self._terms = terms
        self._by = by
        self._key = key

    def answers(self, read: Callable[[int], bytes]) -> IO[bytes]:
        """Commit all that ``read`` gives, and return the file of the answers, an NDJSON line each, from its start."""
        with ExitStack() as stack:
            spool: IO[bytes] = stack.enter_context(SpooledTemporaryFile(_SPOOLED))
            for batch in batches(lines(read)):
                for answer in self._commit(batch):
                    spool.write(json.dumps(answer, ensure_ascii=False).encode() + b"\n")
            spool.seek(0)
            stack.pop_all()
            return spool

    def _commit(self, batch: list[Line]) -> list[Answer]:
        """The answers to a batch, in the order of its lines. One that the ledger can't take now gets 503 for each."""
        try:
            return self._committed(batch, self._intake.over(CachedTerms(self._terms())))
        except LedgerUnavailable as away:
            log.error("bulk batch refused", reason=str(away), lines=len(batch))
            return [refused(line.number, away) for line in batch]

    def _committed(self, batch: list[Line], intake: Intake) -> list[Answer]:
        answers: dict[int, Answer] = {}
        good: dict[int, Submission] = {}
        for line in batch:
            try:
                good[line.number] = self.submission(line, intake)
            except DatelineError as wrong:
                answers[line.number] = refused(line.number, wrong)
            except TooLong:
                answers[line.number] = _plainly(line.number, 413, "The line is over 2 MB.")
            except NotJson as wrong:
                answers[line.number] = _plainly(line.number, 400, str(wrong))
        results = intake.put_all_on_record(list(good.values()), Lane.BULK) if good else []
        for number, result in zip(good, results, strict=True):
            answers[number] = accepted(number, result) if isinstance(result, Receipt) else refused(number, result)
        return [answers[line.number] for line in batch]

    def submission(self, line: Line, intake: Intake) -> Submission:
        """The submission of a line; raises ``TooLong``, ``NotJson`` or ``InvalidInput``."""
        if line.data is None:
            raise TooLong
        body = read_json(line.data)
        given = load(_SCHEMA, body)
        write = Write(by=self._by, sent=body, lane=Lane.BULK)
        if self._key:
            key = Idempotency(key=f"{self._key}:{line.number}", digest=digest(["bulk", body]))
            write = replace(write, idempotency=key)
        return intake.new_story(given, write)


def batches(read: Iterator[Line]) -> Iterator[list[Line]]:
    """Up to 500 lines or 8 MB at a time."""
    batch: list[Line] = []
    size = 0
    for line in read:
        batch.append(line)
        size += len(line.data or b"")
        if len(batch) == BATCH or size > BATCH_BYTES:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


def accepted(number: int, receipt: Receipt) -> Answer:
    """The answer to a line that is on record."""
    return {
        "line": number,
        "status": 202,
        "id": receipt.id,
        "revision": receipt.revision,
        "state": receipt.state,
    }


def refused(number: int, wrong: Exception) -> Answer:
    """The answer to a line that isn't; what is no error of ours is a defect, and is logged."""
    if not isinstance(wrong, DatelineError):
        log.error("bulk line failed", line=number, exc_info=wrong)
        return _plainly(number, 500, "Something went wrong here; it has been logged.")
    problem = problem_of(wrong)
    errors = problem.errors or (FieldError("", problem.detail),)
    return {"line": number, "status": problem.status,
            "errors": [{"pointer": error.pointer, "detail": error.detail} for error in errors]}  # fmt: skip


def _plainly(number: int, status: int, detail: str) -> Answer:
    return {"line": number, "status": status, "errors": [{"pointer": "", "detail": detail}]}
