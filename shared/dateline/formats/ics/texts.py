"""The texts of a VEVENT: unescaped, HTML read as HTML, with what programs put around them taken away."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import escape
from typing import Any, Final
from urllib.parse import unquote

from icalendar import vText

from dateline.domain.html import clean_html, text_of, unescaped_markup
from dateline.domain.html.elements import KNOWN, VOID
from dateline.domain.html.pasted.shortcodes import without_shortcodes
from dateline.domain.wrapped_address import with_unwrapped_addresses
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
TOLD: Final = "X-DATELINE-TOLD"
"""What we wrote below a description for people whose program shows nothing else: it is no part of the text."""
"""RFC 5545 has no such status: the title says it, and X-DATELINE-STATUS keeps it for us."""

_BLOCKS: Final = "blockquote|body|br|dd|div|dl|dt|h[1-6]|hr|html|img|li|ol|p|pre|table|tbody|td|th|tr|ul"
_NAMES: Final = (
    f"{_BLOCKS}|a|abbr|address|article|b|big|center|code|em|font|i|s|section|small|span|strike|strong|sub|sup|tt|u"
)
_VALUED: Final = r"\s{1,9}[a-z][a-z:-]{0,30}\s{0,9}=[^<>]{0,4000}"
_TAG: Final = re.compile(rf"</(?:{_NAMES})\s{{0,9}}>|<(?:{_NAMES}){_VALUED}>|<(?:{_BLOCKS})\s{{0,9}}/?>", re.IGNORECASE)
"""Of an element within a line the closing tag, or an attribute with a value, tells that it is one: ``a<b then c>d``."""
_COMPARED: Final = re.compile(
    rf"<(?=(?:{_NAMES})(?:\s{{1,9}}(?!nowrap|noshade|compact|hidden|/\s*>)[^\s<>=\"']{{1,60}}){{1,50}}\s{{0,9}}>)", re.I
)
"""What looks like a tag with words in it, and no attribute: a sign of comparison."""
_REFERENCE: Final = re.compile(
    r"&(?:amp|lt|gt|quot|apos|nbsp|[mn]dash|hellip|[lr][sd]quo|#[0-9]{1,6}|#x[0-9a-f]{1,5});", re.IGNORECASE
)
_DOUBLED: Final = re.compile(
    r"&(?:amp;){1,3}(?=(?:amp|quot|apos|nbsp|[mn]dash|hellip|[lr][sd]quo|#[0-9]{1,6}|#x[0-9a-f]{1,5});)", re.IGNORECASE
)
"""Signs that were escaped once more: nobody writes ``&amp;#39;`` for readers. Tags may be spoken of."""
_BLOCK: Final = re.compile(r"<(?:p|div|ul|ol|li|table|tr|pre|blockquote|h[1-6])[\s/>]", re.IGNORECASE)
_BREAK_BEFORE: Final = re.compile(r"<br\s*/?>[ \t]*$", re.IGNORECASE)
_BREAK_BEHIND: Final = re.compile(r"[ \t]*<br[\s/>]", re.IGNORECASE)
_LONGEST_BREAK: Final = 40
_OPENED: Final = re.compile(r"<(?![!?])(/?)([a-z][^\s/<>]{0,100})?", re.IGNORECASE)
_ELEMENTS: Final = KNOWN | VOID | frozenset({
    "html", "head", "body", "title", "script", "style", "noscript", "template", "svg", "math", "iframe", "object",
    "param", "video", "audio", "picture", "canvas", "map", "font", "tt", "acronym", "nobr", "select", "optgroup",
    "textarea", "label", "datalist", "output", "progress", "meter", "colgroup", "noframes", "noembed", "xml", "data",
})  # fmt: skip
_OFFICE: Final = re.compile(r"(?:[ovwxm]|st1):[a-z]{1,40}", re.IGNORECASE)
_PERCENT: Final = re.compile(r"%[0-9A-Fa-f]{2}")
_ADDRESS: Final = re.compile(
    r"(?:mailto:)?[^\s<>()@\"']{1,100}@[^\s<>()@\"']{1,200}|mailto:|\S{1,100}%40\S{1,200}", re.IGNORECASE
)
_MOST_IN_NAME: Final = 2_000
_MADE_UP: Final = re.compile(
    r"@(?:[a-z.]{0,30}\.)?calendar\.google\.com|^\s*(?:mailto:)?\s*unknownorganizer@", re.IGNORECASE
)
"""Addresses under which Google's calendars, and no persons, are known."""
_MEETING: Final = re.compile(r"-::~[:~]{20,200}::-([^\0]{0,4000}?)-::~[:~]{20,200}::-")
_MEETING_LINK: Final = re.compile(r"https://meet\.google\.com/[\w-]{3,60}")
_DATA: Final = re.compile(r"\s*data:[a-z]{1,20}/[^\s,]{1,200},", re.IGNORECASE)


