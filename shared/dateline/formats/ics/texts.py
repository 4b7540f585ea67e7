"""The texts of a VEVENT: unescaped, HTML read as HTML, with what programs put around them taken away."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, Final

from icalendar import vText

from dateline.domain.html import clean_html, text_of, unescaped_markup
from dateline.errors import FieldError, InvalidInput
from dateline.formats.ics.encodings.base64_values import read_data_url
from dateline.formats.ics.lines import Component, Line
from dateline.schemas.fields import SHORT

UNTITLED: Final = {
    "be": "Без назвы", "de": "Ohne Titel", "en": "Untitled", "es": "Sin título", "fr": "Sans titre",
    "it": "Senza titolo", "lt": "Be pavadinimo", "pl": "Bez tytułu", "pt": "Sem título", "ru": "Без названия",
    "uk": "Без назви",
}  # fmt: skip
POSTPONED: Final = "Postponed: "
"""RFC 5545 has no such status: the title says it, and X-DATELINE-STATUS keeps it for us."""

_BLOCKS: Final = "blockquote|body|br|dd|div|dl|dt|h[1-6]|hr|html|img|li|ol|p|pre|table|tbody|td|th|tr|ul"
_NAMES: Final = (
    f"{_BLOCKS}|a|abbr|address|article|b|big|center|code|em|font|i|s|section|small|span|strike|strong|sub|sup|tt|u"
)
_VALUED: Final = r"\s{1,9}[a-z][a-z:-]{0,30}\s{0,9}=[^<>]{0,4000}"
_TAG: Final = re.compile(rf"</(?:{_NAMES})\s{{0,9}}>|<(?:{_NAMES}){_VALUED}>|<(?:{_BLOCKS})\s{{0,9}}/?>", re.IGNORECASE)
"""Of an element within a line the closing tag, or an attribute with a value, tells that it is one: ``a<b then c>d``."""
_COMPARED: Final = re.compile(
    rf"<(?=(?:{_NAMES})(?:\s{{1,9}}(?!nowrap|noshade|compact|hidden)[^\s<>=\"']{{1,60}}){{1,50}}\s{{0,9}}>)", re.I
)
"""What looks like a tag with words in it, and no attribute: a sign of comparison."""
_REFERENCE: Final = re.compile(
    r"&(?:amp|lt|gt|quot|apos|nbsp|[mn]dash|hellip|[lr][sd]quo|#[0-9]{1,6}|#x[0-9a-f]{1,5});", re.IGNORECASE
)
_BREAKS: Final = re.compile(r"<(?:br|p|div|ul|ol|li|table|tr|pre|blockquote|h[1-6])[\s/>]", re.IGNORECASE)
_BRACKETED: Final = re.compile(r"<(?=[a-z0-9._%+-]{1,60}[@:])", re.IGNORECASE)
"""An address in angle brackets is no tag."""
_DATA: Final = re.compile(r"\s*data:[a-z]{1,20}/[^\s,]{1,200},", re.IGNORECASE)


def unescaped(value: str) -> str:
    """An escaped TEXT value (RFC 5545 section 3.3.11) as text."""
    return str(vText.from_ical(value))


def one_line(value: str) -> str:
    """A TEXT value as one line of plain text: tags and character references of HTML are read as such."""
    text = unescaped(value)
    html = _html_in(text)
    if not html:
        return text.strip()
    try:
        text = text_of(clean_html(html))
    except InvalidInput:
        text = re.sub(r"<[^<>]*>", " ", text)
    return " ".join(text.split())


def untitled(language: str) -> str:
    """What an event without a title is called in a language (BCP 47); in English where nobody translated it."""
    return UNTITLED.get(language.lower().split("-")[0], UNTITLED["en"])


def shortened(text: str, name: str, notes: list[FieldError]) -> str:
    """``text`` within the bounds of a line; a longer one is cut, with a note."""
    if len(text) <= SHORT:
        return text
    notes.append(FieldError(f"/{name}", f"Cut to {SHORT} characters."))
    return text[: SHORT - 1].rstrip() + "…"


def description_of(component: Component, notes: list[FieldError]) -> dict[str, str]:
    """What the event is about, as ``description_html`` or ``description_text``; {} without one.

    X-ALT-DESC and ALTREP hold the HTML of which DESCRIPTION is the plain text; many programs put HTML there too.
    """
    for html in _htmls(component, notes):
        try:
            if text_of(clean_html(html)).strip():
                return {"description_html": html}
        except InvalidInput as error:
            notes.append(FieldError("/description_html", str(error)))
    text = _within(unescaped(component.first("DESCRIPTION")))
    return {"description_text": text} if text.strip() and not _html_in(text) else {}


def contact_of(component: Component) -> str:
    """Who holds the event: CONTACT, or ORGANIZER by name or by mail address."""
    if contact := one_line(component.first("CONTACT")):
        return contact
    for line in component.all("ORGANIZER"):
        address = line.value.strip()
        known = address if address.lower().startswith("mailto:") else ""
        return one_line(str(line.parameters.get("CN") or "")) or known[len("mailto:") :]
    return ""


def location_of(component: Component, notes: list[FieldError]) -> dict[str, Any]:
    """LOCATION as a place's name, with GEO's coordinates; empty without a name."""
    name = shortened(" ".join(one_line(component.first("LOCATION")).split()), "location/name", notes)
    if not name:
        return {}
    given = component.first("GEO")
    latitude, _, longitude = given.replace(",", ";").partition(";")
    try:
        lat, lon = float(latitude[:40]), float(longitude[:40])
        if abs(lat) <= 90 and abs(lon) <= 180:
            return {"name": name, "lat": lat, "lon": lon}
    except ValueError:
        pass
    if given:
        notes.append(FieldError("/location", "GEO is no pair of degrees, and is left out."))
    return {"name": name}


def _htmls(component: Component, notes: list[FieldError]) -> Iterator[str]:
    """The event's HTML, wherever a program puts it; line breaks are kept where nothing else breaks lines."""
    for line in component.all("X-ALT-DESC"):
        if "html" in str(line.parameters.get("FMTTYPE") or "html").lower():
            text = unescaped(line.value)
            yield _broken(_within(text, notes))
    for line in component.all("DESCRIPTION"):
        yield from _alternative(line, notes)
        if html := _html_in(_within(unescaped(line.value), notes)):
            yield html


