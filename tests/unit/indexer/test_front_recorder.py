"""The front page is recorded when readers see another one, and no oftener."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, cast
from zoneinfo import ZoneInfo

import pytest

from dateline.adapters.embedded import EmbeddedIndex
from dateline.domain.document import FrontDocument
from dateline.domain.front import BreakingLine, FrontRecord, Placement, placement_id
from dateline.domain.payload import from_payload
from dateline.errors import RevisionRequired
from dateline.ports.ledger.submissions import Submission, Submissions
from dateline.ports.wakeup import Lane
from dateline_indexer.front_recorder import FrontRecorder
from fakes.wakeup import CountingWakeUp
from unit.web.documents import story

SIX = datetime(2026, 12, 5, 18, tzinfo=UTC)


@dataclass
class Records:
    """A ledger that only takes."""

    taken: list[Submission] = field(default_factory=list)

    def submit(self, submission: Submission) -> None:
        if any(one.item_id == submission.item_id for one in self.taken):
            raise RevisionRequired("name the revision")
        self.taken.append(submission)

    @property
    def leads(self) -> list[str]:
        records = [from_payload(FrontRecord, one.payload) for one in self.taken]
        return [one.lead.headline if one.lead else "" for one in records]


class Clock:
    """A time that is set."""

    now = SIX

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def index(tmp_path: Path) -> Iterator[EmbeddedIndex]:
    opened = EmbeddedIndex(tmp_path / "index", ZoneInfo("Europe/Minsk"))
    opened.ensure()
    yield opened
    opened.close()


def recorder(records: Records, index: EmbeddedIndex, clock: Clock) -> FrontRecorder:
    return FrontRecorder(cast(Submissions, records), index, CountingWakeUp(), clock)


def lead(headline: str, **more: Any) -> Any:
    return story(headline, summary="In short.", published_at=SIX, **more)


def test_what_readers_see_otherwise_is_recorded_once(index: EmbeddedIndex) -> None:
    records, clock = Records(), Clock()
    watching = recorder(records, index, clock)
    assert not watching.work()
    index.put([lead("Bridge opens", id="a")])
    assert watching.work()
    clock.now += timedelta(seconds=5)
    assert not watching.work()
    clock.now += timedelta(minutes=5)
    line = BreakingLine(text="Fire.", until=clock.now + timedelta(minutes=1))
    index.put([FrontDocument(id=placement_id("home"), version=1, page="home", placement=Placement(breaking=line))])
    assert watching.work()
    clock.now += timedelta(minutes=2)
    assert watching.work()
    index.put([lead("Bridge is open", id="a", revision=2, version=2)])
    clock.now += timedelta(seconds=1)
    assert watching.work()
    assert records.leads == ["Bridge opens", "Bridge opens", "Bridge opens", "Bridge is open"]
    assert [from_payload(FrontRecord, one.payload).breaking for one in records.taken] == ["", "Fire.", "", ""]
    assert records.taken[0].item_id == "front:home:20261205T180000Z"


def test_another_worker_begins_where_the_index_is(index: EmbeddedIndex) -> None:
    records, clock = Records(), Clock()
    index.put([lead("Bridge opens", id="a")])
    recorder(records, index, clock).work()
    record = from_payload(FrontRecord, records.taken[0].payload)
    index.put([FrontDocument(id=str(records.taken[0].item_id), version=1, page="home", at=record.at, record=record)])
    clock.now += timedelta(seconds=5)
    assert not recorder(records, index, clock).work()


def test_two_workers_in_one_second_record_it_once(index: EmbeddedIndex) -> None:
    records, clock = Records(), Clock()
    index.put([lead("Bridge opens", id="a")])
    first, second = recorder(records, index, clock), recorder(records, index, clock)
    assert first.work()
    second.work()
    clock.now += timedelta(seconds=5)
    assert not second.work()
    assert len(records.taken) == 1


def test_the_front_of_a_leap_day_goes_first(index: EmbeddedIndex) -> None:
    records, clock = Records(), Clock()
    clock.now = datetime(2028, 2, 29, 12, tzinfo=UTC)
    index.put([lead("Bridge opens", id="a")])
    assert recorder(records, index, clock).work()
    assert records.taken[0].lane == Lane.LIVE
