"""How far a file was sent, in a file beside it: ``stories.ndjson.resume``."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Final

import click
from cattrs import ClassValidationError, structure

from dateline.private_files import write_private
from dateline_ingest.commands.bulk_upload.parts import Position

SUFFIX: Final = ".resume"


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """How far a file was sent, under which key; what it was then, and how long the outputs were (by their paths)."""

    key: str
    size: int
    sha256: str
    position: Position
    taken: int = 0
    refused: int = 0
    outputs: dict[str, int]


class ProgressFile:
    """Keeps the ``Progress`` of a file of stories."""

    def __init__(self, stories: Path) -> None:
        self._path = stories.with_name(f"{stories.name}{SUFFIX}")
        self._warned = False

    def read(self) -> Progress | None:
        """What was kept; None where nothing was. Raises ``click.UsageError`` for what isn't ours."""
        try:
            kept: Any = json.loads(self._path.read_text(encoding="utf-8"))
            return structure(kept, Progress)
        except FileNotFoundError:
            return None
        except (OSError, ValueError, ClassValidationError) as error:
            reason = f": {error}" if isinstance(error, OSError) else "."
            raise click.UsageError(f"{self._path} doesn't say how far the file was sent{reason}") from None

    def write(self, progress: Progress) -> None:
        """Keep ``progress``; where nothing can be written, say once that a new start will send all lines again."""
        try:
            write_private(self._path, json.dumps(asdict(progress)))
        except OSError as error:
            if not self._warned:
                click.echo(f"dateline: warning: a bulk that breaks off begins anew, since {error}", err=True)
            self._warned = True

    def remove(self) -> None:
        """Forget it."""
        self._path.unlink(missing_ok=True)
