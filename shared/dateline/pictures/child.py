"""Makes a picture's renditions in a child process with limits: whatever a file does to its decoder ends there."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import dateline
from dateline.domain.picture import FocalPoint, MadePicture
from dateline.errors import PictureUnreadable, RenderingFailed

WALL_SECONDS: Final = 40.0
_MODULE: Final = "dateline.pictures.child_main"
_MOST_ANSWER: Final = 100_000


@dataclass(frozen=True, slots=True, kw_only=True)
class ChildsWork:
    """What a child found of a picture, the names of the files that it made, and the memory it took at most."""

    made: MadePicture
    names: tuple[str, ...]
    kilobytes: int


def render_in_child(
    path: Path,
    folder: Path,
    size: tuple[int, int],
    focal: FocalPoint | None,
    there: Collection[str] = (),
    seconds: float = WALL_SECONDS,
) -> ChildsWork:
    """Make the renditions of the picture in a file in ``folder``, but those that are ``there``; ``size`` is on record.

    Raises ``PictureUnreadable`` for what the file itself is the reason of: also where its decoder dies, takes too long
    or too much memory; ``RenderingFailed`` for what isn't its fault.
    """
    asked = {"path": str(path), "folder": str(folder), "size": size, "focal": focal, "there": sorted(there)}
    try:
        child = subprocess.run(
            [sys.executable, "-P", "-m", _MODULE, json.dumps(asked)],
            env=_environment(folder), cwd=folder, stdin=subprocess.DEVNULL, capture_output=True, timeout=seconds,
            check=False,
        )  # fmt: skip
    except subprocess.TimeoutExpired:
        raise PictureUnreadable(
            f"The picture takes longer to be made ready than the {seconds:g} seconds it may."
        ) from None
    except OSError as error:
        raise RenderingFailed(f"the process that makes renditions doesn't start: {error.strerror}") from error
    return _answer(child)


def _environment(folder: Path) -> dict[str, str]:
    """What the child knows: where the code is and where temporary files go; no setting, and so no password."""
    return {
        "PATH": os.defpath,
        "PYTHONPATH": str(Path(dateline.__file__).resolve().parent.parent),
        "PYTHONDONTWRITEBYTECODE": "1",
        "TMPDIR": str(folder),
        "VIPS_BLOCK_UNTRUSTED": "1",
        "VIPS_CONCURRENCY": "1",
        "MALLOC_ARENA_MAX": "2",
    }


def _answer(child: subprocess.CompletedProcess[bytes]) -> ChildsWork:
    if child.returncode == -signal.SIGKILL:
        raise RenderingFailed("the process that makes renditions was killed")
    if child.returncode < 0:
        raise PictureUnreadable(_death(-child.returncode))
    try:
        said = json.loads(child.stdout[:_MOST_ANSWER])
    except ValueError:
        last = child.stderr.decode("utf-8", "replace").strip().rpartition("\n")[2][-200:]
        if "MemoryError" in last or "memory" in last:
            raise PictureUnreadable("The picture needs more memory than one may have.") from None
        raise RenderingFailed(f"the process that makes renditions ended with {child.returncode}: {last}") from None
    if "unreadable" in said:
        raise PictureUnreadable(said["unreadable"])
    if "failed" in said:
        raise RenderingFailed(said["failed"])
    made = MadePicture(
        focal=FocalPoint(*said["focal"]), likeness=said["likeness"], animated=said["animated"],
        jpeg_size=said["jpeg_size"],
    )  # fmt: skip
    return ChildsWork(made=made, names=tuple(said["names"]), kilobytes=said["kilobytes"])


def _death(number: int) -> str:
    """Of what a child died, in plain words."""
    if number == signal.SIGXCPU:
        return "The picture takes more of the processor than one may have."
    if number == signal.SIGXFSZ:
        return "The picture needs larger files than one may have."
    return f"The picture breaks its decoder ({signal.Signals(number).name}): it is damaged, or made to harm."