def unescaped(value: str) -> str:
    """An escaped TEXT value (RFC 5545 section 3.3.11) as text."""
    return str(vText.from_ical(value))


def one_line(value: str) -> str:
    """A TEXT value as one line of plain text: tags and character references of HTML are read as such."""
    text, is_html = _plain(value)
    return " ".join(text.split()) if is_html else text.strip()


def _plain(value: str) -> tuple[str, bool]:
    """A TEXT value as plain text of several lines, and whether it was HTML."""
    text = unescaped(value)
    html = _html_in(text)
    if not html:
        return text, False
    try:
        return text_of(clean_html(html)), True
    except InvalidInput:
        return re.sub(r"<[^<>]*>", " ", text), True


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

    STYLED-DESCRIPTION, X-ALT-DESC and ALTREP hold the HTML of which DESCRIPTION is the plain text; many programs put
    HTML there too.
    """
    for html in _htmls(component, notes):
        try:
            if text_of(clean_html(html)).strip():
                return {"description_html": html}
        except InvalidInput as error:
            notes.append(FieldError("/description_html", str(error)))
    plain = (line for line in component.all("STYLED-DESCRIPTION") if not _is_elsewhere(line))
    texts = (_within(unescaped(line.value)) for line in (*component.all("DESCRIPTION"), *plain))
    text = next(filter(str.strip, texts), "")
    if told := unescaped(component.first(TOLD)).strip():
        text = text.strip().removesuffix(told).rstrip()
    if not text.strip() or _html_in(text):
        return {}
    marked = escape(text, quote=False)
    if without_shortcodes(marked) != marked:
        return {"description_html": _broken(marked)}
    return {"description_text": with_unwrapped_addresses(text, is_html=False)}


def organizer_of(component: Component, notes: list[FieldError]) -> str:
    """Who holds the event, as readers may see it: the name (CN) of the ORGANIZER.

    An address is nobody's name: programs write that of whoever typed the event, or one that they made up.
    """
    for line in component.all("ORGANIZER"):
        if name := _name_of(line) or _name_as_address(line):
            return name
        if not _MADE_UP.search(line.value):
            notes.append(FieldError("/organizer", "ORGANIZER has no name: its address isn't made public."))
    return ""


def _name_of(organizer: Line) -> str:
    """The CN of an ORGANIZER without addresses; empty where nothing else is in it."""
    given = organizer.parameters.get("CN") or ""
    written = ", ".join(given) if isinstance(given, list) else str(given)
    if _PERCENT.search(written) and " " not in written:
        written = unquote(written)
    name = " ".join(_ADDRESS.sub(" ", one_line(written[:_MOST_IN_NAME])).split()).strip("<>()[]\"' ,;")
    return name if any(map(str.isalpha, name)) and not _MADE_UP.search(organizer.value) else ""


def _name_as_address(organizer: Line) -> str:
    """What stands as the address of an ORGANIZER and is none: no scheme, and no @ in it."""
    written = one_line(organizer.value[:_MOST_IN_NAME])
    return "" if re.search(r"[:@/]|%40", written) or not any(map(str.isalpha, written)) else written


def location_of(component: Component, notes: list[FieldError]) -> dict[str, Any]:
    """LOCATION as a place's name, with GEO's coordinates; empty without a name."""
    given = component.first("GEO")
    lines = (" ".join(line.split()).strip(",;") for line in _plain(component.first("LOCATION"))[0].split("\n"))
    name = shortened(", ".join(filter(None, lines)), "location/name", notes)
    if not name:
        if given:
            notes.append(FieldError("/location", "GEO without LOCATION is left out: a place has a name."))
        return {}
    latitude, _, longitude = given.replace("\\", "").replace(",", ";").partition(";")
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
    for line in (*component.all("STYLED-DESCRIPTION"), *component.all("X-ALT-DESC")):
        if "html" in str(line.parameters.get("FMTTYPE") or "html").lower() and not _is_elsewhere(line):
            text = unescaped(line.value)
            yield _broken(_within(text, notes))
    for line in component.all("DESCRIPTION"):
        yield from _alternative(line, notes)
        if html := _html_in(_within(unescaped(line.value), notes)):
            yield html


def _without_meeting(text: str) -> str:
    """A description with the link alone of what Google adds for its meetings: telephone numbers, PINs, "don't edit"."""

    def link(block: re.Match[str]) -> str:
        found = _MEETING_LINK.search(block[1])
        return f"Google Meet: {found[0]}" if found else ""

    return _MEETING.sub(link, text) if "-::~" in text else text


def _is_elsewhere(line: Line) -> bool:
    """Whether a STYLED-DESCRIPTION (RFC 9073 section 6.5) is an address, and what is there isn't in the calendar."""
    return str(line.parameters.get("VALUE") or "").upper() == "URI" and not _DATA.match(line.value)


