"""How long a reporter waits: 200 stories at 20 a second through a real newsroom, from the 202 until web finds them.

Median and 99th percentile as readers see it (asked of web every few milliseconds), and the most memory that all
processes took together (PSS: shared pages count once).
"""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from statistics import median, quantiles
from threading import Event, Thread
from typing import Final

from bench._report import report
from bench._stories import submissions
from servers.newsroom import Newsroom, newsroom

STORIES: Final = 200
A_SECOND: Final = 20
MEDIAN_LIMIT: Final = 0.5
MEMORY_LIMIT: Final = 500
MEGABYTE: Final = 1024 * 1024


class Memory(Thread):
    """Looks at the newsroom's memory twice a second."""

    def __init__(self, room: Newsroom) -> None:
        super().__init__(daemon=True)
        self._room = room
        self._over = Event()
        self.peak = 0

    def run(self) -> None:
        """Until ``stop``."""
        while not self._over.wait(0.5):
            self.peak = max(self.peak, self._room.memory())

    def stop(self) -> int:
        """The peak in bytes."""
        self._over.set()
        self.join()
        return self.peak


class Arrivals(Thread):
    """Asks web for the newest stories, and notes when each was first found."""

    def __init__(self, room: Newsroom) -> None:
        super().__init__(daemon=True)
        self._room = room
        self.seen: dict[str, float] = {}

    def run(self) -> None:
        """Until all are seen."""
        while len(self.seen) < STORIES:
            found = self._room.read("/v1/search?sort=newest&limit=100").body["items"]
            now = time.monotonic()
            for item in found:
                self.seen.setdefault(item["id"], now)
            time.sleep(0.005)


def paced(count: int, a_second: float) -> Iterator[int]:
    """Numbers, at a steady pace."""
    started = time.monotonic()
    for number in range(count):
        time.sleep(max(0.0, started + number / a_second - time.monotonic()))
        yield number


def main() -> None:
    """Run it and print two lines."""
    stories = list(submissions(STORIES))
    with newsroom("--empty") as room:
        memory, arrivals = Memory(room), Arrivals(room)
        memory.start()
        arrivals.start()
        accepted: dict[str, float] = {}
        for number in paced(STORIES, A_SECOND):
            accepted[room.submit(stories[number]).body["id"]] = time.monotonic()
        arrivals.join(timeout=60)
        peak = memory.stop() / MEGABYTE
        if len(arrivals.seen) < STORIES:
            sys.exit(f"only {len(arrivals.seen)} of {STORIES} stories arrived")
    waits = sorted(max(0.0, arrivals.seen[item_id] - at) for item_id, at in accepted.items())
    report(
        "submit-to-searchable",
        ours=median(waits),
        limit=MEDIAN_LIMIT,
        unit="s, median",
        p99=quantiles(waits, n=100)[98],
    )
    report("submit-to-searchable-memory", ours=peak, limit=MEMORY_LIMIT, unit="MB of all processes, peak PSS")


if __name__ == "__main__":
    main()
