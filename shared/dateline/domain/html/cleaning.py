"""HTML of stories and events: made safe, and turned into the text that is tagged, searched and counted in.

The allow-list is what a news text needs (https://html.spec.whatwg.org/#flow-content); scripts, styles, event handlers,
forms and ids go. nh3 parses as browsers do, so what it lets through means the same everywhere.
"""

from __future__ import annotations

import re
from html import escape, unescape
from typing import Final
from unicodedata import category

import nh3

from dateline.domain.html.bounds import MOST_TAGS, check_bounds
from dateline.domain.html.pasted import EMBED_ATTRIBUTES, EMBEDS, POST_ADDRESSES, is_pasted, plain_markup
from dateline.domain.html.xhtml import as_html
from dateline.domain.web_address import absolute_address
from dateline.errors import InvalidInput

_RENAMED: Final = {
    "h1": "h2", "center": "div", "form": "div", "fieldset": "div", "main": "div", "nav": "div", "menu": "ul",
    "dir": "ul", "legend": "div", "button": "div", "hgroup": "div", "search": "div", "option": "div", "dialog": "div",
    "strike": "s", "big": "strong",
}  # fmt: skip
"""Elements that pages don't show as they are; what they hold stays, and stays apart from its neighbours."""

_BLOCKS: Final = frozenset({
    "address", "article", "aside", "blockquote", "details", "div", "dl", "figcaption", "figure", "footer", "h2", "h3",
    "h4", "h5", "h6", "header", "hr", "ol", "p", "pre", "section", "summary", "table", "ul",
})  # fmt: skip
_LINES: Final = frozenset({
    "br", "caption", "dd", "dt", "li", "tbody", "td", "tfoot", "th", "thead", "tr",
})  # fmt: skip
_INLINE: Final = frozenset({
    "a", "abbr", "b", "bdi", "bdo", "cite", "code", "del", "dfn", "em", "i", "img", "ins", "kbd", "mark", "q", "s",
    "samp", "small", "span", "strong", "sub", "sup", "time", "u", "var", "wbr",
})  # fmt: skip
_UNSEEN: Final = frozenset({
    "script", "style", "template", "svg", "annotation", "annotation-xml", "title", "noscript", "noembed", "noframes",
    "datalist", "xml", "w:worddocument", "o:documentproperties", "o:officedocumentsettings", "o:shapedefaults",
    "m:mathpr",
})  # fmt: skip
"""Elements whose words no browser shows, those of Office programs among them."""
_TAGS: Final = _BLOCKS | _LINES | _INLINE | _RENAMED.keys()
_ATTRIBUTES: Final[dict[str, set[str]]] = {
    "*": {"lang", "dir", "title"},
    "a": {"href", "hreflang"},
    "blockquote": {"cite"},
    "del": {"cite", "datetime"},
    "img": {"src", "alt", "width", "height"},
    "ins": {"cite", "datetime"},
    "ol": {"start", "type", "reversed"},
    "q": {"cite"},
    "td": {"colspan", "rowspan"},
    "th": {"colspan", "rowspan", "scope"},
    "time": {"datetime"},
}
_SCHEMES: Final = {"http", "https", "mailto", "tel"}

_CLEANER: Final = nh3.Cleaner(
    tags=set(_TAGS),
    clean_content_tags=set(_UNSEEN | EMBEDS - {"embed", "video", "audio"}),
    attributes=_ATTRIBUTES,
    url_schemes=_SCHEMES,
    url_relative=absolute_address,
    link_rel="noopener noreferrer",
)
_PASTE_READER: Final = nh3.Cleaner(
    tags=set(_TAGS | EMBEDS | {"font", "source"}),
    clean_content_tags=set(_UNSEEN),
    attributes=_ATTRIBUTES
    | {"*": _ATTRIBUTES["*"] | {"style", "hidden", *POST_ADDRESSES}, "source": {"src"}}
    | {name: set(EMBED_ATTRIBUTES) for name in EMBEDS},
    link_rel=None,
)
"""Lets through what ``plain_markup`` reads; what that writes is cleaned again."""

