"""The pattern of the house's sluglines: ``{PLACE}-{words}``."""

from __future__ import annotations

from collections.abc import Iterator
from string import Formatter
from typing import Final

PARTS: Final = ("section", "place", "words", "date")
"""What a pattern may name; in capitals it comes in capitals."""


def slugline_pattern(pattern: str) -> str:
    """``pattern``, if it is one or empty. Raises ``ValueError``."""
    wanted = f"a pattern of {', '.join(f'{{{part}}}' for part in PARTS)}, such as {{place}}-{{words}}"
    try:
        named = [name for _, name in pieces(pattern) if name]
    except ValueError:
        raise ValueError(wanted) from None
    if (pattern and not named) or any(name.lower() not in PARTS for name in named):
        raise ValueError(wanted)
    return pattern


def pieces(pattern: str) -> Iterator[tuple[str, str]]:
    """Texts, each with the name after it ("" after the last). Raises ``ValueError`` for braces that don't fit."""
    for text, name, form, conversion in Formatter().parse(pattern):
        if form or conversion or name == "":
            raise ValueError(pattern)
        yield text, name or ""
