"""Files for this user alone: what processes make from now on, and what a data folder held before."""

from __future__ import annotations

import os
import secrets
import stat
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Final

UMASK: Final = 0o077
OTHERS: Final = 0o077
"""What anybody else may do with a file."""

_OWN_NAMES: Final = (
    "ledger.sqlite", "index", "broker", "logs", "token", ".token", "accounts", ".accounts", "desk.key", ".desk.key",
    "preview.key", ".preview.key", "lock", "beat", "worker-alive", "puller-alive", "sample-pending",
    "celerybeat-schedule", "media",
)  # fmt: skip
"""How what Dateline keeps in its data folder is called, or begins to be."""
_MANY_FILES: Final = "media"
"""A folder of perhaps millions of files, made for this user alone: it is closed, and they are not looked at."""


def keep_files_private() -> None:
    """Let nobody else read or write what this process makes, and the processes that it starts."""
    os.umask(UMASK)


def write_private(path: Path, text: str) -> None:
    """Write a file that only this user may read, whole or not at all, in the place of one that was there.

    Raises ``OSError``.
    """
    fresh = path.with_name(f".{path.name}")
    fresh.unlink(missing_ok=True)
    with open(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as file:
        file.write(text)
    fresh.replace(path)


def kept_key(path: Path) -> str:
    """The key in the file ``path``, made by who first asks for it: whole or not at all, and once for all processes.

    Raises ``OSError``.
    """
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        fresh = path.with_name(f".{path.name}.{os.getpid()}")
        with open(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="ascii") as file:
            file.write(secrets.token_hex(32))
        with suppress(FileExistsError):
            os.link(fresh, path)
        fresh.unlink()
    return path.read_text(encoding="ascii")


def tighten(folder: Path) -> tuple[str, ...]:
    """Take from others what they may do with a newsroom's files; a line for each that stays open, and why.

    Only what Dateline keeps there is touched, and the folder itself where nothing else is in it: ``DATELINE_DATA`` may
    be a place that others need.
    """
    if not folder.is_dir():
        return ()
    names = sorted(folder.iterdir())
    own = [path for path in names if path.name.startswith(_OWN_NAMES)]
    warnings = [line for path in own for inside in (path, *_inside(path)) if (line := _close(inside))]
    if len(own) == len(names):
        warnings += filter(None, [_close(folder)])
    elif _is_open(folder):
        warnings.append(f"others may look into {folder}: it holds more than a newsroom, so its mode was left")
    return tuple(warnings)


def _inside(path: Path) -> Iterator[Path]:
    """All that a folder holds; links are not followed."""
    if not path.is_symlink() and path.is_dir() and path.name != _MANY_FILES:
        for root, folders, files in os.walk(path):
            yield from (Path(root, name) for name in (*folders, *files))


def _close(path: Path) -> str:
    """Close ``path`` to others; "" when it is closed, else a line that says why not."""
    with suppress(FileNotFoundError):  # processes make and drop files meanwhile
        if not _is_open(path):
            return ""
        reason = "the file system keeps no modes"
        try:
            path.chmod(stat.S_IMODE(path.lstat().st_mode) & ~OTHERS)
        except FileNotFoundError:
            return ""
        except OSError as error:
            reason = str(error.strerror)
        if _is_open(path):
            return f"others may read {path}: {reason}"
    return ""


def _is_open(path: Path) -> bool:
    """Whether others may do anything with it; a link's own mode says nothing."""
    mode = path.lstat().st_mode
    return not stat.S_ISLNK(mode) and bool(mode & OTHERS)
