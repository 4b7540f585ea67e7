"""What was submitted of a folder's files: ``.dateline-submitted.ndjson`` in it, a line each time."""

from __future__ import annotations

import json
import os
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Final

import click
from cattrs import ClassValidationError, structure

from dateline_ingest.commands.client import Refused

NAME: Final = ".dateline-submitted.ndjson"


@dataclass(frozen=True, slots=True, kw_only=True)
class Submitted:
    """The story of a file: its path in the folder, the digest of what was sent, the revision that it became."""

    path: str
    digest: str
    id: str
    revision: int


class Journal:
    """The last that was submitted of each file to a newsroom; kept across runs, whatever kills them.

    Its first line names the newsroom: what one has is nothing that another needn't get.
    """

    def __init__(self, folder: Path, newsroom: str) -> None:
        """Raises ``click.UsageError`` where the folder's journal can't be read or written, or is another newsroom's."""
        self._path = folder / NAME
        self._newsroom = newsroom
        self._last: dict[str, Submitted] = {}
        try:
            with open(self._path, "a+b", opener=open_no_link) as file:
                file.seek(0)
                data = file.read()
                if data and not data.endswith(b"\n"):
                    file.write(b"\n")  # what was being written when the process was killed stays a line of its own
        except OSError as error:
            raise click.UsageError(f"What was submitted can't be kept in the folder: {error}") from None
        self._begun = bool(data)
        first, *lines = data.splitlines() or [b""]
        if data and first != self._first_line():
            raise click.UsageError(
                f"{self._path} is of another newsroom than {newsroom}: its first line names it. Put the address there "
                "if it is the same one, or take the file away, and all stories are submitted anew."
            )
        for line in lines:
            if entry := _read(line):
                self._last[entry.path] = entry

    def last(self, path: str) -> Submitted | None:
        """What was last submitted of the file at ``path``."""
        return self._last.get(path)

    def add(self, entry: Submitted) -> None:
        """Keep what was submitted. Raises ``Refused`` when that can't be written now."""
        try:
            with open(self._path, "ab", opener=open_no_link) as file:
                before = b"" if self._begun else self._first_line() + b"\n"
                file.write(before + json.dumps(asdict(entry)).encode() + b"\n")
        except OSError as error:
            raise Refused(f"What was submitted can't be kept: {error}") from None
        self._begun = True
        self._last[entry.path] = entry

    def _first_line(self) -> bytes:
        return json.dumps({"newsroom": self._newsroom}).encode()


def open_no_link(path: str, flags: int) -> int:
    """Open a file itself, not what a link there leads to; nor wait for a pipe's other end."""
    return os.open(path, flags | os.O_NOFOLLOW | os.O_NONBLOCK, 0o600)


def _read(line: bytes) -> Submitted | None:
    """A line's entry; None for half a line, whose file is then sent again under the same key."""
    try:
        kept: Any = json.loads(line)
        return structure(kept, Submitted)
    except (ValueError, ClassValidationError):
        return None
