"""A newsroom as one version makes it and works in it, run with that version's packages on the path.

``write FOLDER`` makes it, with items in every state, and says what readers must get of each in the end. ``work FOLDER``
writes and indexes in it as standard input says. A copy of this file stays with each version: it calls what that has.
"""

from __future__ import annotations

import json
import logging
import select
import sys
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any, Final

import structlog

from dateline.bootstrap import open_index, open_ledger
from dateline.domain.event import Event
from dateline.domain.payload import to_payload
from dateline.domain.story import Story
from dateline.domain.tag import TagRef
from dateline.domain.term import Term
from dateline.errors import Transient
from dateline.ports.ledger.claims import Quarantine
from dateline.ports.ledger.submissions import Idempotency, Submission
from dateline.ports.wakeup import Lane
from dateline.settings import read_settings
from dateline.tagging.live_vocabulary import LiveVocabulary
from dateline_indexer.pipeline import Pipeline
from dateline_indexer.used_terms import ensure_index

EDITOR: Final = "edda"
LEASE: Final = timedelta(seconds=3)
FAR: Final = datetime(2199, 1, 1, tzinfo=UTC)
ADDED: Final = TagRef(type="person", slug="ann-lee")
REMOVED: Final = TagRef(type="place", slug="gomel")
COUNCIL: Final = Term(type="section", slug="council", label="Council")


