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

from dateline.domain.recurrence.effort import check_effort
from dateline.errors import InvalidInput
from dateline.formats.control_characters import drop_control_characters
from dateline.formats.ics.encodings.base64_values import decoded_base64
from dateline.formats.ics.encodings.charset import public_name, read_text
from dateline.formats.ics.encodings.quoted_printable import charset_of_values, decoded, without_soft_breaks

MOST_BYTES: Final = 2 * 1024 * 1024
MOST_COMPONENTS: Final = 10_000
MOST_RULES: Final = 2_000
"""A rule is worked out when it is read, and takes longer than all the rest of an event."""
MOST_LINES: Final = 100_000
MOST_BROKEN: Final = 20
"""Of the lines of one component that can't be read so many are kept."""
MOST_IN_LINE: Final = 200_000

MOST_IN_NAME: Final = 200
"""No property, TZID or UID has a longer name that anybody would look up."""
MOST_IN_DATES: Final = 2_000

_FOLD: Final = re.compile(r"(?:\r?\n)+[ \t]")


@dataclass(frozen=True, slots=True)
class Line:
    """A property: its name in capitals, its parameters, its value as it stands."""

    name: str
    parameters: Parameters
    value: str

    def written(self) -> str:
        """The line again."""
        return str(Contentline.from_parts(self.name, self.parameters, self.value))


_COMPONENTS: Final = frozenset({
    "VCALENDAR", "VEVENT", "VTODO", "VJOURNAL", "VFREEBUSY", "VALARM", "VTIMEZONE", "STANDARD", "DAYLIGHT",
})  # fmt: skip
_PLAIN: Final = re.compile(r"([A-Za-z0-9-]{1,200}):([^\\\"%]*)")
"""Most lines, and all of the hostile ones: icalendar takes a tenth of a millisecond over each."""
_DATES: Final = frozenset({"DTSTART", "DTEND", "RECURRENCE-ID", "EXDATE", "RDATE"})
_BARE_ZONE: Final = re.compile(
    r"([A-Z-]{4,13});(?:VALUE=[A-Z-]{1,20};)?TZID=([^\";]{1,200}):([0-9TZP:/,+-]{8,2000})", re.IGNORECASE
)


_TEXTS: Final = frozenset({"DESCRIPTION", "X-ALT-DESC", "STYLED-DESCRIPTION", "COMMENT"})
"""Those of several lines."""
_ESCAPED: Final = re.compile(r"\\([\\,;:nN\"'])")
_SPACED: Final = re.compile(r"\s*+[^\s:;]++\s++[^\s:;]")
"""The beginning of a line whose name would have spaces in it, which icalendar drops."""
_PROPERTY: Final = re.compile(r"[A-Za-z0-9-]{1,60}[;:]")


@dataclass(slots=True)
class Component:
    """A component's own properties, and the components in it. ``broken`` are lines that can't be read, ``guessed`` the
    charset in which its characters were read, where that is a guess; ``damaged`` says that some bytes are no character
    of it, ``is_continued`` that line ends stand within a text; ``unfolded`` are lines of it that aren't in ``lines``
    yet."""

    name: str
    lines: list[Line] = field(default_factory=list)
    inner: list[Component] = field(default_factory=list)
    broken: list[str] = field(default_factory=list)
    guessed: str = ""
    damaged: bool = False
    unfolded: list[str] = field(default_factory=list)
    is_continued: bool = False

    def end_text(self) -> None:
        """Put the lines of a text that stand by themselves behind the one with its name."""
        if self.unfolded:
            begun = self.lines[-1]
            text = "\n".join([begun.value, *map(_unescaped, self.unfolded)])
            self.lines[-1] = Line(begun.name, begun.parameters, text[:MOST_IN_LINE])
            self.unfolded, self.is_continued = [], True

    def continues(self, text: str) -> bool:
        """Whether ``text``, which is no property, is the next line of a text whose line ends nobody escaped."""
        return bool(self.lines) and self.lines[-1].name in _TEXTS and _PROPERTY.match(text) is None

    def all(self, name: str) -> list[Line]:
        """The properties of that name."""
        return [line for line in self.lines if line.name == name]

    def first(self, name: str) -> str:
        """The value of the first property of that name; empty without one."""
        return next((line.value for line in self.lines if line.name == name), "")


