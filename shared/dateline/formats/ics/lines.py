"""Content lines (RFC 5545 section 3.1): unfolded, bounded, and cut into components. No value is interpreted here.

VTIMEZONE is kept away from icalendar on purpose: it would work out the rules in it, which may be hostile, and remember
the result for the whole process.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from icalendar.parser import Contentline, Parameters

from dateline.errors import InvalidInput
from dateline.formats.control_characters import drop_control_characters

MOST_BYTES: Final = 2 * 1024 * 1024
MOST_COMPONENTS: Final = 2_000
MOST_IN_LINE: Final = 200_000

_FOLD: Final = re.compile(rb"\r?\n[ \t]")


@dataclass(frozen=True, slots=True)
class Line:
    """A property: its name in capitals, its parameters, its value as it stands."""

    name: str
    parameters: Parameters
    value: str

    def written(self) -> str:
        """The line again."""
        return str(Contentline.from_parts(self.name, self.parameters, self.value))


@dataclass(slots=True)
class Component:
    """A component's own properties, and the components in it. ``broken`` are lines that can't be read."""

    name: str
    lines: list[Line] = field(default_factory=list)
    inner: list[Component] = field(default_factory=list)
    broken: list[str] = field(default_factory=list)

    def first(self, name: str) -> str:
        """The value of the first property of that name; empty without one."""
        return next((line.value for line in self.lines if line.name == name), "")


def read_components(data: bytes) -> list[Component]:
    """The outermost components of ``data``.

    Raises ``InvalidInput`` for what is no calendar at all: not UTF-8, BEGIN and END that don't fit, too large.
    """
    if len(data) > MOST_BYTES:
        raise InvalidInput(f"A calendar has at most {MOST_BYTES // 1024 // 1024} MB.")
    outermost = Component("")
    open_ones = [outermost]
    count = 0
    for text in _unfolded(data):
        line = _read(text)
        if line is None:
            open_ones[-1].broken.append(text[:60])
        elif line.name == "BEGIN":
            count += 1
            component = Component(line.value.strip().upper())
            open_ones[-1].inner.append(component)
            open_ones.append(component)
        elif line.name == "END":
            if open_ones.pop().name != line.value.strip().upper() or not open_ones:
                raise InvalidInput("This is no calendar: BEGIN and END don't fit one another.")
        else:
            open_ones[-1].lines.append(line)
        if count > MOST_COMPONENTS or len(open_ones) > 5:
            raise InvalidInput(f"A calendar has at most {MOST_COMPONENTS} components, not nested in one another.")
    if len(open_ones) > 1:
        raise InvalidInput("This is no calendar: an END is missing.")
    return outermost.inner


def _unfolded(data: bytes) -> Iterator[str]:
    """The lines. They are unfolded before they are decoded: a fold may cut a character in two (section 3.1)."""
    try:
        text = _FOLD.sub(b"", data).decode("utf-8-sig")
    except UnicodeDecodeError:
        raise InvalidInput("A calendar must be UTF-8 (RFC 5545 section 3.1.4).") from None
    for line in text.split("\n"):
        kept = drop_control_characters(line.rstrip("\r"))
        if kept.strip():
            yield kept


def _read(text: str) -> Line | None:
    if len(text) > MOST_IN_LINE:
        return None
    try:
        name, parameters, value = Contentline(text).parts()  # type: ignore[no-untyped-call]
    except ValueError:
        return None
    return Line(str(name).upper(), parameters, str(value))