_TO_RENAME: Final = re.compile(rf"<(/?)({'|'.join(_RENAMED)})(?=[ >])")
_SPACE: Final = re.compile(r"[ \t\n\f\r]+")
_FILLERS: Final = frozenset("\u115f\u1160\u2800\u3164\uffa0")
"""Letters and a symbol without any ink (Unicode's Hangul fillers, the empty Braille pattern)."""
_LINK: Final = re.compile(r"<a(?: [^>]*)?>|</a>")
_ADDRESS: Final = re.compile(r' (href|src)="([^"]*)"')
_IMAGE: Final = re.compile(r"<img(?: [^>]*)?>")
_CLEAN_TAG: Final = re.compile(r"<(/?)([a-z0-9]+)[^>]*>")
"""A tag as nh3 writes it: in attributes and text it escapes both angle brackets."""
_LINE_BREAK: Final = re.compile(r"\r\n?")
_PARAGRAPH_BREAK: Final = re.compile(r"\n[ \t]*\n\s*")


def clean_html(html: str) -> str:
    """``html`` with only what a news text may hold; links carry ``rel``. Cleaning twice changes nothing.

    Raises ``InvalidInput`` for what ``check_html`` refuses.
    """
    html = _bounded_html(html)
    if is_pasted(html):
        html = plain_markup(_PASTE_READER.clean(html))
    clean = _CLEANER.clean(html)
    mended = _TO_RENAME.sub(lambda tag: f"<{tag[1]}{_RENAMED[tag[2]]}", clean)
    if "<a" in clean or "<img" in clean:
        mended = _IMAGE.sub(lambda tag: _with_address(tag[0]), _without_dead_links(mended))
    # A block that was none before may stand where none can: it is parsed again, as a browser would.
    return mended if mended == clean else _CLEANER.clean(mended)


def is_blank(text: str) -> bool:
    """Whether ``text`` has nothing for a reader: no letter, digit, sign or symbol that anybody sees."""
    return not any(category(character)[0] in "LNPS" and character not in _FILLERS for character in text)


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
    rewritten = as_html(html)
    check_bounds(rewritten)
    return rewritten


def text_of(html: str) -> str:
    """The text of clean HTML as a reader sees it: paragraphs apart by an empty line, lines by a line feed.

    White space within a line is one space, as in a browser; all other characters stay what they are.
    """
    pieces = _CLEAN_TAG.split(html)
    text = _Text()
    for words, closing, name in zip(pieces[::3], ["", *pieces[1::3]], ["", *pieces[2::3]], strict=True):
        text.tag(name, closing=bool(closing))
        if words:
            text.write(unescape(words))
    return str(text)


def html_of_text(text: str) -> str:
    """Plain text as HTML: an empty line ends a paragraph, a line feed a line; everything else is escaped."""
    escaped = escape(_LINE_BREAK.sub("\n", text).strip(), quote=False)
    paragraphs = _PARAGRAPH_BREAK.split(escaped)
    return "".join(f"<p>{paragraph.replace(chr(10), '<br>')}</p>" for paragraph in paragraphs if paragraph)


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
    address = unescape(written[2]).strip()
    if not address.startswith(("mailto:", "tel:")) and absolute_address(address) != address:
        return ""
    return f"{tag[: written.start(2)]}{escape(address)}{tag[written.end(2) :]}"


class _Text:
    """Collects words, and the breaks between them, as a browser would set them."""

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._pre = 0
        self._break = ""
        self._space = False

    def tag(self, name: str, *, closing: bool) -> None:
        """Pass a tag: blocks stand apart by an empty line, lines by a line feed, the rest by nothing."""
        if name == "pre":
            self._pre += -1 if closing else 1
        if name in _BLOCKS:
            self._break = "\n\n"
        elif name in _LINES:
            self._break = self._break or "\n"

    def write(self, text: str) -> None:
        """Add what stands between two tags."""
        if self._pre:
            self._add(text)
            return
        words = _SPACE.sub(" ", text)
        if words == " ":
            self._space = True
            return
        self._space = self._space or words[0] == " "
        self._add(words.strip(" "))
        self._space = words[-1] == " "

    def _add(self, words: str) -> None:
        if self._parts and self._break:
            self._parts.append(self._break)
        elif self._parts and self._space:
            self._parts.append(" ")
        self._break, self._space = "", False
        self._parts.append(words)

    def __str__(self) -> str:
        return "".join(self._parts)
