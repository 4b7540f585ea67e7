"""Which of an object's headlines, bodies and descriptions is meant, by role and content type, and what it says."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import escape, unescape
from typing import Any, Final, Literal

from dateline.domain.html import clean_html, is_blank, text_of, unescaped_markup
from dateline.domain.wrapped_address import with_unwrapped_addresses
from dateline.errors import FieldError, InvalidInput

_MEDIA: Final[Mapping[str, Literal["text", "html", "xhtml"]]] = {
    "": "text", "text/plain": "text", "text/html": "html", "application/xhtml+xml": "xhtml", "text/xhtml": "xhtml",
    "application/xhtml": "xhtml",
}  # fmt: skip
_REFERENCE: Final = re.compile(r"&(?:#[0-9]{1,7}|#x[0-9a-f]{1,6}|[a-z][a-z0-9]{1,30});", re.IGNORECASE)
TAKEN: Final = "Must be text/plain, text/html or application/xhtml+xml."

_MAIN: Final[Mapping[str, frozenset[str]]] = {
    "headlines": frozenset({"main", "headline", "hl1", "title"}),
    "bodies": frozenset({"main", "body", "full", "article", "story"}),
    "descriptions": frozenset({"main", "summary", "abstract", "description"}),
}
TEASERS: Final = frozenset({"teaser", "summary", "abstract", "lead", "caption", "short", "alert", "description"})
_LESSER: Final[Mapping[str, frozenset[str]]] = {
    "headlines": frozenset({"sub", "subheadline", "subhead", "kicker", "hl2", "short", "seo", "social", "teaser"}),
    "bodies": TEASERS,
    "descriptions": frozenset({"caption", "short", "seo", "social"}),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Content:
    """One headline, body or description: its value, whether it is HTML, its role, and the pointer to its value."""

    value: str
    is_html: bool
    role: str
    pointer: str

    @property
    def line(self) -> str:
        """What it says, in one line of plain text. Raises ``InvalidInput`` for HTML that can't be read."""
        return " ".join(self.text.split())

    @property
    def text(self) -> str:
        """What it says, as plain text. Raises ``InvalidInput`` for HTML that can't be read."""
        if not self.is_html:
            return self.value
        try:
            return text_of(clean_html(self.value))
        except InvalidInput as error:
            raise InvalidInput(str(error), (FieldError(self.pointer, str(error)),)) from error


def contents(thing: Mapping[str, Any], name: str, pointer: str = "") -> list[Content]:
    """The contents of one kind that are text, the one that is meant first.

    A main one before one without a role, and that before others; a teaser comes last. Blank ones come after all.
    """
    found = list(_contents(thing.get(name, ()), f"{pointer}/{name}"))
    found.sort(key=lambda one: (is_blank(one.value), _rank(one.role, name)))
    return found


def _contents(listed: Sequence[Mapping[str, Any]], pointer: str) -> Iterator[Content]:
    for place, one in enumerate(listed):
        said = one.get("contentType", "").partition(";")[0].strip().lower()
        media = _MEDIA.get(said)
        if media is not None:
            role = one.get("role", "").strip().lower()
            is_html = media != "text" or (not said and _is_markup(one["value"]))
            value = one["value"] if is_html else _plain(one["value"], is_told=bool(said))
            yield Content(value=value, is_html=is_html, role=role, pointer=f"{pointer}/{place}/value")


def _is_markup(value: str) -> bool:
    """Whether what nobody named a type of is HTML: its tags all have their ends."""
    return "<" in value and bool(unescaped_markup(escape(value, quote=False)))


def _plain(value: str, *, is_told: bool) -> str:
    """Plain text: without wrapped addresses and, where nobody named its type, without character references."""
    text = value if is_told else _REFERENCE.sub(lambda found: unescape(found[0]), value)
    return with_unwrapped_addresses(text, is_html=False)


def _rank(role: str, name: str) -> int:
    if role in _MAIN[name]:
        return 0
    return 1 if not role else 3 if role in _LESSER[name] else 2
