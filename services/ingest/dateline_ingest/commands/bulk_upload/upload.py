"""Sending a file of stories part after part: each line once, whatever breaks off in between."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Generator
from contextlib import closing
from dataclasses import dataclass, field, replace
from http import HTTPStatus
from pathlib import Path
from typing import IO, Final

from dateline_ingest.commands.bulk_upload.output_files import OutputFiles, Result
from dateline_ingest.commands.bulk_upload.parts import Part, Position, StoryLine, read_part
from dateline_ingest.commands.bulk_upload.progress_file import Progress, ProgressFile
from dateline_ingest.commands.client import CommandClient, Refused

PAUSES: Final = (1, 2, 4, 8, 8, 8)
"""Seconds between the tries while the service is away, before the bulk breaks off."""
_LONGEST_PAUSE: Final = 30


class BrokenOff(Refused):
    """The service is away, or too busy, for longer than is waited for."""


@dataclass(slots=True, kw_only=True)
class Upload:
    """One file on its way; ``progress`` says of it and others how far they are, and is kept after each part."""

    client: CommandClient
    source: Path
    progress: dict[Path, Progress]
    outputs: OutputFiles
    told: Callable[[Result], None]
    wait: Callable[[float], None] = time.sleep
    _reached: bool = field(default=False, init=False)
    _failure: Refused | None = field(default=None, init=False)
    _progress_file: ProgressFile = field(init=False)

    def __post_init__(self) -> None:
        self._progress_file = ProgressFile(self.source)

    @property
    def file_progress(self) -> Progress:
        """How far this file is."""
        return self.progress[self.source]

    @file_progress.setter
    def file_progress(self, progress: Progress) -> None:
        self.progress[self.source] = progress

    def run(self, advanced: Callable[[int], object]) -> None:
        """Send what is left; ``advanced`` takes the bytes that were dealt with, now and then.

        Raises ``Refused`` for a request that the service refuses as a whole, ``BrokenOff`` when it stays away.
        """
        tries = 0
        with self.source.open("rb") as stories:
            self._keep(self.file_progress.position)
            while (part := read_part(stories, self.file_progress.position)).end != part.start:
                end = self._send(stories, part)
                tries = 0 if end != part.start else tries
                advanced(end.offset - part.start.offset)
                self._keep(end)
                if self._failure is not None:
                    self._pause(self._failure, tries)
                    tries += 1

    def _send(self, stories: IO[bytes], part: Part) -> Position:
        """Send a part; count and tell what becomes of its lines. Returns where the first begins that has no answer."""
        with closing(self._answers(part)) as answers:
            for line in part.lines:
                result = _too_long(line) if line.too_long else next(answers, None)
                if result is None:
                    return line.position
                taken = result["status"] == HTTPStatus.ACCEPTED
                before = self.file_progress
                self.file_progress = replace(before, taken=before.taken + taken, refused=before.refused + (not taken))
                self.outputs.add(self.source, stories, line, result)
                self.told(result)
            next(answers, None)
        return part.end

    def _answers(self, part: Part) -> Generator[Result]:
        """The answers to a part's lines in their order; ``_failure`` says why they end early where a pause may help."""
        self._failure = None
        left = sum(not line.too_long for line in part.lines)
        if not left:
            return
        path = f"/v1/stories/bulk?first_line={part.start.line}"
        headers = {"Idempotency-Key": self.file_progress.key}
        try:
            for answer in self.client.upload(path, part.body, "application/x-ndjson", headers):
                result: Result = json.loads(answer)
                self._reached = True
                if result.get("ended"):
                    return
                if result["status"] == HTTPStatus.SERVICE_UNAVAILABLE:
                    self._failure = Refused(result["errors"][0]["detail"], result["status"])
                    return
                left -= 1
                yield result
        except Refused as refused:
            if not refused.may_pass or (refused.status is None and not self._reached):
                raise
            self._failure = refused
            return
        if left:
            self._failure = Refused("The service left lines without an answer.")

    def _keep(self, position: Position) -> None:
        self.file_progress = replace(self.file_progress, position=position, outputs=self.outputs.lengths())
        self._progress_file.write(self.file_progress)

    def _pause(self, failure: Refused, tries: int) -> None:
        if tries == len(PAUSES):
            raise BrokenOff(failure.message, failure.status)
        self.wait(min(max(PAUSES[tries], failure.retry_after), _LONGEST_PAUSE))


def _too_long(line: StoryLine) -> Result:
    error = {"pointer": "", "detail": "The line is over 2 MB."}
    return {"line": line.position.line, "status": HTTPStatus.REQUEST_ENTITY_TOO_LARGE.value, "errors": [error]}
