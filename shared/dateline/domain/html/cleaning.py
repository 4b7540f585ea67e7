"""HTML of stories and events: made safe.

The allow-list is what a news text needs (https://html.spec.whatwg.org/#flow-content); scripts, styles, event handlers,
forms and ids go. nh3 parses as browsers do, so what it lets through means the same everywhere.
"""

from __future__ import annotations

import re
from html import escape, unescape
from typing import Final

import nh3

from dateline.domain.html.bounds import MOST_TAGS, check_bounds
from dateline.domain.html.elements import KNOWN, RENAMED
from dateline.domain.html.escaped import unescaped_markup
from dateline.domain.html.own_pictures import own_picture, without_foreign_id
from dateline.domain.html.paragraphs import with_paragraphs
from dateline.domain.html.pasted.clipboard import without_clipboard_header
from dateline.domain.html.pasted.embeds import EMBEDS, with_embeds_open
from dateline.domain.html.pasted.late_images import (
    IMAGE_ATTRIBUTES,
    SOURCE_ATTRIBUTES,
    has_late_images,
    with_addresses,
    with_fallbacks_open,
)
from dateline.domain.html.pasted.plain_markup import ANY_ATTRIBUTES, ATTRIBUTES, ELEMENTS, is_pasted, plain_markup
from dateline.domain.html.pasted.shortcodes import without_shortcodes
from dateline.domain.html.pasted.sizes import has_tiny_side
from dateline.domain.html.pasted.style_sheets import styles_of
from dateline.domain.html.pasted.trackers import is_tracker
from dateline.domain.html.serializing import serialized
from dateline.domain.html.text import is_blank, text_of
from dateline.domain.html.xhtml import as_html
from dateline.domain.web_address import absolute_address
from dateline.domain.wrapped_address import with_unwrapped_addresses
from dateline.errors import InvalidInput

MOST_ESCAPED: Final = 3
"""How many times over HTML may be escaped; what is so more often is a text of such tags."""

_UNSEEN: Final = frozenset({
    "script", "style", "template", "svg", "annotation", "annotation-xml", "title", "noscript", "noembed", "noframes",
    "datalist", "xml", "w:worddocument", "o:documentproperties", "o:officedocumentsettings", "o:shapedefaults",
    "m:mathpr", "ac:parameter", "ac:placeholder", "ac:task-id", "ac:task-status",
})  # fmt: skip
"""Elements whose words no browser shows, those of Office programs and of Confluence among them."""
_ATTRIBUTES: Final[dict[str, set[str]]] = {
    "*": {"lang", "title"},
    "a": {"href", "hreflang"},
    "blockquote": {"cite"},
    "del": {"cite", "datetime"},
    "img": {"src", "alt", "width", "height", "data-image"},
    "ins": {"cite", "datetime"},
    "li": {"value"},
    "ol": {"start", "reversed"},
    "q": {"cite"},
    "td": {"colspan", "rowspan"},
    "th": {"colspan", "rowspan"},
    "time": {"datetime"},
}
_VALUES: Final[dict[str, dict[str, set[str]]]] = {
    name: {"dir": {"ltr", "rtl", "auto"}} for name in KNOWN | {"font", "picture"}
}
"""Of these attributes only the values that HTML knows (section 3.2.6.4: any other ``dir`` says nothing)."""
_VALUES["ol"]["type"] = {"1", "a", "A", "i", "I"}
_VALUES["th"]["scope"] = {"row", "col", "rowgroup", "colgroup"}
_SCHEMES: Final = {"http", "https", "mailto", "tel"}

_CLEANER: Final = nh3.Cleaner(
    tags=set(KNOWN),
    clean_content_tags=set(_UNSEEN | EMBEDS - {"embed", "video", "audio"}),
    attributes=_ATTRIBUTES,
    tag_attribute_values=_VALUES,
    url_schemes=_SCHEMES,
    url_relative=absolute_address,
    link_rel="noopener noreferrer",
)
_PASTE_READER: Final = nh3.Cleaner(
    tags=set(KNOWN | ELEMENTS | {"picture", "source"}),
    clean_content_tags=set(_UNSEEN),
    attributes=_ATTRIBUTES
    | dict(ATTRIBUTES)
    | {"*": _ATTRIBUTES["*"] | ANY_ATTRIBUTES}
    | {"img": _ATTRIBUTES["img"] | IMAGE_ATTRIBUTES}
    | {"source": ATTRIBUTES["source"] | SOURCE_ATTRIBUTES},
    tag_attribute_values=_VALUES,
    link_rel=None,
)
"""Lets through what ``plain_markup`` reads; what that writes is cleaned again."""

_TO_RENAME: Final = re.compile(rf"<(/?)({'|'.join(RENAMED)})(?=[ >])")
_LINK: Final = re.compile(r"<a(?: [^>]*)?>|</a>")
_ADDRESS: Final = re.compile(r' (href|src)="([^"]*)"')
_IMAGE: Final = re.compile(r"([^\s>]|</[a-z0-9]+>)?(<img(?: [^>]*)?>)(?=([^\s<]|<[a-z])?)")
_PASSWORD: Final = re.compile(r"^(https?://)[^/?#@]{0,400}:[^/?#@]{0,400}@", re.IGNORECASE)
"""A name and a password before the host are nobody's business, and browsers warn of them."""
_FRAME: Final = re.compile(r"(<iframe(?: [^>]*)?>)[^\0]*?(</iframe>)")
_RUBY: Final = re.compile(r"(<ruby(?: [^>]*)?>)((?:(?!</?ruby[ >])[^\0])*)</ruby>")
_READING: Final = re.compile(r"<rt(?: [^>]*)?>((?:(?!</?rt[ >])[^\0])*)</rt>")
_ALT: Final = re.compile(r' alt="([^"]*)"')
_FILE_NAME: Final = re.compile(r"\s*\S+\.\w{3,4}\s*|[\W\d_]*")
"""What stands in ``alt`` and tells a reader nothing."""


