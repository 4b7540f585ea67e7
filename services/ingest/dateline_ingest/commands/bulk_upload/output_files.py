"""What a bulk writes: the refused lines, to be mended and sent again, and what became of each line."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from types import TracebackType
from typing import IO, Any, Self

from dateline_ingest.commands.bulk_upload.parts import StoryLine, copy_line

Result = dict[str, Any]
"""What became of a line, as the service answers it."""


class OutputFiles:
    """The report of refused lines and the file of all results, as far as they are wanted.

    ``kept`` says how much of each is from lines that aren't sent again; what follows is dropped.
    """

    def __init__(self, report: Path | None, results: Path | None, kept: Mapping[str, int]) -> None:
        self._report = _opened(report, kept)
        self._results = _opened(results, kept)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        for file in self._files():
            file.close()

    def add(self, source: Path, stories: IO[bytes], line: StoryLine, result: Result) -> None:
        """Write what became of a line of ``stories``."""
        if self._results:
            told = {"file": str(source), **result}
            self._results.write(json.dumps(told).encode() + b"\n")
        if self._report and result["status"] != 202:
            self._report.write(f"# {source} {refusal_text(result)}\n".encode(errors="replace"))
            copy_line(stories, line, self._report)

    def lengths(self) -> dict[str, int]:
        """How long each is, all of it on disk."""
        for file in self._files():
            file.flush()
        return {str(file.name): file.tell() for file in self._files()}

    def _files(self) -> tuple[IO[bytes], ...]:
        return tuple(file for file in (self._report, self._results) if file)


def _opened(path: Path | None, kept: Mapping[str, int]) -> IO[bytes] | None:
    if path is None:
        return None
    name = str(path.resolve())
    file = open(name, "ab")  # noqa: SIM115 -- OutputFiles closes it
    file.truncate(min(kept.get(name, 0), file.seek(0, 2)))
    file.seek(0, 2)
    return file


def refusal_text(result: Result) -> str:
    """A refused line's number, status and reasons, in one line."""
    details = "; ".join(f"{error['pointer'] or '/'} {error['detail']}" for error in result["errors"])
    return f"line {result['line']}: {result['status']} {' '.join(details.split())}"
