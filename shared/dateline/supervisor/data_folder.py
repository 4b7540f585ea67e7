"""The data folder of a newsroom: may we write to it, is it ours alone, and where things lie in it."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryFile
from typing import Final

import click

from dateline.errors import CannotStart
from dateline.private_files import tighten

_BEGUN: Final = "begun"


@dataclass(frozen=True, slots=True)
class DataFolder:
    """``path`` is absolute. ``is_new``: it was missing or empty when this process took it."""

    path: Path
    is_new: bool = False

    @property
    def token(self) -> Path:
        """An editor's token, mode 600."""
        return self.path / "token"

    @property
    def accounts(self) -> Path:
        """How to sign in to the sample newsroom's accounts, mode 600; there where it was made."""
        return self.path / "accounts"

    @property
    def logs(self) -> Path:
        """One log file a process."""
        return self.path / "logs"

    @property
    def broker(self) -> Path:
        """What the embedded broker keeps."""
        return self.path / "broker"

    @property
    def _sample(self) -> Path:
        """There from the start that made the folder until the sample newsroom is loaded whole."""
        return self.path / "sample-pending"

    def want_sample(self) -> None:
        """Note that the sample newsroom belongs into this folder."""
        self._sample.touch()

    def wants_sample(self) -> bool:
        """Whether the sample newsroom belongs here and isn't there whole."""
        return self._sample.exists()

    def begin_sample(self) -> None:
        """Note that loading has begun: what the ledger holds from now on is no reason to leave it."""
        self._sample.write_text(_BEGUN, encoding="ascii")

    def has_begun_sample(self) -> bool:
        """Whether an earlier start began to load it."""
        return self.wants_sample() and self._sample.read_text(encoding="ascii") == _BEGUN

    def end_sample(self) -> None:
        """Note that it is loaded, or will not be."""
        self._sample.unlink(missing_ok=True)


@contextmanager
def locked(path: Path) -> Iterator[DataFolder]:
    """The folder, made where it is missing, and held against another newsroom until the block ends.

    Raises ``CannotStart`` when it can't be written to or another newsroom runs on it. The lock ends with the process,
    however that ends.
    """
    path = path.resolve()
    folder = DataFolder(path, is_new=not path.exists() or (path.is_dir() and not any(path.iterdir())))
    try:
        folder.path.mkdir(parents=True, exist_ok=True)
        with TemporaryFile(dir=folder.path):
            pass
        folder.logs.mkdir(exist_ok=True)
        lock = os.open(folder.path / "lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    except OSError as error:
        raise CannotStart(f"the data folder {folder.path} can't be written to: {error.strerror}") from error
    try:
        _lock(lock, folder)
        for warning in tighten(folder.path):
            click.echo(f"dateline: warning: {warning}", err=True)
        yield folder
    finally:
        os.close(lock)


def _lock(lock: int, folder: DataFolder) -> None:
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        owner = os.pread(lock, 20, 0).decode("ascii", "replace").strip() or "unknown"
        raise CannotStart(f"a newsroom is already running on {folder.path} (process {owner})") from None
    os.ftruncate(lock, 0)
    os.pwrite(lock, f"{os.getpid()}\n".encode(), 0)
