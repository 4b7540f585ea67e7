"""The lines of a component (RFC 5545 section 3.1): values escaped, names of zones, lines folded by octets.

icalendar writes the same lines, and takes a millisecond for an event: a calendar of a newsroom has thousands.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any, Final

from icalendar import vDuration

MOST_OCTETS: Final = 75
"""Of a line, without its end (section 3.1)."""

_ADDRESSES: Final = frozenset({"URL", "SOURCE", "IMAGE", "CONFERENCE", "ATTACH"})
"""Properties whose text is a URI, which isn't escaped."""
_ESCAPED: Final = str.maketrans({"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n"})
_BREAK: Final = re.compile("\r\n?")
_CONTROL: Final = re.compile("[\x00-\x08\x0b-\x1f\x7f]")
_QUOTED: Final = re.compile("[,;:]")


class Verbatim(str):
    """A value that is written as it stands: a rule, an address."""


class PropertyLines:
    """The lines of one component, and of those within it. It takes what ``icalendar.Component.add`` takes."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._lines = [f"BEGIN:{name}"]

    def add(self, name: str, value: Any, parameters: Mapping[str, Any] | None = None) -> None:
        """A property; of a list one value after the other, in one line."""
        said = dict(parameters or {})
        text = _said(name, value, said)
        head = "".join(f";{key}={_parameter(str(one))}" for key, one in said.items())
        self._lines.append(f"{name}{head}:{text}")

    def add_component(self, component: PropertyLines) -> None:
        """A component within this one."""
        self._lines += [*component._lines, f"END:{component._name}"]

    def to_ical(self) -> bytes:
        """The component, each line ended by CRLF."""
        return b"".join(map(folded, [*self._lines, f"END:{self._name}"]))


def folded(line: str) -> bytes:
    """``line`` in pieces of at most 75 octets, none of which parts a character."""
    data = line.encode(errors="replace")
    if len(data) <= MOST_OCTETS:
        return data + b"\r\n"
    pieces, at, room = [], 0, MOST_OCTETS
    while len(data) - at > room:
        end = at + room
        while data[end] & 0xC0 == 0x80:
            end -= 1
        pieces.append(data[at:end])
        at, room = end, MOST_OCTETS - 1
    return b"\r\n ".join([*pieces, data[at:]]) + b"\r\n"


def _said(name: str, value: Any, parameters: dict[str, Any]) -> str:
    """A value's text; what a program must know of it goes into ``parameters``."""
    if hasattr(value, "to_ical"):
        for key, one in getattr(value, "params", {}).items():
            parameters.setdefault(key, one)
        return str(value.to_ical().decode())
    if isinstance(value, Verbatim):
        return _CONTROL.sub("", value).replace("\n", "")
    if isinstance(value, str):
        plain = _CONTROL.sub("", _BREAK.sub("\n", value))
        return plain.replace("\n", "") if name in _ADDRESSES else plain.translate(_ESCAPED)
    if isinstance(value, datetime):
        return _time(value, parameters)
    if isinstance(value, date):
        parameters.setdefault("VALUE", "DATE")
        return f"{value.year:04}{value:%m%d}"
    if isinstance(value, timedelta):
        return str(vDuration(value).to_ical().decode())  # type: ignore[no-untyped-call]
    if name == "GEO":
        return ";".join(map(str, value))
    if isinstance(value, tuple):
        return "/".join(_said(name, one, parameters) for one in value)
    if isinstance(value, Sequence):
        return ",".join(_said(name, one, parameters) for one in value)
    return str(value)


def _time(moment: datetime, parameters: dict[str, Any]) -> str:
    """A time in UTC, or on the clock of its zone."""
    zone = getattr(moment.tzinfo, "key", None)
    if zone is None or zone == "UTC":
        moment = moment.astimezone(UTC)
        return f"{moment.year:04}{moment:%m%dT%H%M%SZ}"
    parameters.setdefault("TZID", zone)
    return f"{moment.year:04}{moment:%m%dT%H%M%S}"


def _parameter(value: str) -> str:
    """A parameter's value (section 3.2), in quotes where it must; a quote has no place in it."""
    plain = _CONTROL.sub("", value.replace('"', "'").replace("\n", " "))
    return f'"{plain}"' if _QUOTED.search(plain) else plain
