"""What is looked at, and what is said of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Final, Literal

TextField = Literal["headline", "summary", "body_text"]
TEXT_FIELDS: Final[tuple[TextField, ...]] = ("headline", "summary", "body_text")


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckedPicture:
    """A picture of a story: its words, those on record too, and its rights, on the newsroom's clock.

    ``name`` is what a remark calls it, ``field`` where it stands. ``missing``: nobody has one of that id any more.
    """

    name: str
    alt: str = ""
    decorative: bool = False
    field: str = "images"
    usable_from: datetime | None = None
    usable_until: datetime | None = None
    missing: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckedText:
    """A story as far as it is written. ``day`` is the one it is to appear on, in the newsroom's zone; ``appears_at``
    the time, or now where that is over.

    ``body_text`` is the text of its body, ``body_html`` its markup where it has some.
    """

    headline: str = ""
    summary: str = ""
    body_text: str = ""
    body_html: str = ""
    section: str = ""
    language: str = "en"
    pictures: tuple[CheckedPicture, ...] = ()
    day: date
    appears_at: datetime | None = None

    def text(self, field: TextField) -> str:
        """The words of a field."""
        match field:
            case "headline":
                return self.headline
            case "summary":
                return self.summary
            case "body_text":
                return self.body_text


@dataclass(frozen=True, slots=True, kw_only=True)
class Remark:
    """``message`` about the words of ``field`` from ``start`` to ``end`` (Unicode code points), or about the whole
    field where ``words`` is empty. ``rule`` names what was looked for."""

    rule: str
    field: str
    message: str
    start: int = 0
    end: int = 0
    words: str = ""


def about(text: CheckedText, rule: str, field: TextField, span: tuple[int, int], message: str) -> Remark:
    """A remark about the words at ``span``."""
    start, end = span
    return Remark(rule=rule, field=field, message=message, start=start, end=end, words=text.text(field)[start:end])