def read_components(data: bytes, charset: str = "") -> list[Component]:
    """The outermost components of ``data``; ``charset`` is what the request says of it.

    Raises ``InvalidInput`` for what is no calendar at all: BEGIN and END that don't fit, too large; and what
    ``check_effort`` does.
    """
    if len(data) > MOST_BYTES:
        raise InvalidInput(f"A calendar has at most {MOST_BYTES // 1024 // 1024} MB.")
    outermost = Component("")
    open_ones = [outermost]
    count, rules = 0, 0
    read = read_text(without_soft_breaks(data), charset)
    quoted = charset_of_values(read.text, data)
    for number, (text, guessed) in enumerate(_unfolded(read.text, quoted), start=1):
        if number > MOST_LINES:
            raise InvalidInput(f"A calendar has at most {MOST_LINES} lines.")
        check_effort()
        if (read.guessed or guessed) and not text.isascii():
            open_ones[-1].guessed = public_name(quoted if guessed else read.charset)
        if read.damaged and "\ufffd" in text:
            open_ones[-1].damaged = True
        whole = decoded_base64(text)
        line = None if whole is None else _read(whole)
        if line is None and whole is not None and open_ones[-1].continues(whole):
            open_ones[-1].unfolded.append(whole)
            continue
        open_ones[-1].end_text()
        if line is None:
            if len(open_ones[-1].broken) < MOST_BROKEN:
                open_ones[-1].broken.append(text[:60])
        elif line.name == "BEGIN":
            count += 1
            component = Component(line.value.strip().upper()[:MOST_IN_NAME])
            open_ones[-1].inner.append(component)
            open_ones.append(component)
        elif line.name == "END":
            _close(open_ones, line.value.strip().upper())
        else:
            rules += line.name == "RRULE"
            open_ones[-1].lines.append(line)
        if rules > MOST_RULES:
            raise InvalidInput(f"A calendar has at most {MOST_RULES} rules.")
        if count > MOST_COMPONENTS or len(open_ones) > 5:
            raise InvalidInput(f"A calendar has at most {MOST_COMPONENTS} components, not nested in one another.")
    if len(open_ones) > 1:
        raise InvalidInput("This is no calendar: an END is missing.")
    return outermost.inner


def _close(open_ones: list[Component], name: str) -> None:
    """End the innermost component. A name that no component has is one misspelt (END:VTOOD)."""
    innermost = open_ones.pop()
    misspelt = name not in _COMPONENTS and name not in {one.name for one in open_ones}
    if not open_ones or (innermost.name != name and not misspelt):
        raise InvalidInput("This is no calendar: BEGIN and END don't fit one another.")


def _unfolded(text: str, quoted: str) -> Iterator[tuple[str, bool]]:
    """The lines, ended by CR LF, as they should be, or by LF or CR alone; and whether one was read in ``quoted``, the
    charset guessed for quoted-printable values."""
    if "\n" not in text:
        text = text.replace("\r", "\n")
    for line in _FOLD.sub("", text).split("\n"):
        whole, guessed = decoded(line.rstrip("\r"), quoted)
        kept = drop_control_characters(whole).replace("\n", r"\n")
        if kept.strip():
            yield kept, guessed


def _read(text: str) -> Line | None:
    if len(text) > MOST_IN_LINE:
        return None
    if len(text) <= MOST_IN_DATES and (found := _BARE_ZONE.fullmatch(text.strip())):
        return _zoned(found)
    if found := _PLAIN.fullmatch(text):
        return Line(found[1].upper(), Parameters(), found[2])
    if _SPACED.match(text):
        return None
    try:
        name, parameters, value = Contentline(text).raw_parts()  # type: ignore[no-untyped-call]
    except ValueError:
        return None
    return Line(str(name).upper(), parameters, _unescaped(str(value))) if len(name) <= MOST_IN_NAME else None


def _unescaped(value: str) -> str:
    """A TEXT value (RFC 5545 section 3.3.11); a quotation mark needs no backslash, and programs give it one."""
    return _ESCAPED.sub(lambda found: "\n" if found[1] in "nN" else found[1], value)


def _zoned(found: re.Match[str]) -> Line | None:
    """A date of which the zone's name holds a colon that nobody quoted: TZID=(UTC-03:00) Brasilia."""
    name, zone, value = found.groups()
    if name.upper() not in _DATES:
        return None
    return Line(name.upper(), Parameters({"TZID": zone}), value)
