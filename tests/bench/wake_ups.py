"""Whether a worker hoards: 20,000 wake-ups to one worker whose connections to Redis are broken twenty times.

With late acknowledgement the messages that a worker holds must be those that it works on: what it hoards is waiting
for nobody, and the queue's length, as ``/metrics`` tells it, is too short.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from bench._report import report
from dateline.adapters.ledger import open_sql_ledger
from servers.draining import drain
from servers.redis import redis_server

MESSAGES: Final = int(os.environ.get("MESSAGES", "20000"))
BREAKS: Final = 20


def main() -> None:
    """Print the most that was held at a time, beside what may be."""
    with redis_server() as server, TemporaryDirectory(prefix="dateline-bench-") as name:
        ledger = open_sql_ledger(f"sqlite:///{Path(name) / 'ledger.sqlite'}")
        ledger.migrate()
        ledger.close()
        started: list[subprocess.Popen[bytes]] = []

        def start_worker() -> None:
            environ = os.environ | {"DATELINE_DATA": name, "DATELINE_BROKER": server.url}
            line = [sys.executable, "-m", "celery", "-A", "dateline_indexer.worker", "worker", "--concurrency=1",
                    "--queues=live,bulk,retag", "--without-gossip", "--without-mingle", "--loglevel=error"]  # fmt: skip
            started.append(subprocess.Popen(line, env=environ, stdout=sys.stderr))

        begun = time.monotonic()
        try:
            drained = drain(server.url, messages=MESSAGES, breaks=BREAKS, start_worker=start_worker)
        finally:
            for worker in started:
                worker.terminate()
                worker.wait()
        report(
            "wake-ups", ours=drained.most_held, limit=1, unit="messages held at most", sent=drained.sent,
            connections_broken=drained.broken,
            seconds=round(time.monotonic() - begun, 1),
        )  # fmt: skip


if __name__ == "__main__":
    main()
