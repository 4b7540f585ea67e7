"""Lists of names: a line each, for terms that need no table of their own."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any


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
