"""What is written by hand: terms as tables, and lists of names, a line each, for those that need no more."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent


def written(name: str) -> Iterator[dict[str, Any]]:
    """The tables of the file of this name, and then the lines of the lists in the folder of this name."""
    yield from tomllib.loads((HERE / f"{name}.toml").read_text())["term"]
    for path in sorted((HERE / name).glob("*.txt")):
        yield from entries(path)


def entries(path: Path) -> Iterator[dict[str, Any]]:
    """The lines "label; other names; weak names" as tables; ``[XX]`` begins those of a country."""
    country = ""
    for line in path.read_text().splitlines():
        if heading := re.fullmatch(r"\[(\w\w|--)\]", line):
            country = heading[1].strip("-")
        elif line and not line.startswith("#"):
            label, names, weak, *_ = (*(part.strip() for part in line.split(";")), "", "")
            entry = {"label": label, "aliases": _names(names), "weak": _names(weak)}
            yield entry | {"country": country} if country else entry


def _names(part: str) -> list[str]:
    return [name.strip() for name in part.split(",") if name.strip()]
