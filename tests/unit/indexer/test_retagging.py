"""Retagging: only what a change of terms touches comes again, a page at a time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from dateline.domain.event import Event
from dateline.domain.payload import to_payload
from dateline.ports.ledger.claims import Claimed
from dateline.ports.ledger.retag import RetagJob
from dateline.ports.wakeup import Lane
from dateline_indexer.retag import PAGE_SIZE, Retag
from unit.indexer.parts import claim, revision


class JobLedger:
    """A ledger with one job, some events, and stories that stand behind others."""

    def __init__(self, events: Sequence[Claimed] = (), folded: Sequence[Claimed] = ()) -> None:
        self.job: RetagJob | None = RetagJob(id=1, keys=("place:brest",), names=("Brest",), cursor="", touched=0)
        self.events = sorted(events, key=lambda event: event.item_id)
        self.folded = folded
        self.due: list[str] = []

    def next_retag(self, *, quiet: timedelta) -> RetagJob | None:
        return self.job

    def make_due(self, ids: Sequence[str], lane: Lane) -> int:
        assert lane is Lane.RETAG
        self.due += ids
        return len(ids)

    def advance_retag(self, job: RetagJob, *, cursor: str, touched: int, done: bool) -> None:
        self.job = None if done else replace(job, cursor=cursor, touched=touched)

    def published(self, *, kind: str, after: str = "", limit: int = 500, folded: bool = False) -> tuple[Claimed, ...]:
        assert folded == (kind == "story")
        chosen = self.folded if folded else self.events
        return tuple(one for one in chosen if one.item_id > after)[:limit]


class Mentions:
    """An index in which all of ``ids`` name what is asked for."""

    def __init__(self, ids: Sequence[str]) -> None:
        self.ids = sorted(ids)

    def ids_mentioning(self, names: Sequence[str], keys: Sequence[str], *, after: str, limit: int) -> list[str]:
        assert (tuple(names), tuple(keys)) == (("Brest",), ("place:brest",))
        return [item_id for item_id in self.ids if item_id > after][:limit]


class Woken:
    """Remembers which lanes were woken."""

    def __init__(self) -> None:
        self.lanes: list[Lane] = []

    def wake(self, lane: Lane) -> None:
        self.lanes.append(lane)

    def close(self) -> None: ...


def retag(ledger: JobLedger, stories: Sequence[str], woken: Woken) -> Any:
    return Retag(ledger, Mentions(stories), woken, timedelta(seconds=10))  # type: ignore[arg-type]


def an_event(item_id: str, title: str) -> Claimed:
    return claim(item_id, kind="event", publish=revision(to_payload(Event(title=title, start=date(2026, 1, 1)))))


def test_all_pages_of_stories_then_the_events_that_name_it() -> None:
    stories = [f"s{number:05}" for number in range(PAGE_SIZE + 20)]
    ledger, woken = JobLedger([an_event("e1", "Fair in BREST"), an_event("e2", "Fair in Grodno")]), Woken()
    retag(ledger, stories, woken).work(60)
    assert ledger.due == [*stories, "e1"]
    assert ledger.job is None
    assert set(woken.lanes) == {Lane.RETAG}


def test_stories_that_stand_behind_others_are_read_from_the_ledger() -> None:
    payload = {"schema": 1, "headline": "Fair", "body_text": "In Brest.", "published_at": "2026-01-01T00:00:00Z"}
    named = claim("f1", publish=revision(payload))
    other = claim("f2", publish=revision({**payload, "body_text": "In Minsk."}))
    ledger = JobLedger(folded=[named, other])
    retag(ledger, ["s1"], Woken()).work(60)
    assert ledger.due == ["s1", "f1"]


def test_a_step_at_a_time_when_time_is_short() -> None:
    ledger = JobLedger()
    retag(ledger, [f"s{number:05}" for number in range(PAGE_SIZE + 20)], Woken()).work(0)
    assert len(ledger.due) == PAGE_SIZE
    assert ledger.job is not None
    assert ledger.job.cursor == ledger.due[-1]


def test_no_job_no_work() -> None:
    ledger, woken = JobLedger(), Woken()
    ledger.job = None
    retag(ledger, ["s1"], woken).work(60)
    assert (ledger.due, woken.lanes) == ([], [])
