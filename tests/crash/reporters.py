"""Reporters who write, correct and withdraw all the time, and keep what they were promised."""

from __future__ import annotations

import random
import time
from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from threading import Event, Thread
from typing import Any, Final
from uuid import uuid4

from servers.newsroom import Answer, Newsroom, Story

PAUSE: Final = 0.05
BEFORE_REPEAT: Final = 0.2
NOT_NOW: Final = frozenset({0, 429, 502, 503})
"""No answer, or one that asks to come again: the same is sent once more, under the same key."""
FIRST_DAY: Final = datetime(2019, 1, 1, 9, tzinfo=UTC)
EMBARGOES: Final = 10
"""One of so many stories is held for some seconds."""


@dataclass(slots=True)
class Promised:
    """What a 202 said of a story: its newest revision, and whether readers still get it."""

    number: int
    revision: int = 1
    withdrawn: bool = False

    @property
    def headline(self) -> str:
        """What readers get in the end."""
        return f"Item {self.number} as of revision {self.revision}"


@dataclass
class Reporter(Thread):
    """Writes until it is told to stop; all stories are its own, so nothing but a crash can stand in its way."""

    room: Newsroom
    place: int
    seed: int
    promised: dict[str, Promised] = field(default_factory=dict)
    sent: Counter[str] = field(default_factory=Counter)
    refused: list[str] = field(default_factory=list)
    over: Event = field(default_factory=Event)

    def __post_init__(self) -> None:
        super().__init__(daemon=True)
        self._rng = random.Random(self.seed * 1000 + self.place)
        self._written = 0

    __hash__ = Thread.__hash__

    def run(self) -> None:
        while not self.over.wait(PAUSE):
            stands = [item_id for item_id, one in self.promised.items() if not one.withdrawn]
            what = self._rng.random()
            if what < 0.6 or not stands:
                self._submit()
            elif what < 0.9:
                self._correct(self._rng.choice(stands))
            else:
                self._withdraw(self._rng.choice(stands))

    def stop(self) -> None:
        """Finish what is being sent."""
        self.over.set()
        self.join(timeout=120)
        assert not self.is_alive()

    def _submit(self) -> None:
        one = Promised(self.place + 10 * self._written)
        self._written += 1
        answer = self._send("POST", "/v1/stories", self._story(one))
        if answer.status == 202:
            self.promised[answer.body["id"]] = one

    def _correct(self, item_id: str) -> None:
        one = self.promised[item_id]
        story = self._story(Promised(one.number, one.revision + 1)) | {"embargo_until": None, "note": "Counted again."}
        if self._send("PUT", f"/v1/stories/{item_id}", story, one.revision).status == 202:
            one.revision += 1

    def _withdraw(self, item_id: str) -> None:
        one = self.promised[item_id]
        if self._send("DELETE", f"/v1/stories/{item_id}", {"note": "It was wrong."}, one.revision).status == 202:
            one.revision, one.withdrawn = one.revision + 1, True

    def _send(self, method: str, path: str, body: Story, revision: int | None = None) -> Answer:
        """Send it until it is answered; the key makes a repeat harmless."""
        headers = {"Idempotency-Key": uuid4().hex} | ({"If-Match": f'"{revision}"'} if revision else {})
        while True:
            answer = self.room.ask(method, path, body, **headers)
            self.sent["repeated" if answer.status in NOT_NOW else method] += 1
            if answer.status not in NOT_NOW:
                break
            time.sleep(BEFORE_REPEAT)
        if answer.status != 202:
            self.refused.append(f"{method} {path}: {answer.status} {answer.body}")
        return answer

    def _story(self, one: Promised) -> Story:
        """A text of which a correction changes the date as well."""
        day = FIRST_DAY + timedelta(days=self._rng.randrange(2500), minutes=one.number % 600)
        text = f"Town council item{one.number} was read. The vote of reading{one.revision} is recorded in Gomel."
        story: dict[str, Any] = {
            "headline": one.headline, "body_text": text, "section": "council", "published_at": day.isoformat(),
        }  # fmt: skip
        if one.revision == 1 and self._rng.randrange(EMBARGOES) == 0:
            story["embargo_until"] = (datetime.now(UTC) + timedelta(seconds=self._rng.randrange(2, 15))).isoformat()
        return story
