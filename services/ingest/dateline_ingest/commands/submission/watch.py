"""Watching a folder: its files are submitted when they are written whole, whatever is away meanwhile."""

from __future__ import annotations

import os
import signal
import stat
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from threading import Event
from types import FrameType
from typing import Final

import click
from watchdog.events import FileSystemEvent, FileSystemEventHandler
from watchdog.observers import Observer

from dateline_ingest.commands.client import Refused
from dateline_ingest.commands.submission.folder import (
    REFUSED_SUFFIX,
    FolderSubmission,
    Outcome,
    printable,
    read_file,
    story_files,
)

PAUSES: Final = (1, 2, 4, 8, 15, 30)
"""Seconds between the tries while the service is away; the last one from then on."""
RESCAN_SECONDS: Final = 10
"""How long a change may go unnoticed of which the system told nothing: on a network's drive, say."""
LOOKS_APART: Final = 0.1
"""Seconds from one look to the next, however much is written meanwhile."""


@dataclass(frozen=True, slots=True)
class Version:
    """By what a file's change is known."""

    size: int
    modified: int


@dataclass(slots=True)
class Seen:
    """A file as it was last seen: since when it is like that, and whether it was dealt with."""

    version: Version
    since: float
    done: bool = False


@dataclass(slots=True, kw_only=True)
class FolderWatch:
    """Submits what appears in a folder. A file is whole when it didn't change for ``settle`` seconds.

    A refused file gets a note beside it.
    """

    submission: FolderSubmission
    told: Callable[[Outcome], None]
    settle: float
    clock: Callable[[], float] = time.monotonic
    _files: dict[Path, Seen] = field(default_factory=dict, init=False)
    _failures: int = field(default=0, init=False)
    _try_at: float = field(default=0.0, init=False)
    _woken: Event = field(default_factory=Event, init=False)
    _ending: Event = field(default_factory=Event, init=False)

    def run(self) -> None:
        """Watch until SIGTERM or SIGINT; what is being sent then is sent.

        Raises ``Refused`` for a wrong token, or a folder in which nothing can be written.
        """
        try:
            with self._ended_by_signals(), self._observed():
                while not self._ending.is_set():
                    self._woken.clear()
                    wait = self.look()
                    if not self._ending.is_set():
                        self._woken.wait(wait)
                    self._ending.wait(LOOKS_APART)
        except OSError as error:
            raise Refused(str(error)) from None

    def look(self) -> float:
        """Deal with the files that are whole; in how many seconds to look again, if nothing happens before."""
        folder = self.submission.folder
        if not folder.is_dir():
            raise Refused(f"The folder {folder} is gone.")
        found = {path: version for path in story_files(folder, self.submission.done) if (version := _version(path))}
        for path in self._files.keys() - found.keys():
            del self._files[path]
            _note(path).unlink(missing_ok=True)
        for path, version in found.items():
            if path not in self._files or self._files[path].version != version:
                self._files[path] = Seen(version, self.clock())
        waits = [
            wait for path in found if not self._ending.is_set() and (wait := self._deal_with(path, self._files[path]))
        ]
        return min([RESCAN_SECONDS, *waits])

    def _deal_with(self, path: Path, seen: Seen) -> float:
        """Submit a file if it is whole; else in how many seconds it may be."""
        wait = max(seen.since + self.settle, self._try_at) - self.clock()
        if seen.done or wait > 0:
            return 0 if seen.done else wait
        try:
            data = read_file(path)
        except OSError as error:
            return self._finish(path, seen, Outcome(path=printable(path.name), status="refused", detail=str(error)))
        if _version(path) != seen.version:
            return self.settle or 1
        try:
            outcome = self.submission.submit(path, data)
        except Refused as refused:
            return self._failed(refused)
        self._failures = 0
        return self._finish(path, seen, outcome)

    def _failed(self, refused: Refused) -> float:
        if not refused.may_pass:
            raise refused
        if not self._failures:
            click.echo(f"dateline: {refused.message}; trying again until it is taken", err=True)
        wait = max(PAUSES[min(self._failures, len(PAUSES) - 1)], refused.retry_after)
        self._failures += 1
        self._try_at = self.clock() + wait
        return wait

    def _finish(self, path: Path, seen: Seen, outcome: Outcome) -> float:
        seen.done = True
        note = _note(path)
        if outcome.status == "refused":
            _write_note(path, outcome.detail)
        else:
            note.unlink(missing_ok=True)
        if outcome.status != "unchanged":
            self.told(outcome)
        return 0

    @contextmanager
    def _ended_by_signals(self) -> Iterator[None]:
        before = {name: signal.getsignal(name) for name in (signal.SIGTERM, signal.SIGINT)}

        def restore() -> None:
            for name, handler in before.items():
                signal.signal(name, handler)

        def end(number: int, frame: FrameType | None) -> None:
            self._ending.set()
            self._woken.set()
            restore()  # a second one doesn't wait for an answer

        for name in before:
            signal.signal(name, end)
        try:
            yield
        finally:
            restore()

    @contextmanager
    def _observed(self) -> Iterator[None]:
        """The system wakes the watch; where it can't, the watch looks by itself."""
        woken = self._woken

        class Waker(FileSystemEventHandler):
            def on_any_event(self, event: FileSystemEvent) -> None:
                if event.event_type not in ("opened", "closed_no_write"):
                    woken.set()

        observer = Observer()
        observer.schedule(Waker(), str(self.submission.folder), recursive=True)
        try:
            observer.start()
        except OSError as error:
            click.echo(f"dateline: warning: looking every {RESCAN_SECONDS} seconds, since {error}", err=True)
            yield
            return
        try:
            yield
        finally:
            observer.stop()
            observer.join()


def _version(path: Path) -> Version | None:
    """What a file is like now; None for one that is gone, and for an empty one, which somebody is about to write."""
    try:
        now = path.lstat()
    except OSError:
        return None
    return Version(now.st_size, now.st_mtime_ns) if now.st_size else None


def _note(path: Path) -> Path:
    return path.with_name(f"{path.name}{REFUSED_SUFFIX}")


def _write_note(path: Path, detail: str) -> None:
    """Say beside a file why it was refused, to whoever may read the file; whatever stood there is replaced."""
    note = _note(path)
    fresh = note.with_name(f".{note.name}")
    fresh.unlink(missing_ok=True)
    with fresh.open("x", encoding="utf-8", errors="replace") as file:
        os.fchmod(file.fileno(), stat.S_IMODE(path.lstat().st_mode) & 0o666)
        file.write(f"{path.name} was not submitted. Mend it, and it is tried again.\n\n{detail}\n")
    fresh.replace(note)
