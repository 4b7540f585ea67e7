"""How much memory ``dateline bulk`` takes for 100,000 stories, beside 10,000: the most that its process ever had.

It sends to an ingest service on SQLite. Every thousandth line is refused, so that the report is written too.
"""

from __future__ import annotations

import json
import logging
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

import structlog

from bench._report import report
from bench._stories import submissions
from dateline.bootstrap import open_ledger
from dateline.settings import read_settings
from dateline_ingest.app import create_app
from fakes.wakeup import CountingWakeUp
from fakes.words import FewWords
from servers.served import served

FEW: Final = 10_000
MANY: Final = 100_000
REFUSED_EACH: Final = 1_000


@contextmanager
def service(folder: Path) -> Iterator[dict[str, str]]:
    """The environment of a command that speaks to an ingest service of its own."""
    settings = read_settings({}, data=str(folder))
    with closing(open_ledger(settings)) as ledger:
        ledger.migrate()
        token, _ = ledger.create_token("bench", "editor")
        app = create_app(
            settings, ledger=ledger, wakeup=CountingWakeUp(), vocabulary=FewWords(), queue_lengths=lambda: {}
        )
        with served(app) as address:
            yield {**os.environ, "DATELINE_INGEST": address, "DATELINE_TOKEN": token}


def write_stories(path: Path, count: int) -> Path:
    """A file of stories, a line each; one in a thousand has no text."""
    with path.open("w") as file:
        for number, story in enumerate(submissions(count, turn=count), start=1):
            refused = number % REFUSED_EACH == 0
            line = {"headline": story["headline"]} if refused else {**story, "section": ""}
            file.write(f"{json.dumps({name: value for name, value in line.items() if value != ''})}\n")
    return path


def sent(stories: Path, count: int, environ: dict[str, str]) -> tuple[int, float]:
    """The most memory in bytes, and the seconds, that sending them took."""
    begun = time.monotonic()
    command = [sys.executable, "-m", "dateline.cli", "bulk", str(stories), "--json", "--report", f"{stories}.refused"]
    with stories.with_suffix(".json").open("w+") as output:
        child = subprocess.Popen(command, env=environ, stdout=output)
        usage = os.wait4(child.pid, 0)[2]
        child.returncode = 0
        output.seek(0)
        summary = json.load(output)
    assert (summary["taken"], summary["refused"]) == (count - count // REFUSED_EACH, count // REFUSED_EACH), summary
    return usage.ru_maxrss * 1024, time.monotonic() - begun


def main() -> None:
    """Print the most memory for many, beside that for few."""
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.WARNING))
    logging.getLogger("werkzeug").setLevel(logging.WARNING)
    with TemporaryDirectory(prefix="dateline-bench-") as name, service(Path(name)) as environ:
        few, _ = sent(write_stories(Path(name) / "few.ndjson", FEW), FEW, environ)
        many, seconds = sent(write_stories(Path(name) / "many.ndjson", MANY), MANY, environ)
    report(
        "bulk", ours=many / 1e6, ratio=many / few, limit=1.2, unit="MB at most; its ratio to a tenth of the lines",
        lines=MANY, lines_a_second=round(MANY / seconds),
    )  # fmt: skip


if __name__ == "__main__":
    main()
