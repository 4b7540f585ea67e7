"""What editors place on the front page and on section fronts: each change a revision, with who made it and when."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final, Protocol

from dateline.domain.front import HOME, BreakingLine, Placement, in_force, placement_id
from dateline.domain.payload import from_payload, to_payload
from dateline.errors import FieldError, InvalidInput, NotFound, StaleRevision
from dateline.ports.ledger.items import Items
from dateline.ports.ledger.submissions import Receipt, Submission, Submissions
from dateline.ports.vocabulary import LiveTerms
from dateline.ports.wakeup import Lane, WakeUp
from dateline_ingest.context import parts
from dateline_ingest.intake import Write

MOST_REVISIONS: Final = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class PlacementRevision:
    """A placement on record, and who made it when."""

    revision: int
    at: datetime
    by: str
    placement: Placement


@dataclass(frozen=True, slots=True, kw_only=True)
class StandingPlacement:
    """What holds now on a page, and the newest revision on record; 0 and the rest empty where there is none."""

    placement: Placement
    revision: int = 0
    at: datetime | None = None
    by: str = ""


class PlacementLedger(Items, Submissions, Protocol):
    """What placing asks of the ledger."""


class PlacementEditor:
    """Reads and changes what stands where. A page is ``home`` or the slug of a section."""

    def __init__(self, ledger: PlacementLedger, wakeup: WakeUp, vocabulary: LiveTerms) -> None:
        self._ledger = ledger
        self._wakeup = wakeup
        self._vocabulary = vocabulary

    def placement(self, page: str, now: datetime | None = None) -> StandingPlacement:
        """What holds on a page now. Raises ``NotFound`` where there is no such section."""
        self._check_page(page)
        newest = next(iter(self.revisions(page, limit=1)), None)
        if newest is None:
            return StandingPlacement(placement=Placement(page=page))
        held = in_force(newest.placement, now or datetime.now(UTC))
        return StandingPlacement(placement=held, revision=newest.revision, at=newest.at, by=newest.by)

    def revisions(self, page: str, *, limit: int = MOST_REVISIONS) -> Sequence[PlacementRevision]:
        """The newest placements on record, the newest first."""
        found = self._ledger.newest_revisions("front", placement_id(page), limit=limit)
        return [
            PlacementRevision(revision=one.revision, at=one.received_at, by=one.by,
                              placement=from_payload(Placement, one.payload))
            for one in found
            if one.payload
        ]  # fmt: skip

    def put(self, page: str, placement: Placement, write: Write) -> Receipt:
        """Put a placement on record; readers see it when a worker has written it.

        Raises ``InvalidInput`` for stories that aren't on record or stand twice and for ends that are over,
        ``NotFound`` for an unknown section, ``StaleRevision`` and ``RevisionRequired``.
        """
        self._check_page(page)
        self._check(placement, datetime.now(UTC))
        newest = next(iter(self._ledger.newest_revisions("front", placement_id(page), limit=1)), None)
        if newest is None and write.if_match not in (None, 0):
            raise StaleRevision('The newest revision is "0"; read it and make the change again.')
        payload = {**to_payload(placement), "page": page}  # said also where nothing is placed: an empty one is none
        receipt = self._ledger.submit(Submission(
            kind="front", action="correct" if newest else "submit", item_id=placement_id(page), by=write.by,
            payload=payload, label=self._label(page), section="" if page == HOME else page,
            if_match=write.if_match if newest else None, idempotency=write.idempotency,
        ))  # fmt: skip
        self._wakeup.wake(Lane.LIVE)
        return receipt

    def _check_page(self, page: str) -> None:
        if page != HOME and self._vocabulary.current().find("section", page) is None:
            raise NotFound(f"There is no section {page!r}.")

    def _label(self, page: str) -> str:
        section = None if page == HOME else self._vocabulary.current().find("section", page)
        return f"Front of {section.label}" if section else "Front page"

    def _check(self, placement: Placement, now: datetime) -> None:
        errors = [*_overdue(placement, now), *_doubled(placement), *self._unknown(placement)]
        if errors:
            raise InvalidInput("This can't be placed.", tuple(errors))

    def _unknown(self, placement: Placement) -> Iterator[FieldError]:
        """Ids that are no story's."""
        for pointer, story in _named(placement):
            try:
                self._ledger.item("story", story, payloads=())
            except NotFound:
                yield FieldError(pointer, f"There is no story {story}.")


def _named(placement: Placement) -> Iterator[tuple[str, str]]:
    """Each story that a placement names, with its place in the body."""
    if placement.lead:
        yield "/lead", placement.lead
    yield from ((f"/second/{place}", story) for place, story in enumerate(placement.second))
    yield from ((f"/hidden/{place}", story) for place, story in enumerate(placement.hidden))
    if placement.breaking and placement.breaking.story:
        yield "/breaking/story", placement.breaking.story


def _doubled(placement: Placement) -> Iterator[FieldError]:
    """A story has one place on a page; the breaking line may lead to it all the same."""
    seen: set[str] = set()
    for pointer, story in _named(placement):
        if pointer != "/breaking/story" and story in seen:
            yield FieldError(pointer, "This story has another place on the page already.")
        seen.add(story)


def _overdue(placement: Placement, now: datetime) -> Iterator[FieldError]:
    line: BreakingLine | None = placement.breaking
    if placement.until is not None and placement.until <= now:
        yield FieldError("/until", "This time is over.")
    if line is not None and line.until <= now:
        yield FieldError("/breaking/until", "This time is over.")


def front_editor() -> PlacementEditor:
    """The fronts of the app that answers this request."""
    here = parts()
    return PlacementEditor(here.ledger, here.wakeup, here.vocabulary)
