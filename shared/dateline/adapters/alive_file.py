"""An empty file whose time says when a Celery process last went round: who watches it needs no remote control."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from typing import Any, ClassVar, Final

from celery import Celery, bootsteps

ALIVE_SECONDS: Final = 5.0


def say_alive(path: Path) -> None:
    """Give the file this time."""
    with suppress(OSError):  # a full disk stops no clock
        path.touch()


def keep_alive_file(app: Celery, path: Path) -> None:
    """Let the workers of ``app`` leave the file at ``path``. They don't while the broker is away."""

    class SayAlive(bootsteps.StartStopStep):  # type: ignore[misc]
        """The step of a worker's start that does so, with its timer."""

        requires: ClassVar = {"celery.worker.components:Timer"}

        def start(self, worker: Any) -> None:
            """Begin with the worker's timer."""
            worker.timer.call_repeatedly(ALIVE_SECONDS, say_alive, (path,))

    app.steps["worker"].add(SayAlive)
