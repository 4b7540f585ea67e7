"""A crash run: ``scripts/crash-run [--minutes 5]``. One JSON object on standard output, and status 1 when something is
lost, doubled or stale."""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections import Counter
from dataclasses import dataclass
from typing import Any, Final

import pytest

from crash.comparison import Follower, faults, quiet
from crash.house import House, house
from crash.kills import SHORT, WEIGHTS, Killer
from crash.reporters import Reporter
from servers.elastic import ElasticServer

REPORTERS: Final = 4
LONG_SECONDS: Final = 120.0
REINDEX_TRIES: Final = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """What a run did and found."""

    seconds: float
    quiet_after: float
    long_reads: int
    killed: Counter[str]
    sent: Counter[str]
    stories: int
    withdrawn: int
    changes: int
    faults: dict[str, list[str]]

    def as_json(self) -> dict[str, Any]:
        """For people and for records; faults are counted, and the first of each named."""
        found = {name: [len(some), *some[:3]] for name, some in self.faults.items() if some}
        return {
            "seconds": round(self.seconds), "quiet_after": round(self.quiet_after, 1), "long_reads": self.long_reads,
            "kills": self.killed.total(), "killed": dict(self.killed.most_common()), "sent": dict(self.sent),
            "stories": self.stories, "withdrawn": self.withdrawn, "changes": self.changes, "faults": found,
        }  # fmt: skip


def crash_run(seconds: float, seed: int, search: ElasticServer | None = None) -> Figures:
    """Kill for so long while four reporters write, wait until it is quiet, and compare. A ``search`` server that others
    use too is not killed in a short run: it hangs at most."""
    with house(search) as stands:
        reporters = [Reporter(stands.room, place, seed) for place in range(REPORTERS)]
        follower, killer = Follower(stands), Killer(stands, seed)
        stands.long_read.hold()
        for thread in (*reporters, follower):
            thread.start()
        killer.run(time.monotonic() + seconds, WEIGHTS if seconds > LONG_SECONDS else SHORT)
        for reporter in reporters:
            reporter.stop()
        waited = quiet(stands)
        _finish_reindex(stands)
        quiet(stands)
        follower.stop()
        promised = {item_id: one for reporter in reporters for item_id, one in reporter.promised.items()}
        found = faults(stands, promised, follower)
        found["refused"] = [line for reporter in reporters for line in reporter.refused]
        return Figures(
            seconds=seconds, quiet_after=waited, long_reads=stands.long_read.begun, killed=killer.killed,
            sent=sum((reporter.sent for reporter in reporters), Counter()), stories=len(promised),
            withdrawn=sum(one.withdrawn for one in promised.values()), changes=follower.mirror.after, faults=found,
        )  # fmt: skip


def _finish_reindex(stands: House) -> None:
    """What was begun and killed goes on, to its end; as its message says, it may have to be run once more."""
    if stands.reindex is None:
        return
    if stands.reindex.poll() is None:
        stands.reindex.kill()
        stands.reindex.communicate()
    for _ in range(REINDEX_TRIES):
        again = stands.command("index", "reindex")
        said, _ = again.communicate(timeout=400)
        if again.returncode == 0:
            return
    pytest.fail(said)


def main() -> None:
    parser = argparse.ArgumentParser(prog="crash-run", description=__doc__)
    parser.add_argument("--minutes", type=float, default=5.0, help="how long everything is killed (5)")
    parser.add_argument("--seed", type=int, default=int(time.time()), help="the same kills again")
    options = parser.parse_args()
    print(f"crash-run: seed {options.seed}", file=sys.stderr)
    figures = crash_run(options.minutes * 60, options.seed)
    print(json.dumps(figures.as_json() | {"seed": options.seed}, ensure_ascii=False))
    sys.exit(any(figures.faults.values()))


if __name__ == "__main__":
    main()
