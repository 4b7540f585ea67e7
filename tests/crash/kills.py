"""What is killed, and how it comes back."""

from __future__ import annotations

import random
import sys
import time
from collections import Counter
from collections.abc import Callable
from typing import Final

import psutil
import psycopg

from crash.house import House

PAUSES: Final = (0.2, 2.0)
"""Seconds between two kills, at least and at most."""
AWAY: Final = (0.2, 3.0)
"""Seconds that a server hangs or is gone."""
SEARCH_START_SECONDS: Final = 300.0

Kill = Callable[["Killer"], None]


class Killer:
    """Kills at random until a moment; the same seed kills the same things."""

    def __init__(self, house: House, seed: int) -> None:
        self.house = house
        self.rng = random.Random(seed)
        self.killed: Counter[str] = Counter()

    def run(self, until_moment: float, weights: dict[str, int]) -> None:
        """Kill what ``weights`` names, each so often; everything that was stopped has been started in the end."""
        names = list(weights)
        while time.monotonic() < until_moment:
            [name] = self.rng.choices(names, [weights[name] for name in names])
            print(f"crash-run: {name}", file=sys.stderr)
            KILLS[name](self)
            self.killed[name] += 1
            self.house.long_read.hold()
            time.sleep(self.rng.uniform(*PAUSES))

    def process(self, *words: str, child: bool = False) -> None:
        """kill -9 for one of the supervisor's processes, or for a child of one."""
        found = self.house.room.find(*words)
        if child:
            found = [below for one in found for below in _children(one)]
        if found:
            _kill(self.rng.choice(found))

    def away(self) -> None:
        """For a while, in which a worker dies too at times."""
        time.sleep(self.rng.uniform(*AWAY))
        if self.rng.random() < 0.5:
            self.process("dateline_indexer.worker", child=True)

    def newsroom(self) -> None:
        """All processes at once, and the same folder again."""
        self.house.room.kill_all()
        self.house.room.start()

    def hanging_broker(self) -> None:
        self.house.broker.pause()
        self.away()
        self.house.broker.go_on()

    def broker(self) -> None:
        self.house.broker.kill()
        self.away()
        self.house.broker.start()

    def ledger(self) -> None:
        self.house.ledger.stop()
        self.away()
        self.house.ledger.start()

    def backend(self, *, hard: bool) -> None:
        """One connection of PostgreSQL, by its own means or by kill -9, after which it starts all of them anew."""
        query = "SELECT pid FROM pg_stat_activity WHERE pid <> pg_backend_pid() AND backend_type = 'client backend'"
        with psycopg.connect(self.house.ledger.url, autocommit=True) as connection:
            pids = [row[0] for row in connection.execute(query)]
            if pids and not hard:
                connection.execute("SELECT pg_terminate_backend(%s)", (self.rng.choice(pids),))
        if pids and hard:
            _kill(psutil.Process(self.rng.choice(pids)))
            self._await_ledger()

    def _await_ledger(self) -> None:
        while True:
            try:
                psycopg.connect(self.house.ledger.url).close()
                return
            except psycopg.OperationalError:
                time.sleep(0.1)

    def hanging_search(self) -> None:
        self.house.search.pause()
        self.away()
        self.house.search.go_on()

    def search(self) -> None:
        self.house.search.kill()
        self.away()
        self.house.search.start()
        self.house.room.wait_for(
            lambda: self.house.room.read("/ready").status == 200, "the search server's start", SEARCH_START_SECONDS
        )

    def reindex(self) -> None:
        """Begin one, or kill the one that was begun."""
        if self.house.reindex is None or self.house.reindex.poll() is not None:
            self.house.reindex = self.house.command("index", "reindex")
        else:
            self.house.reindex.kill()
            self.house.reindex.communicate()


def _children(process: psutil.Process) -> list[psutil.Process]:
    try:
        return process.children(recursive=True)
    except psutil.NoSuchProcess:
        return []


def _kill(process: psutil.Process) -> None:
    try:
        process.kill()
    except psutil.NoSuchProcess:
        return


KILLS: Final[dict[str, Kill]] = {
    "worker": lambda killer: killer.process("dateline_indexer.worker", child=True),
    "worker and its children": lambda killer: killer.process("dateline_indexer.worker"),
    "media": lambda killer: killer.process("dateline_indexer.media", child=True),
    "beat": lambda killer: killer.process(" beat "),
    "ingest": lambda killer: killer.process("dateline_ingest", child=True),
    "ingest's parent": lambda killer: killer.process("dateline_ingest"),
    "web": lambda killer: killer.process("dateline_web"),
    "everything": Killer.newsroom,
    "redis hangs": Killer.hanging_broker,
    "redis": Killer.broker,
    "postgresql": Killer.ledger,
    "connection": lambda killer: killer.backend(hard=False),
    "backend": lambda killer: killer.backend(hard=True),
    "elasticsearch hangs": Killer.hanging_search,
    "elasticsearch": Killer.search,
    "reindex": Killer.reindex,
}

WEIGHTS: Final = dict.fromkeys(KILLS, 3) | {"worker": 8, "connection": 5, "everything": 1, "elasticsearch": 1}
SHORT: Final = {name: weight for name, weight in WEIGHTS.items() if name not in ("elasticsearch", "reindex")}
"""Without what takes longer to come back than a short run lasts."""
