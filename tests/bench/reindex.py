"""Reindexing 10,000 stories while 500 arrive: how long it takes, and how many of the searches meanwhile failed."""

from __future__ import annotations

import time
from typing import Final

from bench._report import report
from e2e.test_reindex_under_load import LEASE_SECONDS, PREFIX, Readers, Reporters, dateline, load, total
from servers.elastic import elasticsearch
from servers.newsroom import newsroom

STORIES: Final = 10_000
ARRIVING: Final = 500


def main() -> None:
    environ = {"DATELINE_SEARCH_PREFIX": PREFIX, "DATELINE_LEASE_SECONDS": LEASE_SECONDS}
    with elasticsearch() as server, newsroom("--empty", "--search", server.url, environ=environ) as room:
        load(room, STORIES)
        readers, reporters = Readers(room), Reporters(room, ARRIVING)
        readers.start()
        reporters.start()
        started = time.perf_counter()
        run = dateline(room, server.url, "index", "reindex")
        said, _ = run.communicate(timeout=600)
        seconds = time.perf_counter() - started
        assert run.returncode == 0, said
        reporters.join()
        room.wait_for(lambda: total(room) == STORIES + ARRIVING, "old and new stories are all there")
        readers.stop()
        checked = dateline(room, server.url, "index", "check")
        said, _ = checked.communicate(timeout=300)
        assert checked.returncode == 0, said
    report(
        "reindex", ours=seconds, limit=None, unit="s", stories=STORIES, arriving=ARRIVING, lost=0,
        searches=readers.searches, searches_failed_or_fewer=len(readers.wrong),
    )  # fmt: skip


if __name__ == "__main__":
    main()
