"""A file of stories in parts: a thousand lines or 4 MB at a time, however long it is."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import IO, Final

MOST_LINES: Final = 1_000
MOST_BYTES: Final = 4_000_000
LONGEST_LINE: Final = 4_000_000
"""Bytes of a line that is read whole; the service takes half as many."""
_COMMENT: Final = b"#"
_CHUNK: Final = 1_048_576


@dataclass(frozen=True, slots=True, kw_only=True)
class Position:
    """Where a line begins: its number, counted from 1, and its offset in bytes."""

    line: int = 1
    offset: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryLine:
    """A line to be sent, no comment and not blank: where it begins, how long it is, and whether that is too long."""

    position: Position
    length: int
    too_long: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """Lines that are sent in one request; in ``body`` blank ones stand for those that aren't sent, for the numbers."""

    start: Position
    end: Position
    lines: tuple[StoryLine, ...]
    body: bytes


def read_part(file: IO[bytes], start: Position) -> Part:
    """The part of a file that begins at ``start``; ``end`` is ``start`` at the file's end."""
    file.seek(start.offset)
    number, offset = start.line, start.offset
    lines: list[StoryLine] = []
    body: list[bytes] = []
    size = 0
    while number - start.line < MOST_LINES and size < MOST_BYTES:
        data, length = _read_line(file)
        if not length:
            break
        too_long = length > LONGEST_LINE
        is_story = too_long or not _says_nothing(data)
        if is_story:
            position = Position(line=number, offset=offset)
            lines.append(StoryLine(position=position, length=length, too_long=too_long))
        body.append(data if is_story and not too_long else b"\n")
        size += len(body[-1])
        number, offset = number + 1, offset + length
    return Part(start=start, end=Position(line=number, offset=offset), lines=tuple(lines), body=b"".join(body))


def _read_line(file: IO[bytes]) -> tuple[bytes, int]:
    """The next line and its length; nothing of one that is too long, which is read past."""
    data = file.readline(LONGEST_LINE + 1)
    length = len(data)
    if length <= LONGEST_LINE:
        return data, length
    while data and not data.endswith(b"\n"):
        data = file.readline(_CHUNK)
        length += len(data)
    return b"", length


def _says_nothing(line: bytes) -> bool:
    text = line.strip()
    return not text or text.startswith(_COMMENT)


def copy_line(file: IO[bytes], line: StoryLine, target: IO[bytes]) -> None:
    """Write a line as it stands in ``file``, with an end, to ``target``."""
    file.seek(line.position.offset)
    left, last = line.length, b""
    while left and (data := file.read(min(left, _CHUNK))):
        target.write(data)
        left, last = left - len(data), data
    if not last.endswith(b"\n"):
        target.write(b"\n")


def digest_of(file: IO[bytes], size: int) -> str:
    """The SHA-256 of a file's first ``size`` bytes."""
    file.seek(0)
    digest = hashlib.sha256()
    while size > 0 and (data := file.read(min(size, _CHUNK))):
        digest.update(data)
        size -= len(data)
    return digest.hexdigest()