def _alternative(line: Line, notes: list[FieldError]) -> Iterator[str]:
    """Thunderbird's HTML: ALTREP="data:text/html,…"."""
    url = str(line.parameters.get("ALTREP") or "").strip('"')
    if _DATA.match(url) and (html := _within(url, notes)):
        type, _, _ = url.strip().lower().removeprefix("data:").partition(",")
        yield html if type.startswith("text/html") else ""


def _within(text: str, notes: list[FieldError] | None = None) -> str:
    """``text``, or what a data URL that it is holds; empty where that is no text, with a note."""
    if not _DATA.match(text):
        return _without_meeting(text)
    found = read_data_url(text.strip())
    if found is None and notes is not None:
        notes.append(FieldError("/description_html", "A data URL holds no text that can be read, and is left out."))
    return found[1] if found else ""


def _html_in(text: str) -> str:
    """``text`` as HTML where it is HTML; empty where it is plain. Some programs escape their HTML once more."""
    text = _DOUBLED.sub("&", text)
    if not _TAG.search(text):
        if once := unescaped_markup(text):
            text = once
        elif not _REFERENCE.search(text):
            return ""
        else:
            text = text.replace("<", "&lt;").replace(">", "&gt;")
    return _broken(_COMPARED.sub("&lt;", _with_tags_only(text)))


def _with_tags_only(text: str) -> str:
    """HTML in which only elements have angle brackets: ``<TBA>``, ``5<x``, an address in them are text."""
    ended = {name.lower() for end, name in _OPENED.findall(text) if end}

    def written(found: re.Match[str]) -> str:
        name = (found[2] or "").lower()
        is_tag = name in _ELEMENTS or name in ended or _OFFICE.fullmatch(name)
        return found[0] if is_tag else f"&lt;{found[0][1:]}"

    return _OPENED.sub(written, text)


def _broken(html: str) -> str:
    """HTML with its line breaks where no block parts its lines; ``<br>`` at the end of a line is one with it."""
    if _BLOCK.search(html):
        return html
    lines = html.split("\n")
    broken = [_BREAK_BEFORE.search(line[-_LONGEST_BREAK:]) is not None for line in lines[:-1]]
    behind = [_BREAK_BEHIND.match(line) is not None for line in lines[1:]]
    ends = ["\n" if before or after else "<br>\n" for before, after in zip(broken, behind, strict=True)]
    return "".join(line + end for line, end in zip(lines, [*ends, ""], strict=True))
