"""A row of the table of settings: variable, default, meaning, and how its text is read."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

from dateline.errors import BadSetting

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Setting:
    """One row of the table: the variable is ``DATELINE_`` + NAME; ``parse`` raises ValueError with what it wants.

    A ``secret`` one may stand in a file instead, which the variable with ``_FILE`` behind it names.
    """

    name: str
    default: str
    help: str
    parse: Callable[[str], Any]
    secret: bool

    @property
    def variable(self) -> str:
        """The name in the environment."""
        return f"DATELINE_{self.name.upper()}"

    @property
    def variables(self) -> tuple[str, ...]:
        """The names under which the environment may say it."""
        return (self.variable, f"{self.variable}_FILE") if self.secret else (self.variable,)

    def given(self, environ: Mapping[str, str]) -> str | None:
        """What the environment says, or the file that it names; None where it says nothing. Raises ``BadSetting``."""
        value = environ.get(self.variable)
        path = environ.get(self.variables[-1], "") if self.secret else ""
        if not path:
            return value
        if value:
            raise BadSetting(f"{self.variable} and {self.variable}_FILE are both set: give one of them")
        try:
            return Path(path).read_text(encoding="utf-8").strip()
        except (OSError, ValueError) as error:
            reason = getattr(error, "strerror", None) or "it is no text"
            raise BadSetting(f"{self.variable}_FILE names a file that can't be read: {reason}") from None


def row(default: str, help: str, parse: Callable[[str], T], *, secret: bool = False) -> T:
    """A field of ``Settings`` that is a row of ``SETTINGS`` too. To mypy it is what ``parse`` returns."""
    made: T = field(
        default_factory=lambda: parse(default),
        metadata={"default": default, "help": help, "parse": parse, "secret": secret},
    )
    return made
