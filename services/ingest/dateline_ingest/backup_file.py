"""A backup as a file: a JSON object a line, and a last one that says what stands above it and its SHA-256."""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any

from dateline.errors import InvalidInput


class BrokenBackup(InvalidInput):
    """A file that isn't what an export wrote; nothing of it is restored."""


@dataclass(slots=True)
class BackupContents:
    """What a backup holds: its items by kind (``story`` …), their revisions, and the rows of the other tables."""

    kinds: Counter[str] = field(default_factory=Counter)
    revisions: int = 0
    rows: int = 0
    sha256: str = ""
    originals: set[str] = field(default_factory=set)
    """The SHA-256 of pictures' files, which are beside it."""

    def count(self, line: Mapping[str, Any]) -> None:
        """Count a line of the ledger's export. Raises ``BrokenBackup`` for anything else."""
        match line:
            case {"item": {"kind": str(kind)}, "revisions": list(revisions)}:
                self.kinds[kind] += 1
                self.revisions += len(revisions)
                if kind == "image":
                    self._count_original(line)
            case {"table": str(), "row": dict()}:
                self.rows += 1
            case _:
                raise BrokenBackup("the backup has a line that no export wrote")

    def _count_original(self, line: Mapping[str, Any]) -> None:
        """Count the file of a picture that wasn't taken down: its newest revision has a payload, which names it."""
        newest = line["item"].get("newest_revision")
        try:
            for payload in line.get("payloads", ()):
                if payload["revision"] == newest and payload["body"]:
                    self.originals.add(json.loads(payload["body"])["sha256"])
        except (KeyError, TypeError, ValueError):
            raise BrokenBackup("the backup has a picture that no export wrote") from None

    @property
    def json(self) -> dict[str, Any]:
        """The same for programs, and for the file's last line."""
        return {
            "items": self.kinds.total(), "kinds": dict(sorted(self.kinds.items())), "revisions": self.revisions,
            "rows": self.rows, "sha256": self.sha256,
        }  # fmt: skip

    def __str__(self) -> str:
        kinds = ", ".join(f"{number:,} of kind {kind}" for kind, number in sorted(self.kinds.items()))
        items = f"{self.kinds.total():,} items" + (f" ({kinds})" if kinds else "")
        said = f"{items} with {self.revisions:,} revisions, and {self.rows:,} rows beside them"
        return f"{said}\nSHA-256 {self.sha256}" if self.sha256 else said


def write_backup(lines: Iterable[Mapping[str, Any]], file: IO[bytes]) -> BackupContents:
    """Write the ledger's export to ``file``, the last line included."""
    contents, digest = BackupContents(), hashlib.sha256()
    for line in lines:
        contents.count(line)
        written = json.dumps(line, ensure_ascii=False).encode() + b"\n"
        digest.update(written)
        file.write(written)
    contents.sha256 = digest.hexdigest()
    file.write(json.dumps({"end": contents.json}).encode() + b"\n")
    return contents


class BackupReader:
    """The lines of a backup, for the ledger to restore; ``contents`` says what was read.

    The iterator raises ``BrokenBackup``, at the file's end at the latest: where a line is none of an export, where the
    last one is missing or doesn't fit. With ``needs_end`` false a file may lack it, as those of earlier versions do.
    """

    def __init__(self, file: IO[bytes], *, needs_end: bool = True) -> None:
        self.contents = BackupContents()
        self._file = file
        self._needs_end = needs_end

    def __iter__(self) -> Iterator[Mapping[str, Any]]:
        digest = hashlib.sha256()
        for number, written in enumerate(self._file, 1):
            line = _parsed(written, number)
            if "end" in line:
                self._check_end(line["end"], digest.hexdigest(), number)
                return
            self.contents.count(line)
            digest.update(written)
            yield line
        if self._needs_end:
            raise BrokenBackup("the last line of the backup is missing: it was cut off, or an earlier version wrote it")

    def read_to_end(self) -> BackupContents:
        """Read it for nothing but what it holds, and whether it is whole."""
        for _ in self:
            pass
        return self.contents

    def _check_end(self, said: Mapping[str, Any], sha256: str, number: int) -> None:
        self.contents.sha256 = sha256
        if said != self.contents.json:
            raise BrokenBackup("the backup was changed or damaged: it doesn't hold what its last line says")
        if self._file.read(1):
            raise BrokenBackup(f"something follows line {number} of the backup, which says that it is the last")


def _parsed(written: bytes, number: int) -> Mapping[str, Any]:
    try:
        line = json.loads(written)
    except ValueError:
        raise BrokenBackup(f"line {number} of the backup is not JSON: it was cut off or damaged") from None
    if not isinstance(line, dict):
        raise BrokenBackup(f"line {number} of the backup is no line of an export")
    return line


@contextmanager
def replaced_when_whole(path: Path) -> Iterator[IO[bytes]]:
    """A file that takes its name when the block ends well, for its owner alone to read; till then what had the name
    stays. What is no file (a pipe, a terminal) is written to as it is."""
    if path.exists() and not path.is_file():
        with path.open("wb") as file:
            yield file
        return
    target = path.resolve()
    with tempfile.NamedTemporaryFile(dir=target.parent, prefix=f".{target.name}.", delete=False) as file:
        try:
            yield file
            file.flush()
            os.fsync(file.fileno())
            os.replace(file.name, target)
        except BaseException:
            Path(file.name).unlink()
            raise
    folder = os.open(target.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