class Newsroom:
    """Ledger, index and a worker in this process. ``expected``: revision, and what readers get (None: nothing)."""

    def __init__(self, folder: Path, environ: dict[str, str]) -> None:
        settings = read_settings({"DATELINE_DATA": str(folder), **environ})
        self.ledger, self.index = open_ledger(settings), open_index(settings)
        self.pipeline = Pipeline(
            ledger=self.ledger, index=self.index, vocabulary=LiveVocabulary(self.ledger), zone=settings.timezone,
            lease=LEASE, worker="upgrade",
        )  # fmt: skip
        self.expected: dict[str, dict[str, Any]] = {}
        self.numbers: dict[str, int] = {}
        self.first = ""
        self.written = 0

    def close(self) -> None:
        """End all connections."""
        self.index.close()
        self.ledger.close()

    # --- writing ---
    def story(self, revision: int = 1, **more: Any) -> Submission:
        """A new one's, or the correction's of the story with this number."""
        number = more.pop("number", self.written)
        headline = f"Bridge {number} as of reading {revision}"
        story = Story(
            headline=headline,
            body_text=f"The bridge number{number} in Brest was looked at. Anna Kavalenka read it in Gomel, {revision}.",
            published_at=datetime(2024, 1, 1, 9, tzinfo=UTC) + timedelta(days=number % 300),
            section="council",
        )
        submission = Submission(
            kind="story", payload=to_payload(story), by=self.by, label=headline, section="council",
            new_terms=(COUNCIL,), idempotency=Idempotency(key=f"{number}-{revision}", digest=headline),
        )  # fmt: skip
        return replace(submission, **more)

    def submit(self, submission: Submission, *, seen: bool = True) -> str:
        """Put it on record; readers get its headline in the end where it is ``seen``, else what they got before."""
        receipt = self.ledger.submit(submission)
        before = self.expected.get(receipt.id, {}).get("headline")
        headline = submission.label if seen else before
        self.expected[receipt.id] = {"kind": receipt.kind, "revision": receipt.revision, "headline": headline}
        self.numbers.setdefault(receipt.id, self.written)
        self.written += submission.item_id is None
        return receipt.id

    def correct(self, item_id: str, revision: int = 1, *, seen: bool = True, **more: Any) -> None:
        """The next reading of a story."""
        story = self.story(
            revision + 1, number=self.numbers[item_id], item_id=item_id, action="correct", if_match=revision, **more
        )
        self.submit(story, seen=seen)

    def withdraw(self, kind: Any, item_id: str, revision: int = 1) -> None:
        """For good."""
        gone = Submission(
            kind=kind, payload={}, by=self.by, action="withdraw", item_id=item_id, if_match=revision, note="Wrong.",
        )  # fmt: skip
        self.submit(gone)
        self.expected[item_id]["headline"] = None

    def event(self, title: str, **more: Any) -> str:
        """An all-day one."""
        event = Event(title=title, start=date(2026, 7, 3), **more)
        return self.submit(Submission(kind="event", payload=to_payload(event), by=self.by, label=title))

    # --- the two commands ---
    def write(self) -> dict[str, Any]:
        """Make it: items in every state that an upgrade may find."""
        self.ledger.migrate()
        ensure_index(self.index)
        _, self.by = self.ledger.create_token(EDITOR, "editor")
        ids = [self.submit(self.story()) for _ in range(20)]
        self.event("Fair", rrule="FREQ=WEEKLY;COUNT=3")
        off = self.event("Off")
        self.submit(self.story(embargo_until=FAR), seen=False)
        self.pipeline.work()
        for item_id in ids[:4]:
            self.correct(item_id, note="Counted again.")
        self.correct(ids[4], embargo_until=FAR, seen=False)
        self.withdraw("story", ids[5])
        self.withdraw("event", off)
        self.ledger.set_editor_tags(ids[6], [ADDED], [REMOVED], self.by)
        self.pipeline.work()
        self.correct(ids[0], 2, note="And again.")
        self.pipeline.work()
        self.ledger.show_difference(ids[0], 2, "hidden", "asked for", self.by)
        self.ledger.erase(ids[7], "asked for", self.by)
        self.expected[ids[7]] = {"kind": "story", "revision": 2, "headline": None}
        self.pipeline.work()
        self._quarantine()
        self._leave_undone(ids)
        return self.expected

    def _quarantine(self) -> None:
        refused = self.submit(self.story())
        [claimed] = self.ledger.claim(worker="upgrade", lease=LEASE)
        self.ledger.mark([Quarantine(claimed=claimed, stage="index", reason="400")])
        self.expected[refused] = {"kind": "story", "revision": 1, "headline": None}

    def _leave_undone(self, ids: list[str]) -> None:
        """What a worker died of, what waits, and what waits behind it."""
        self.correct(ids[8], note="Nobody marked it.")
        self.submit(self.story())
        assert len(self.ledger.claim(worker="dead", lease=LEASE)) == 2
        self.correct(ids[9], note="Nobody claimed it.")
        self.withdraw("story", ids[10])
        self.submit(self.story())
        self.submit(self.story(lane=Lane.BULK))
        self.ledger.make_due(ids[11:15], Lane.RETAG)

    def sign_in(self) -> None:
        """As the editor of a newsroom that was made before."""
        found = self.ledger.live_token(EDITOR)
        assert found is not None
        self.by = found

    def work(self) -> dict[str, Any]:
        """Write and index until told to ``end``; after ``wait`` comes nothing before the next line. It says what it
        has promised: how many stories, a line each."""
        self.sign_in()
        self.written = 1000
        while (order := _order()) != "end":
            if order == "wait":
                sys.stdin.readline()
            try:
                self.turn()
            except Transient as away:
                print(f"later: {away}", file=sys.stderr)
            print(len(self.expected), flush=True)
        return self.expected

    def turn(self) -> None:
        """A story, at times with a correction or a withdrawal, and what a worker does then. Raises ``Transient``.

        The first story is corrected again and again: a correction of what the other version indexed.
        """
        item_id = self.submit(self.story())
        first = self.first = self.first or item_id
        if self.written % 2:
            self.correct(first, self.expected[first]["revision"])
        if self.written % 3 == 0 and item_id != first:
            self.correct(item_id, note="Counted again.")
        if self.written % 7 == 0 and item_id != first:
            self.withdraw("story", item_id, self.expected[item_id]["revision"])
        self.pipeline.work()


def _order() -> str:
    """The next line, where there is one."""
    return sys.stdin.readline().strip() if select.select([sys.stdin], [], [], 0.02)[0] else ""


def main(command: str, folder: str, environ: str) -> None:
    """``environ``: settings as a JSON object."""
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.ERROR))
    room = Newsroom(Path(folder), json.loads(environ))
    print(json.dumps(room.write() if command == "write" else room.work()), flush=True)
    room.close()


if __name__ == "__main__":
    main(*sys.argv[1:])
