"""Events that were read from a file put on record: each is taken or refused by itself, and told what became of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from dateline.domain.event import Event
from dateline.domain.payload import is_tombstone
from dateline.domain.timestamps import day_or_rfc3339
from dateline.errors import DatelineError, FieldError
from dateline.formats.ics import IcsEvent
from dateline.http.responses.faults import Faults
from dateline.http.responses.problems import problem_of
from dateline.ports.ledger.submissions import Earlier, Receipt, Submission, Unchanged
from dateline.ports.ledger.tokens import Token
from dateline.ports.vocabulary import Terms
from dateline.ports.wakeup import Lane
from dateline_ingest.calendars.event_changes import EventChange, changes_between
from dateline_ingest.calendars.outcomes import Outcome
from dateline_ingest.event_versions import external_id
from dateline_ingest.intake import EVENT_SOURCE, Intake, Write, content_of
from dateline_ingest.lapsed_events import LAPSED, NOT_PUBLIC, lapsed

BATCH: Final = 500

_OLDER: Final = FieldError("", "A newer version is on record (SEQUENCE, LAST-MODIFIED): this one changed nothing.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Imported:
    """What became of an event that was read, or what would."""

    read: IcsEvent
    outcome: Outcome
    status: int = 202
    id: str | None = None
    revision: int | None = None
    errors: tuple[FieldError, ...] = ()
    notes: tuple[FieldError, ...] = ()
    changes: tuple[EventChange, ...] = ()

    def json(self) -> dict[str, Any]:
        """As the API answers it."""
        event = self.read.event
        return {
            "uid": self.read.uid,
            "recurrence_id": self.read.recurrence_id or None,
            "title": event.title if event else None,
            "start": day_or_rfc3339(event.start) if event else None,
            "id": self.id,
            "revision": self.revision,
            "status": self.status,
            "outcome": self.outcome,
            "changes": [change.json() for change in self.changes],
            **Faults.of(self.errors).json(),
            **Faults.of(self.notes).json("notes"),
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class EventDefaults:
    """What events are that say nothing of it themselves."""

    section: str = ""
    language: str = ""

    def applied(self, event: Event) -> Event:
        """``event`` with what it doesn't say."""
        return replace(event, section=event.section or self.section, language=event.language or self.language)


class EventImport:
    """Hands in what a file has, as whoever sends it; a dry run says what would become of it, and writes nothing."""

    def __init__(
        self, intake: Intake, by: Token, *, dry_run: bool = False, defaults: EventDefaults | None = None
    ) -> None:
        self._intake = intake
        self._defaults = defaults or EventDefaults()
        self._write = Write(by=by, lane=Lane.BULK)
        self._submit = intake.preview_many if dry_run else intake.submit_many

    @property
    def terms(self) -> Terms:
        """The vocabulary as it is now."""
        return self._intake.terms

    def take(self, events: Sequence[IcsEvent], *, why_lapsed: str = LAPSED) -> list[Imported]:
        """What became of each, in their order; 500 in a transaction. ``why_lapsed`` is what readers are told of events
        that are taken off. Raises ``LedgerUnavailable``."""
        starts = range(0, len(events), BATCH)
        return [done for start in starts for done in self._take(events[start : start + BATCH], why_lapsed)]

    def _take(self, events: Sequence[IcsEvent], why_lapsed: str) -> list[Imported]:
        done: dict[int, Imported] = {}
        submissions: dict[int, Submission] = {}
        before: dict[int, Earlier] = {}
        for place, one in enumerate(events):
            if one.event is None:
                done[place] = _without_event(one)
                continue
            try:
                submissions[place] = _remembering(self._submission(one, one.event, why_lapsed), before, place)
            except DatelineError as error:
                done[place] = _refused(one, error)
        receipts = self._submit(list(submissions.values()), Lane.BULK) if submissions else []
        for place, receipt in zip(submissions, receipts, strict=True):
            done[place] = _imported(events[place], receipt, before.get(place))
        return [done[place] for place in range(len(events))]

    def _submission(self, one: IcsEvent, event: Event, why_lapsed: str) -> Submission:
        if not one.lapsed:
            return self._intake.event(self._defaults.applied(event), self._write)
        note = NOT_PUBLIC if one.private else why_lapsed
        return lapsed(event, external_id(event), EVENT_SOURCE, self._write.by, self._write.lane, note)


def counts_of(done: Iterable[Imported]) -> dict[str, int]:
    """How many became what."""
    return dict(Counter(one.outcome for one in done))


def results_json(done: Sequence[Imported]) -> dict[str, Any]:
    """What became of a file's events, in its order, and apart what of the record it changes without naming it. What
    stays as it was of the latter isn't told."""
    implied = [one for one in done if one.read.implied and one.outcome != "unchanged"]
    named = [one for one in done if not one.read.implied]
    return {
        "counts": counts_of([*named, *implied]),
        "items": [one.json() for one in named],
        "implied": [one.json() for one in implied],
    }


def _remembering(submission: Submission, before: dict[int, Earlier], place: int) -> Submission:
    """``submission``, which notes what it follows."""
    if submission.following is None:
        return submission
    decide = submission.following

    def following(earlier: Earlier) -> Submission | Unchanged:
        before[place] = earlier
        return decide(earlier)

    return replace(submission, following=following)


def _without_event(one: IcsEvent) -> Imported:
    status = 202 if one.older or one.message else 422
    outcome: Outcome = "older" if one.older else "left_out" if one.message else "refused"
    return Imported(read=one, outcome=outcome, status=status, errors=one.errors, notes=one.notes)


def _imported(one: IcsEvent, answer: Receipt | Exception, before: Earlier | None) -> Imported:
    if isinstance(answer, DatelineError):
        return _refused(one, answer)
    if not isinstance(answer, Receipt):
        raise answer
    outcome = _outcome(one, answer, before)
    changes: tuple[EventChange, ...] = ()
    if outcome == "changed" and before is not None and one.event is not None:
        earlier = content_of(Event, before.payload)
        changes = tuple(changes_between(earlier, one.event)) if earlier else ()
    notes = (*one.notes, _OLDER) if answer.older else one.notes
    return Imported(
        read=one, outcome=outcome, id=answer.id, revision=answer.revision, notes=notes, changes=changes
    )  # fmt: skip


def _outcome(one: IcsEvent, receipt: Receipt, before: Earlier | None) -> Outcome:
    if not receipt.changed:
        return "older" if receipt.older else "unchanged"
    if one.lapsed:
        return "lapsed"
    if receipt.revision == 1:
        return "new"
    return "restored" if before is not None and is_tombstone(before.payload) else "changed"


def _refused(one: IcsEvent, error: DatelineError) -> Imported:
    problem = problem_of(error)
    return Imported(read=one, outcome="refused", status=problem.status, errors=problem.reasons, notes=one.notes)
