"""How many faults an answer names, and how much of what came it says again: no small request makes a large answer."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final

from dateline.errors import FieldError

MOST_NAMED: Final = 100
LONGEST_SAID: Final = 500
"""Characters of a pointer or a detail, which may say again what came."""
MOST_SAID: Final = 65_536
"""Bytes of all pointers and details together."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Faults:
    """The faults that an answer names, and how many more there are."""

    named: tuple[FieldError, ...]
    omitted: int = 0

    @classmethod
    def of(cls, errors: Iterable[FieldError]) -> Faults:
        """The first of ``errors``, cut where they are long."""
        named: list[FieldError] = []
        omitted = said = 0
        for error in errors:
            if len(named) < MOST_NAMED and said <= MOST_SAID:
                short = FieldError(cut(error.pointer), cut(error.detail))
                said += len(short.pointer.encode()) + len(short.detail.encode())
                if said <= MOST_SAID:
                    named.append(short)
                    continue
            omitted += 1
        return cls(named=tuple(named), omitted=omitted)

    def json(self, name: str = "errors") -> dict[str, Any]:
        """As JSON has them: the list ``name``, and ``omitted_…``, how many more there are, where there are some."""
        listed = [{"pointer": error.pointer, "detail": error.detail} for error in self.named]
        return {name: listed} | ({f"omitted_{name}": self.omitted} if self.omitted else {})


def cut(text: str) -> str:
    """``text`` as an answer says it again."""
    return text if len(text) <= LONGEST_SAID else f"{text[: LONGEST_SAID - 1]}…"
