"""A folder of stories, one a file: each submitted once, and corrected when its file changes."""

from __future__ import annotations

import hashlib
import os
import shutil
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from http import HTTPStatus
from pathlib import Path
from typing import Any, Final, Literal
from urllib.parse import quote

import click

from dateline_ingest.commands.client import CommandClient, Refused
from dateline_ingest.commands.submission.formats import SUFFIXES, FileStory, read_story
from dateline_ingest.commands.submission.journal import Journal, Submitted, open_no_link

REFUSED_SUFFIX: Final = ".refused.txt"
"""What is added to the name of a file for the note that says why it was refused."""
MOST_BYTES: Final = 10_000_000
"""How large a file is read; the service takes 2 MB."""

Status = Literal["submitted", "corrected", "unchanged", "refused"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What became of a file; ``path`` is how it is shown, ``receipt`` the service's, ``detail`` why it was refused."""

    path: str
    status: Status
    receipt: dict[str, Any] | None = None
    detail: str = ""

    def json(self) -> dict[str, Any]:
        """The same for programs."""
        told = {name: self.receipt[name] for name in ("id", "revision", "state")} if self.receipt else {}
        return {
            "path": self.path,
            "status": self.status,
            **told,
            **({"detail": self.detail} if self.detail else {}),
        }

    def text(self) -> str:
        """The same for people."""
        if self.receipt is None:
            return f"{self.path}: {self.status}{f': {self.detail}' if self.detail else ''}"
        return f"{self.path}: {self.receipt['id']} revision {self.receipt['revision']}: {self.receipt['state']}"


def printable(path: str) -> str:
    """A path in characters, whatever bytes a file system has in it."""
    return os.fsencode(path).decode("utf-8", "replace")


def story_files(folder: Path, besides: Path | None = None) -> Iterator[Path]:
    """The files of a folder that may hold a story, in the order of their names; hidden ones, notes of refusals and
    what is in ``besides`` left out.

    Links are left out too: who may put one there would have any file submitted that this process may read.
    """
    for at, folders, names in os.walk(folder):
        here = Path(at)
        folders[:] = sorted(name for name in folders if not name.startswith(".") and here / name != besides)
        for name in sorted(names):
            if _may_be_story(here / name):
                yield here / name


def _may_be_story(path: Path) -> bool:
    if path.name.startswith(".") or path.name.endswith(REFUSED_SUFFIX) or path.suffix.lower() not in SUFFIXES:
        return False
    try:
        return stat.S_ISREG(path.lstat().st_mode)
    except OSError:
        return False


def read_file(path: Path) -> bytes:
    """What a file holds; of one that is too large its beginning. Raises ``OSError``, for a link too."""
    with open(path, "rb", opener=open_no_link) as file:
        return file.read(MOST_BYTES + 1)


@dataclass(frozen=True, slots=True, kw_only=True)
class FolderSubmission:
    """Submits a folder's files. With ``overwrite`` a correction stands over what changed on the desk since.

    What was submitted is moved to the folder ``done``, where there is one.
    """

    client: CommandClient
    folder: Path
    journal: Journal
    section: str | None = None
    overwrite: bool = False
    done: Path | None = None

    def submit_file(self, path: Path) -> Outcome:
        """Submit the file at ``path`` as it is now. Raises ``Refused`` as ``submit`` does."""
        try:
            return self.submit(path, read_file(path))
        except OSError as error:
            return Outcome(path=printable(path.name), status="refused", detail=str(error))

    def submit(self, path: Path, data: bytes) -> Outcome:
        """Submit what the file at ``path`` holds, or correct its story.

        Raises ``Refused`` when that isn't the file's fault: the service is away or busy, or doesn't know the token;
        ``OSError`` when the file can't be moved.
        """
        name = path.relative_to(self.folder).as_posix()
        shown = printable(name)
        try:
            if len(data) > MOST_BYTES:
                raise click.UsageError("The file is over 2 MB.")
            story = read_story(data, path.suffix.lower(), section=self.section)
            before = self.journal.last(name)
            if before and before.digest == story.digest:
                self._move(path)
                return Outcome(path=shown, status="unchanged")
            receipt = self._send(name, story, before)
        except click.UsageError as error:
            return Outcome(path=shown, status="refused", detail=error.message)
        except Refused as refused:
            if refused.may_pass or refused.status == HTTPStatus.UNAUTHORIZED:
                raise
            return Outcome(path=shown, status="refused", detail=self._reason(refused))
        entry = Submitted(path=name, digest=story.digest, id=receipt["id"], revision=receipt["revision"])
        self.journal.add(entry)
        self._move(path)
        again = before is not None or receipt["revision"] > 1
        return Outcome(path=shown, status="corrected" if again else "submitted", receipt=receipt)

    def _send(self, name: str, story: FileStory, before: Submitted | None) -> dict[str, Any]:
        """The receipt; the key makes a repeat harmless, when the first answer got lost."""
        headers = {"Content-Type": story.content_type, "Idempotency-Key": self._key(name, story, before)}
        method, path = "POST", "/v1/stories"
        if before and not story.has_own_id:
            method, path = "PUT", f"/v1/stories/{quote(before.id)}"
            headers["If-Match"] = "*" if self.overwrite else f'"{before.revision}"'
        receipt: dict[str, Any] = self.client.request(method, path, story.body, headers).body
        return receipt

    def _key(self, name: str, story: FileStory, before: Submitted | None) -> str:
        parts = (str(self.folder.resolve()), name, story.digest, str(before.revision if before else 0))
        return "file-" + hashlib.sha256(os.fsencode("\0".join(parts))).hexdigest()[:40]

    def _move(self, path: Path) -> None:
        """Take a file out of the folder, if it is to be, under a name that is free there."""
        if self.done is None:
            return
        target = self.done / path.relative_to(self.folder)
        target.parent.mkdir(parents=True, exist_ok=True)
        number = 0
        while target.exists():
            number += 1
            target = target.with_name(f"{path.stem}.{number}{path.suffix}")
        shutil.move(path, target)

    @staticmethod
    def _reason(refused: Refused) -> str:
        if refused.status == HTTPStatus.PRECONDITION_FAILED:
            return "The story was changed on the desk since; with --overwrite this text stands over that."
        return refused.message
