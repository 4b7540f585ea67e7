"""What a VEVENT says besides title, times and place: categories, whom to ask, why it is off, where to take part."""

from __future__ import annotations

import re
from typing import Any, Final

from dateline.analysis.label_key import label_key
from dateline.errors import FieldError
from dateline.formats.ics.lines import Component, Line
from dateline.formats.ics.texts import one_line, shortened, unescaped
from dateline.schemas.event import REASON
from dateline.schemas.event_parts import MOST_IN_CATEGORY, MOST_PARTS
from dateline.schemas.fields import address_or_nothing

OUR_FIELD: Final = "X-DATELINE-FIELD"
"""The parameter of a CONTACT that tells whom to ask from who holds the event."""
MOST_IMAGES: Final = 10

_LANGUAGE: Final = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8}){0,3}")
_COLOURS: Final = re.compile(
    r"(?:red|orange|yellow|green|blue|purple)[ -]category|x-.*|appointment|meeting", re.IGNORECASE
)
"""Programs' own marks, which stand where categories do."""
_MEETINGS: Final = ("CONFERENCE", "X-GOOGLE-CONFERENCE")


def particulars_of(component: Component, is_off: bool, notes: list[FieldError]) -> dict[str, Any]:
    """The fields of an event that these properties say. ``is_off`` says that the event doesn't take place as announced:
    of any other a COMMENT isn't for readers (RFC 5545 section 3.8.1.4)."""
    return {
        "categories": _categories(component, notes),
        "contact": shortened("; ".join(dict.fromkeys(_contacts(component))), "contact", notes),
        "reason": _reason(component, notes) if is_off else "",
        "online_url": next(filter(None, map(_address, _meetings(component))), ""),
        "images": [{"url": url} for url in dict.fromkeys(_images(component))][:MOST_IMAGES],
        "language": _language(component),
    }


def organizers_of(component: Component) -> list[str]:
    """The CONTACT lines but for ours of whom to ask: the first of them says who holds the event."""
    return [text for line in component.all("CONTACT") if not _is_ours(line) and (text := one_line(line.value))]


def _is_ours(line: Line) -> bool:
    return str(line.parameters.get(OUR_FIELD) or "").lower() == "contact"


def _contacts(component: Component) -> list[str]:
    ours = [text for line in component.all("CONTACT") if _is_ours(line) and (text := one_line(line.value))]
    return ours or organizers_of(component)[1:]


def _categories(component: Component, notes: list[FieldError]) -> list[str]:
    """Each once; what is longer than a category, or only a program's mark, is none."""
    words: dict[str, str] = {}
    for line in component.all("CATEGORIES"):
        for given in line.value.split(","):
            word = " ".join(unescaped(given).split())
            if not _COLOURS.fullmatch(word):
                words.setdefault(label_key(word), word)
    words.pop("", None)
    kept = list(words.values())
    short = [word for word in kept if len(word) <= MOST_IN_CATEGORY]
    if short[MOST_PARTS:] or len(short) < len(kept):
        limits = f"At most {MOST_PARTS} of at most {MOST_IN_CATEGORY} characters are kept."
        notes.append(FieldError("/categories", limits))
    return short[:MOST_PARTS]


def _reason(component: Component, notes: list[FieldError]) -> str:
    text = unescaped(component.first("COMMENT")).strip()
    if len(text) <= REASON:
        return text
    notes.append(FieldError("/reason", f"Cut to {REASON} characters."))
    return f"{text[: REASON - 1].rstrip()}…"


def _meetings(component: Component) -> list[str]:
    """CONFERENCE (RFC 7986 section 5.11) and Google's: their addresses, a telephone's too."""
    return [line.value for name in _MEETINGS for line in component.all(name)]


def _images(component: Component) -> list[str]:
    """IMAGE (RFC 7986 section 5.10) where it is an address."""
    lines = component.all("IMAGE")
    return [url for line in lines if str(line.parameters.get("VALUE") or "URI").upper() == "URI"
            if (url := _address(line.value))]  # fmt: skip


def _address(value: str) -> str:
    return address_or_nothing(unescaped(value).strip())


def _language(component: Component) -> str:
    """That of the title: LANGUAGE (RFC 5545 section 3.2.10)."""
    said = next((str(line.parameters.get("LANGUAGE") or "") for line in component.all("SUMMARY")), "")
    return said if _LANGUAGE.fullmatch(said) else ""
