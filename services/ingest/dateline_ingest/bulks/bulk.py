"""Many stories in one request: NDJSON, read as it comes, committed by 500, answered when the last line was read.

Memory stays bounded however long the request is: one line, one batch, and answers that are spooled to a file. A request
that is refused line after line, or whose answers fill the spool, ends with a line that says so; what it still sends is
read and dropped, since its sender reads nothing before.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, replace
from tempfile import SpooledTemporaryFile
from typing import IO, Any, Final

import structlog

from dateline.domain.timestamps import rfc3339
from dateline.errors import DatelineError, FieldError, LedgerUnavailable
from dateline.formats.strict_json import NotJson, digest, read_json
from dateline.http.requests.body import MAX_BODY_BYTES
from dateline.http.responses.faults import Faults
from dateline.http.responses.problems import problem_of
from dateline.ports.ledger.submissions import Idempotency, Receipt, Submission
from dateline.ports.ledger.tokens import Token
from dateline.ports.vocabulary import Terms
from dateline.ports.wakeup import Lane
from dateline.schemas.pointers import load
from dateline.schemas.story import StorySchema
from dateline.settings import Settings
from dateline.vocabulary.cached_terms import CachedTerms
from dateline_ingest.intake import Intake, Write
from dateline_ingest.shown_images import check_alt_of_addresses

log: structlog.stdlib.BoundLogger = structlog.get_logger("dateline.ingest")

BATCH: Final = 500
BATCH_BYTES: Final = 8_000_000
_CHUNK: Final = 65_536
_SPOOL_BYTES: Final = 1_000_000
_SCHEMA: Final = StorySchema()

Result = dict[str, Any]
"""What became of a line, as it is answered."""


class TooLong(ValueError):
    """A line is over the bound of a story."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BulkLimits:
    """After how many refused lines, and bytes of answers, a bulk ends."""

    refused: int
    spool_bytes: int

    @classmethod
    def of(cls, settings: Settings) -> BulkLimits:
        """What the settings say."""
        return cls(refused=settings.bulk_refused, spool_bytes=settings.bulk_spool * 1_000_000)


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the request, by its number; ``data`` is None when it was too long to be kept."""

    number: int
    data: bytes | None


def split_lines(read: Callable[[int], bytes], first_line: int = 1) -> Iterator[Line]:
    """The lines that ``read`` gives, blank ones left out; no more than one line and one chunk is kept.

    ``first_line`` is the first one's number: a file that is sent in parts has its own numbers in all of them.
    """
    number, rest, too_long = first_line, bytearray(), False
    while chunk := read(_CHUNK):
        if not rest and not too_long and chunk.isspace():
            number += chunk.count(b"\n")  # blank lines cost next to nothing, however many they are
            continue
        first, *others = chunk.split(b"\n")
        if not too_long:
            rest += first
        for piece in others:
            yield from _line(number, rest, too_long)
            number, rest, too_long = number + 1, bytearray(piece), False
        if len(rest) > MAX_BODY_BYTES:
            rest, too_long = bytearray(), True
    yield from _line(number, rest, too_long)


def _line(number: int, data: bytearray, too_long: bool) -> Iterator[Line]:
    if too_long or len(data) > MAX_BODY_BYTES:
        yield Line(number, None)
    elif data.strip():
        yield Line(number, bytes(data))


class Bulk:
    """One bulk request of one token, under one idempotency key or none."""

    def __init__(
        self, intake: Intake, terms: Callable[[], Terms], by: Token, key: str = "", *, limits: BulkLimits,
        first_line: int = 1,
    ) -> None:  # fmt: skip
        self._intake = intake
        self._terms = terms
        self._by = by
        self._key = key
        self._limits = limits
        self._first_line = first_line
        self._taken = 0
        self._refused = 0

    def process(self, read: Callable[[int], bytes]) -> IO[bytes]:
        """Commit what ``read`` gives, and return the file of the results, an NDJSON line each, from its start."""
        with ExitStack() as stack:
            spool: IO[bytes] = stack.enter_context(SpooledTemporaryFile(_SPOOL_BYTES))
            for result in self._results(read, spool):
                spool.write(json.dumps(result, ensure_ascii=False).encode() + b"\n")
            while read(_CHUNK):
                pass
            spool.seek(0)
            stack.pop_all()
            return spool

    def _results(self, read: Callable[[int], bytes], spool: IO[bytes]) -> Iterator[Result]:
        """What became of each line; the last says where the bulk ended, if that was before its last line."""
        for batch in batches(split_lines(read, self._first_line)):
            results = self._process_batch(batch)
            yield from results
            if len(results) < len(batch):
                yield self._ended(batch[len(results)].number, f"{self._refused:,} lines were refused")
                return
            if spool.tell() > self._limits.spool_bytes:
                yield self._ended(batch[-1].number + 1, "The answers take all the room there is")
                return

    def _ended(self, number: int, why: str) -> Result:
        """The line that ends a bulk before its end: the first that was not read, and what became of those before."""
        ended = _error(number, 422, f"{why}: from this line on nothing was read.")
        return {**ended, "ended": True, "taken": self._taken, "refused": self._refused}

    def _process_batch(self, batch: list[Line]) -> list[Result]:
        """What became of each line, in their order, up to where too many were refused; 503 for all of a batch that the
        ledger can't take now."""
        try:
            return self._submit_batch(batch, self._intake.with_terms(CachedTerms(self._terms())))
        except LedgerUnavailable as error:
            log.error("bulk batch refused", reason=str(error), lines=len(batch))
            return [refused(line.number, error) for line in batch]

    def _submit_batch(self, batch: list[Line], intake: Intake) -> list[Result]:
        results: dict[int, Result] = {}
        submissions: dict[int, Submission] = {}
        left = self._limits.refused - self._refused
        for line in batch:
            if len(results) >= left:
                break
            try:
                submissions[line.number] = self.submission(line, intake)
            except DatelineError as error:
                results[line.number] = refused(line.number, error)
            except TooLong:
                results[line.number] = _error(line.number, 413, "The line is over 2 MB.")
            except NotJson as error:
                results[line.number] = _error(line.number, 400, str(error))
        receipts = intake.submit_many(list(submissions.values()), Lane.BULK) if submissions else []
        for number, receipt in zip(submissions, receipts, strict=True):
            results[number] = accepted(number, receipt) if isinstance(receipt, Receipt) else refused(number, receipt)
        taken = sum(result["status"] == 202 for result in results.values())
        self._taken += taken
        self._refused += len(results) - taken
        return [results[line.number] for line in batch if line.number in results]

    def submission(self, line: Line, intake: Intake) -> Submission:
        """The submission of a line; raises ``TooLong``, ``NotJson`` or ``InvalidInput``."""
        if line.data is None:
            raise TooLong
        body = read_json(line.data)
        check_alt_of_addresses(body)
        given = load(_SCHEMA, body)
        write = Write(by=self._by, sent=body, lane=Lane.BULK)
        if self._key:
            key = Idempotency(key=f"{self._key}:{line.number}", digest=digest(["bulk", body]))
            write = replace(write, idempotency=key)
        return intake.new_story(given, write)


def batches(lines: Iterator[Line]) -> Iterator[list[Line]]:
    """Up to 500 lines or 8 MB at a time."""
    batch: list[Line] = []
    size = 0
    for line in lines:
        batch.append(line)
        size += len(line.data or b"")
        if len(batch) == BATCH or size > BATCH_BYTES:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


def accepted(number: int, receipt: Receipt) -> Result:
    """The answer to a line that is on record."""
    line = {"line": number, "status": 202, "id": receipt.id, "revision": receipt.revision, "state": receipt.state}
    return line | ({"idempotency_expires_at": rfc3339(receipt.key_expires_at)} if receipt.key_expires_at else {})


def refused(number: int, error: Exception) -> Result:
    """The answer to a line that isn't; what is no error of ours is a defect, and is logged."""
    if not isinstance(error, DatelineError):
        log.error("bulk line failed", line=number, exc_info=error)
        return _error(number, 500, "Something went wrong here; it has been logged.")
    problem = problem_of(error)
    return {"line": number, "status": problem.status, **Faults.of(problem.reasons).json()}


def _error(number: int, status: int, detail: str) -> Result:
    return {"line": number, "status": status, **Faults.of([FieldError("", detail)]).json()}