def clean_html(html: str) -> str:
    """``html`` with only what a news text may hold; links carry ``rel``. Cleaning twice changes nothing.

    HTML that was escaped as a whole is read as HTML, and blank lines part what has no paragraphs of its own. Raises
    ``InvalidInput`` for what ``check_html`` refuses.
    """
    return with_paragraphs(with_unwrapped_addresses(_clean(html)), html)


def _clean(html: str) -> str:
    first = clean = _cleaned(_bounded_html(html))
    for _ in range(MOST_ESCAPED):
        once = unescaped_markup(clean, MOST_ESCAPED)
        if not once or not _can_be_cleaned(once):
            return clean
        clean = _cleaned(_bounded_html(once))
    return first if unescaped_markup(clean, MOST_ESCAPED) else clean


def is_empty(html: str) -> bool:
    """Whether ``html``, once cleaned, has no words and no image for a reader. Raises as ``clean_html`` does."""
    clean = clean_html(html)
    return "<img" not in clean and is_blank(text_of(clean))


def check_html(html: str) -> None:
    """Return when ``html`` can be cleaned. Cheap: no parser is asked.

    Raises ``InvalidInput`` when it has more markup than is taken (``bounds``).
    """
    _bounded_html(html)


def _bounded_html(html: str) -> str:
    """``html`` as the parser gets it, when that is within its bounds."""
    if html.count("<") > MOST_TAGS:
        raise InvalidInput(f"The HTML has more than {MOST_TAGS} tags.")
    rewritten = with_embeds_open(without_shortcodes(as_html(without_clipboard_header(html))))
    check_bounds(rewritten)
    return rewritten


def _cleaned(html: str, *, again: bool = True) -> str:
    if has_late_images(html):
        html = plain_markup(with_addresses(_as_pasted(with_fallbacks_open(html))), styles_of(html))
    elif is_pasted(html):
        html = plain_markup(_as_pasted(html), styles_of(html))
    clean = serialized(_CLEANER, html)
    mended = _TO_RENAME.sub(lambda tag: f"<{tag[1]}{RENAMED[tag[2]]}", clean)
    if "<ruby" in clean:
        mended = _RUBY.sub(_with_parentheses, mended)
    if "<a" in clean or "<img" in clean:
        mended = _IMAGE.sub(_image_or_words, _without_dead_links(mended))
    # A block that was none before may stand where none can: it is parsed again, as a browser would.
    cleaned = mended if mended == clean else serialized(_CLEANER, mended)
    # What seemed to stand in a text of code, or in an attribute, is seen now.
    opened = without_shortcodes(cleaned)
    return _cleaned(opened, again=False) if again and opened != cleaned else cleaned


def _as_pasted(html: str) -> str:
    """``html`` as a stream of tags; what stands in a frame is text, which nh3 leaves as it is."""
    stream = serialized(_PASTE_READER, html)
    return _FRAME.sub(r"\1\2", stream) if "<iframe" in stream else stream


def _with_parentheses(ruby: re.Match[str]) -> str:
    """What has a reading, whole before it, and parentheses around that, which only those see who see no ruby."""
    if "<rp" in ruby[2] or "<rt" not in ruby[2]:
        return ruby[0]
    reading = "".join(_READING.findall(ruby[2]))
    return f"{ruby[1]}{_READING.sub('', ruby[2])}<rp>(</rp><rt>{reading}</rt><rp>)</rp></ruby>"


def _can_be_cleaned(html: str) -> bool:
    try:
        check_html(html)
    except InvalidInput:
        return False
    return True


def _image_or_words(image: re.Match[str]) -> str:
    """The image with its address, or one of the newsroom's with its id; where the address leads nowhere, its ``alt``
    text in its place, as browsers show it."""
    before, tag, after = image[1] or "", image[2], image[3]
    if own := own_picture(tag):
        return before + own
    tag = without_foreign_id(tag)
    written = _ADDRESS.search(tag)
    if has_tiny_side(tag) or (written and is_tracker(unescape(written[2]))):
        return before
    if addressed := _with_address(tag):
        return before + addressed
    found = _ALT.search(tag)
    words = "" if not found or _FILE_NAME.fullmatch(unescape(found[1])) else found[1].strip()
    if not words:
        return before
    return f"{before}{' ' if before else ''}{words}{' ' if after else ''}"


def _without_dead_links(clean: str) -> str:
    """Links whose address leads nowhere are words like others."""
    open_links: list[bool] = []

    def kept(tag: re.Match[str]) -> str:
        if tag[0] == "</a>":
            return tag[0] if open_links.pop() else ""
        link = _with_address(tag[0])
        open_links.append(bool(link))
        return link

    return _LINK.sub(kept, clean)


def _with_address(tag: str) -> str:
    """A link or image with its address as it is to be asked for; nothing where that leads nowhere."""
    written = _ADDRESS.search(tag)
    if not written:
        return ""
    address = _PASSWORD.sub(r"\1", unescape(written[2]).strip())
    if not address.startswith(("mailto:", "tel:")) and absolute_address(address) != address:
        return ""
    return f"{tag[: written.start(2)]}{escape(address)}{tag[written.end(2) :]}"
