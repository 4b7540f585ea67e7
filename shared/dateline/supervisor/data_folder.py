"""The data folder of a newsroom: may we write to it, is it ours alone, and where things lie in it."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryFile
from typing import Final

from dateline.errors import CannotStart

SAMPLE: Final = Path(__file__).resolve().parent.parent / "sample"


@dataclass(frozen=True, slots=True)
class DataFolder:
    """``path`` is absolute."""

    path: Path

    @property
    def token(self) -> Path:
        """An editor's token, mode 600."""
        return self.path / "token"

    @property
    def logs(self) -> Path:
        """One log file a process."""
        return self.path / "logs"

    @property
    def broker(self) -> Path:
        """What the embedded broker keeps."""
        return self.path / "broker"

    def has_sample(self) -> bool:
        """Whether today's sample newsroom was loaded into this folder, whole."""
        mark = self.path / "sample-loaded"
        return mark.exists() and mark.read_text(encoding="ascii").strip() == _sample_digest()

    def note_sample(self) -> None:
        """Remember that it was."""
        self.path.joinpath("sample-loaded").write_text(_sample_digest() + "\n", encoding="ascii")


@contextmanager
def locked(path: Path) -> Iterator[DataFolder]:
    """The folder, made where it is missing, and held against another newsroom until the block ends.

    Raises ``CannotStart`` when it can't be written to or another newsroom runs on it. The lock ends with the process,
    however that ends.
    """
    folder = DataFolder(path.resolve())
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


def _sample_digest() -> str:
    """What tells one version of the sample from another: its files, unread, so that a start costs nothing."""
    digest = sha256()
    for file in sorted(SAMPLE.rglob("*.toml")):
        digest.update(file.read_bytes())
    return digest.hexdigest()
