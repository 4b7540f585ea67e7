"""One supervised process: started in a group of its own, restarted with backoff, ended without a trace."""

from __future__ import annotations

import os
import signal
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Final

from dateline.supervisor.log_file import LogFile
from dateline.supervisor.pdeathsig import die_with_parent

_MAX_BACKOFF: Final = 10.0
_MIN_BACKOFF: Final = 0.2
_STABLE_SECONDS: Final = 10.0
_REAP_SECONDS: Final = 1.0

Ready = Callable[[], bool]


class Process:
    """A process of the newsroom. ``ready`` tells whether it can do its work; ``log`` is where its output goes.

    Without a ``log`` it writes where the supervisor writes. ``failed_starts`` is how often in a row it died soon after
    it was started.
    """

    def __init__(
        self, name: str, command: Sequence[str], environ: Mapping[str, str], *, log: Path | None, ready: Ready
    ) -> None:
        self.name = name
        self.ready = ready
        self._command = command
        self._environ = environ
        self._log = LogFile(log) if log is not None else None
        self._popen: subprocess.Popen[bytes] | None = None
        self._started = 0.0
        self._backoff = 0.0
        self._restart_at = 0.0
        self.failed_starts = 0

    @property
    def alive(self) -> bool:
        """Whether it runs, stopped or not."""
        return self._popen is not None and self._popen.poll() is None

    @property
    def status(self) -> int | None:
        """The exit status of the last run, negative for a signal; None while it runs."""
        return self._popen.poll() if self._popen else None

    @property
    def pid(self) -> int:
        """Its process id, which is its group's too."""
        return self._popen.pid if self._popen else 0

    def start(self) -> None:
        """Run it."""
        self.rotate_log()
        output = self._log.open() if self._log is not None else None
        try:
            self._popen = subprocess.Popen(
                self._command,
                env=dict(self._environ),
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
                start_new_session=True,
                preexec_fn=die_with_parent(os.getpid()),
            )
        finally:
            if output is not None:
                os.close(output)
        self._started = time.monotonic()

    def schedule_restart(self) -> float:
        """Take away what is left of its group; returns after how many seconds it will be started again."""
        self._end_group()
        lived = time.monotonic() - self._started
        self.failed_starts = 0 if lived > _STABLE_SECONDS else self.failed_starts + 1
        self._backoff = (
            _MIN_BACKOFF if lived > _STABLE_SECONDS else min(_MAX_BACKOFF, self._backoff * 2 or _MIN_BACKOFF)
        )
        self._restart_at = time.monotonic() + self._backoff
        self._popen = None
        return self._backoff

    @property
    def dead(self) -> bool:
        """Whether it ended and nobody noted it yet."""
        return self._popen is not None and self._popen.poll() is not None

    @property
    def restart_due(self) -> bool:
        """Whether it is time to start it again."""
        return self._popen is None and time.monotonic() >= self._restart_at

    def last_lines(self) -> str:
        """What it wrote last and where the rest is, for an operator; nothing where it writes to the supervisor's."""
        return f"\n{self._log.last_lines()}\nThe whole log: {self._log.path}" if self._log is not None else ""

    def rotate_log(self) -> None:
        """Put its log aside when it has become large."""
        if self._log is not None:
            self._log.rotate()

    def terminate(self) -> None:
        """Ask it to end; a stopped one (SIGSTOP) too."""
        if self.alive:
            with suppress(ProcessLookupError):
                os.kill(self.pid, signal.SIGTERM)
            self._signal_group(signal.SIGCONT)

    def kill(self) -> None:
        """End it and all that it started."""
        if self._popen is not None:
            self._signal_group(signal.SIGKILL)
            self._popen.wait()
            self._end_group()

    def _end_group(self) -> None:
        """Kill what the leader left, and see it end: the supervisor has adopted it."""
        self._signal_group(signal.SIGKILL)
        deadline = time.monotonic() + _REAP_SECONDS
        with suppress(ChildProcessError):
            while self.pid and time.monotonic() < deadline:
                if os.waitpid(-self.pid, os.WNOHANG) == (0, 0):
                    time.sleep(0.01)

    def _signal_group(self, number: int) -> None:
        if self.pid:
            with suppress(ProcessLookupError, PermissionError):
                os.killpg(self.pid, number)
