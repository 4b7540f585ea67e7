"""Starts the processes of a newsroom in order, starts again what dies, and ends all of them within ten seconds."""

from __future__ import annotations

import os
import select
import signal
import sys
import time
from collections.abc import Iterable
from types import FrameType, TracebackType
from typing import Final, Self

from dateline.errors import CannotStart
from dateline.supervisor.pdeathsig import adopt_orphans
from dateline.supervisor.process import Process

STOP_SECONDS: Final = 7.0
"""How long processes may take to end by themselves; then they are killed. The ledger's leases survive that."""
MOST_FAILED_STARTS: Final = 3
"""Deaths in a row of a process that was never ready, after which the newsroom doesn't start."""
_TICK: Final = 0.05
_SIGNALS: Final = (signal.SIGTERM, signal.SIGINT, signal.SIGHUP)


class Stopped(Exception):
    """Somebody asked the newsroom to stop."""


class Supervisor:
    """A context: when the block ends, for whatever reason, no process of it is left.

    Its methods raise ``Stopped`` when SIGTERM, SIGINT or SIGHUP came.
    """

    def __init__(self) -> None:
        self._groups: list[list[Process]] = []
        self._stopping = False
        self._signal_pipe: tuple[int, int] = os.pipe()
        self._previous_handlers: dict[int, object] = {}

    def __enter__(self) -> Self:
        adopt_orphans()
        for end in self._signal_pipe:
            os.set_blocking(end, False)
        signal.set_wakeup_fd(self._signal_pipe[1], warn_on_full_buffer=False)
        for number in _SIGNALS:
            self._previous_handlers[number] = signal.signal(number, self._ask_to_stop)
        self._previous_handlers[signal.SIGCHLD] = signal.signal(signal.SIGCHLD, lambda number, frame: None)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._end_all()
        for number, handler in self._previous_handlers.items():
            signal.signal(number, handler)  # type: ignore[arg-type]
        signal.set_wakeup_fd(-1)
        for end in self._signal_pipe:
            os.close(end)

    def start(self, processes: Iterable[Process]) -> None:
        """Start processes and keep them running. Those started first are ended last."""
        group = list(processes)
        self._groups.append(group)
        for process in group:
            process.start()

    def wait_until_ready(self, processes: Iterable[Process], seconds: float) -> None:
        """Return when each is ready. Raises ``CannotStart`` when one isn't within ``seconds``, or dies too often."""
        waiting = list(processes)
        deadline = time.monotonic() + seconds
        while waiting := [process for process in waiting if not process.ready()]:
            if time.monotonic() > deadline:
                names = ", ".join(process.name for process in waiting)
                raise CannotStart(f"{names}: not ready after {seconds:.0f} s; the logs in the data folder say why")
            self._tick()
            for process in waiting:
                if process.failed_starts >= MOST_FAILED_STARTS:
                    said = process.last_lines()
                    raise CannotStart(
                        f"{process.name} ended {MOST_FAILED_STARTS} times at its start; its last lines:{said}"
                    )

    def run_once(self, process: Process) -> int:
        """Run a process to its end, and give its exit status. The others are watched meanwhile."""
        group = [process]
        process.start()
        self._groups.append(group)
        try:
            while process.status is None:
                self._tick(watched_by_caller=process)
            return process.status
        finally:
            process.kill()
            self._groups.remove(group)

    def watch(self) -> None:
        """Watch until ``Stopped``."""
        while True:
            self._tick(most=0.2)

    def try_ready(self, process: Process, seconds: float) -> bool:
        """Whether ``process`` is ready within ``seconds``; it isn't started again when it dies."""
        deadline = time.monotonic() + seconds
        while not process.ready():
            if process.dead or time.monotonic() > deadline:
                return False
            self._tick(watched_by_caller=process)
        return True

    def drop(self, process: Process) -> None:
        """End one and watch it no longer."""
        process.kill()
        self._groups = [[one for one in group if one is not process] for group in self._groups]

    def _tick(self, *, watched_by_caller: Process | None = None, most: float = _TICK) -> None:
        """Wait a moment, or for a signal; see to what died, and to what wrote much."""
        select.select([self._signal_pipe[0]], [], [], most)
        while select.select([self._signal_pipe[0]], [], [], 0)[0]:
            os.read(self._signal_pipe[0], 512)
        if self._stopping:
            raise Stopped
        for process in (one for group in self._groups for one in group if one is not watched_by_caller):
            if process.dead:
                status = process.status
                pause = process.schedule_restart()
                print_line(f"{process.name} ended ({_exit_reason(status)}); starting it again in {pause:.1f} s")
            elif process.restart_due:
                process.start()
            process.rotate_log()

    def _ask_to_stop(self, number: int, frame: FrameType | None) -> None:
        self._stopping = True

    def _end_all(self) -> None:
        deadline = time.monotonic() + STOP_SECONDS
        for group in reversed(self._groups):
            for process in group:
                process.terminate()
            while any(process.alive for process in group) and time.monotonic() < deadline:
                time.sleep(0.02)
            for process in group:
                process.kill()


def print_line(line: str) -> None:
    """One line to the operator."""
    print(f"dateline: {line}", file=sys.stderr, flush=True)


def _exit_reason(status: int | None) -> str:
    if status is None or status >= 0:
        return f"exit status {status}"
    return f"by {signal.Signals(-status).name}"
