"""An item as one transaction sees it: the rules of what may be written, and what a revision makes of the item.

No SQL: ``unit_of_work`` reads these and writes what changed.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

import orjson

from dateline.adapters.ledger.database.ids import new_id
from dateline.adapters.ledger.database.owners import token_scope
from dateline.adapters.ledger.submissions.erased_ids import ERASED_SCOPE
from dateline.adapters.ledger.submissions.source_rights import may_take
from dateline.domain.document import ItemKind
from dateline.errors import Conflict, NotAllowed, RevisionRequired, StaleRevision
from dateline.ports.ledger.claims import LONG
from dateline.ports.ledger.items import WITHHELD_UNTIL, CorrectionKind, Payload, State, owns
from dateline.ports.ledger.submissions import Receipt, Submission
from dateline.ports.ledger.tokens import Token
from dateline.ports.wakeup import Lane


@dataclass(slots=True, kw_only=True)
class NewRevision:
    """A revision that this transaction adds."""

    revision: int
    action: str
    state: State
    by: Token
    note: str
    correction: CorrectionKind = ""
    body: str = ""
    """The payload as the ledger keeps it; "" for one that says nothing."""
    was_public: bool = False


@dataclass(slots=True, kw_only=True)
class TrackedItem:
    """An item and the revisions that this transaction adds; ``is_new`` until it is inserted."""

    id: str
    kind: ItemKind
    owner: str
    owner_id: str | None
    label: str = ""
    section: str = ""
    external_source: str = ""
    external_scope: str = ""
    external_id: str = ""
    external_digest: str = ""
    newest_revision: int = 0
    newest_action: str = "submit"
    newest_by: str = ""
    newest_by_id: str | None = None
    newest_state: State = "accepted"
    newest_correction: CorrectionKind = ""
    received_at: datetime | None = None
    published_revision: int | None = None
    embargo_until: datetime | None = None
    leased: bool = False
    suspect: bool = False
    """Whether it was in a batch that was lost, and hasn't been indexed since."""
    lane: Lane = Lane.LIVE
    due_at: datetime | None = None
    size: int = 0
    is_new: bool = False
    owner_was_given: frozenset[str] | None = None
    """The sources that its owner was given, where that is a reporter."""
    added: list[NewRevision] = field(default_factory=list)
    superseded: list[int] = field(default_factory=list)

    @classmethod
    def of_submission(cls, submission: Submission) -> TrackedItem:
        """A new item, without its first revision."""
        external = bool(submission.external_id)
        return cls(
            id=submission.item_id or new_id(),
            kind=submission.kind,
            owner=submission.by.name,
            owner_id=submission.by.id,
            external_source=submission.external_source if external else "",
            external_scope=external_scope(submission.external_source, submission.by) if external else "",
            external_id=submission.external_id,
            is_new=True,
        )

    @property
    def withdrawn(self) -> bool:
        """Whether the newest revision is a tombstone."""
        return self.newest_action == "withdraw"

    def check_writer(self, submission: Submission) -> None:
        """Raise ``NotAllowed`` for another reporter's item, ``Conflict`` for a withdrawn one (a term may come back, and
        what is restored) and for one that came under an external id and was erased, whoever sends that again."""
        if not self.may_be_written(submission):
            raise NotAllowed(f"this {self.kind} belongs to another reporter")
        if self.external_scope == ERASED_SCOPE:
            raise Conflict(f"this {self.kind} was erased, and stays so")
        if submission.action == "restore":
            return self._check_restore(submission)
        if self.is_taken_by(submission) and self._is_by_owner():
            return  # what a reporter withdrew who took another's id
        decides = submission.after_withdrawal and submission.item_id is None
        if self.withdrawn and not decides and (self.kind != "term" or submission.action == "withdraw"):
            raise Conflict(f"this {self.kind} was withdrawn, and stays so")

    def _check_restore(self, submission: Submission) -> None:
        """Raise ``Conflict`` for what isn't withdrawn, ``NotAllowed`` for a reporter where another withdrew it."""
        if not self.withdrawn:
            raise Conflict(f"this {self.kind} is not withdrawn")
        if submission.by.role != "editor" and not self._is_by_owner():
            raise NotAllowed(f"an editor, or its source, withdrew this {self.kind}: an editor brings it back")

    def may_be_written(self, submission: Submission) -> bool:
        """Whether it is the writer's own, or an editor writes; by its external id also whoever was given the source."""
        by = submission.by
        if by.role == "editor" or owns(by, self.owner, self.owner_id):
            return True
        return submission.item_id is None and may_take(by, submission.for_sources)

    def _is_by_owner(self) -> bool:
        """Whether its owner wrote the newest revision; by name where a process of the version before kept no id."""
        if self.newest_by_id is None or self.owner_id is None:
            return self.newest_by == self.owner
        return self.newest_by_id == self.owner_id

    def is_taken_by(self, submission: Submission) -> bool:
        """Whether a text comes under its external id from who may write for the source, while a reporter has it who was
        not given that: then nothing of what stands may decide what becomes of the text."""
        if submission.item_id is not None or submission.action != "submit" or not submission.for_sources:
            return False
        if self.owner_was_given is None or owns(submission.by, self.owner, self.owner_id):
            return False
        return not self.owner_was_given & {*submission.for_sources}

    def check_revision(self, submission: Submission) -> None:
        """Raise ``RevisionRequired`` or ``StaleRevision`` unless the writer started from the newest revision."""
        if submission.if_match is None and not (self.kind == "term" and self.withdrawn):
            newest = self.newest_revision
            raise RevisionRequired(f"name the revision you started from (If-Match); the newest is {newest}")
        if submission.if_match is not None and submission.if_match != self.newest_revision:
            raise StaleRevision(f"revision {submission.if_match} was overtaken; the newest is {self.newest_revision}")

    def came_before(self, submission: Submission) -> bool:
        """Whether the same content came under the same external id the last time."""
        same = submission.item_id is None and submission.external_digest == self.external_digest
        return same and not self.is_taken_by(submission)

    def add_revision(self, submission: Submission, at: datetime) -> Receipt:
        """Make ``submission`` the newest revision, held or due; what nobody has published yet is superseded."""
        embargo = self.embargo_until if submission.keep_embargo else submission.embargo_until
        if submission.withheld:
            self._take_off_site(submission, at)
            embargo = WITHHELD_UNTIL
        withdraw = submission.action == "withdraw"
        held = embargo is not None and embargo > at and not withdraw
        never_public = withdraw and self._never_public(at)
        state: State = "withdrawn" if never_public else "held" if held else "accepted"
        correction = self._told_with(submission.correction)
        self._supersede_newest()
        body = payload_json(submission.payload)
        self.size = len(body)
        self._make_due(submission.lane, at, held_until=embargo if held else None, never_public=never_public)
        self.newest_revision += 1
        self.newest_action, self.newest_state, self.received_at = submission.action, state, at
        self.newest_by, self.newest_by_id = submission.by.name, submission.by.id or None
        self.newest_correction = correction
        self.embargo_until = embargo if held else None
        self.label, self.section = submission.label or self.label, submission.section or self.section
        if submission.external_id and submission.item_id is None:
            self.external_digest = submission.external_digest
            if submission.action == "submit":
                self.owner, self.owner_id, self.owner_was_given = submission.by.name, submission.by.id, None
        self.added.append(
            NewRevision(
                revision=self.newest_revision,
                action=submission.action,
                state=state,
                by=submission.by,
                note=submission.note,
                correction=correction,
                body="" if set(submission.payload) <= {"schema"} else body,
            )
        )
        return self.receipt()

    def _never_public(self, at: datetime) -> bool:
        """Whether nothing of it is in the index, nor on its way there: a worker that died may have written it."""
        if self.published_revision or self.leased or self.suspect:
            return False
        if self.newest_state == "held":
            return self.embargo_until is not None and self.embargo_until > at
        # what is withdrawn first may be a shipped term, which stands there without an item
        return self.newest_state == "withdrawn" or (self.newest_revision == 0 and self.kind != "term")

    def _take_off_site(self, submission: Submission, at: datetime) -> None:
        """Let a tombstone be what readers see, unless there is nothing that they may see."""
        withheld = self.newest_state == "held" and self.embargo_until == WITHHELD_UNTIL
        if withheld or self._never_public(at):
            return
        self._supersede_newest()
        self._make_due(submission.lane, at, held_until=None, never_public=False)
        self.newest_revision += 1
        self.published_revision, self.newest_state = self.newest_revision, "withdrawn"
        self.added.append(
            NewRevision(
                revision=self.newest_revision,
                action="withdraw",
                state="withdrawn",
                by=submission.by,
                note=submission.withheld,
                was_public=True,
            )
        )

    def _told_with(self, correction: CorrectionKind) -> CorrectionKind:
        """What readers are told of a correction that may overtake one which they haven't got yet: its change is in this
        one's, so a minor one is as the other."""
        waits = self.newest_state in ("accepted", "held", "quarantined") and self.newest_action == "correct"
        return self.newest_correction if waits and correction == "minor" else correction

    def _supersede_newest(self) -> None:
        """The newest revision will not be published any more, unless it already is (or a worker is just at it)."""
        if self.newest_revision == 0 or self.newest_state not in ("accepted", "held", "quarantined"):
            return
        if self.added:
            self.added[-1].state = "superseded"
        else:
            self.superseded.append(self.newest_revision)

    def _make_due(self, lane: Lane, at: datetime, *, held_until: datetime | None, never_public: bool) -> None:
        """An item that waits already keeps its place, and moves to a slower lane by a long text only; a suspect stays
        one."""
        waiting = self.due_at is not None and self.due_at <= at
        lane = lane.of_pictures() if self.kind == "image" else lane
        lane = min(self.lane, lane) if waiting else lane
        long = self.size > LONG and self.kind != "image"
        self.lane = Lane.SUSPECT if self.suspect and self.kind != "image" else max(lane, Lane.BULK) if long else lane
        if never_public:
            self.due_at = None
        elif held_until and not (waiting and self.published_revision):
            waits = self.due_at if self.published_revision else None  # for the time of a picture that is public
            self.due_at = min(held_until, waits or held_until)
        elif not waiting:
            self.due_at = at

    def receipt(self, *, changed: bool = True) -> Receipt:
        """The newest revision's receipt; ``changed`` is False when a submission made none."""
        assert self.received_at is not None
        return Receipt(
            id=self.id,
            kind=self.kind,
            revision=self.newest_revision,
            state=self.newest_state,
            received_at=self.received_at,
            changed=changed,
        )


def external_scope(source: str, by: Token) -> str:
    """Within what an external id is unique: its source; without one, the token it came with."""
    return f"source {source}" if source else token_scope(by.namespace)


def payload_json(payload: Payload | None) -> str:
    """A payload as the ledger keeps it."""
    return orjson.dumps(payload).decode() if payload else ""