def _alternative(line: Line, notes: list[FieldError]) -> Iterator[str]:
    """Thunderbird's HTML: ALTREP="data:text/html,…"."""
    url = str(line.parameters.get("ALTREP") or "").strip('"')
    if _DATA.match(url) and (html := _within(url, notes)):
        type, _, _ = url.strip().lower().removeprefix("data:").partition(",")
        yield html if type.startswith("text/html") else ""


def _within(text: str, notes: list[FieldError] | None = None) -> str:
    """``text``, or what a data URL that it is holds; empty where that is no text, with a note."""
    if not _DATA.match(text):
        return text
    found = read_data_url(text.strip())
    if found is None and notes is not None:
        notes.append(FieldError("/description_html", "A data URL holds no text that can be read, and is left out."))
    return found[1] if found else ""


def _html_in(text: str) -> str:
    """``text`` as HTML where it is HTML; empty where it is plain. Some programs escape their HTML once more."""
    if not _TAG.search(text):
        if once := unescaped_markup(text):
            text = once
        elif not _REFERENCE.search(text):
            return ""
        else:
            text = text.replace("<", "&lt;").replace(">", "&gt;")
    return _broken(_COMPARED.sub("&lt;", _BRACKETED.sub("&lt;", text)))


def _broken(html: str) -> str:
    return html if _BREAKS.search(html) else html.replace("\n", "<br>\n")
