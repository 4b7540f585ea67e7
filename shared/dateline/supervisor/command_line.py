"""Passwords in a command line, which ``ps`` shows to every user of the machine, and how they leave it."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping, Sequence
from urllib.parse import urlsplit


def move_passwords_to_environment(options: Mapping[str, str]) -> None:
    """Run this program anew with the addresses among ``options`` that hold a password in ``DATELINE_…`` instead.

    ``options`` are those that the command line gave, by the names of their settings. It returns where none has one.
    """
    secret = {name: value for name, value in options.items() if value and urlsplit(value).password is not None}
    line = without_options(sys.orig_argv, secret)
    if len(line) == len(sys.orig_argv):
        return
    files = {f"DATELINE_{name.upper()}_FILE" for name in secret}
    environ = {name: value for name, value in os.environ.items() if name not in files}
    os.execve(sys.executable, line, environ | {f"DATELINE_{name.upper()}": value for name, value in secret.items()})


def without_options(line: Sequence[str], options: Mapping[str, str]) -> list[str]:
    """``line`` without ``--name value`` and ``--name=value`` of ``options``."""
    kept: list[str] = []
    for word in line:
        if kept and options.get(kept[-1].removeprefix("--")) == word:
            kept.pop()
        elif not any(word == f"--{name}={value}" for name, value in options.items()):
            kept.append(word)
    return kept
