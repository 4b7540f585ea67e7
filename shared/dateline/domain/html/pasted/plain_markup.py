"""HTML as programs paste it: formatting that stands in style attributes, embedded media, words that nobody saw.

It reads what nh3 wrote: one well-formed stream of tags, in whose attributes and text both angle brackets are escaped.
What comes out is cleaned once more, so nothing here has to be trusted.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from dateline.domain.html.pasted import comments
from dateline.domain.html.pasted.embeds import EMBED_ATTRIBUTES, EMBEDS, PLAYER_ATTRIBUTES, PLAYERS, POST_ATTRIBUTES
from dateline.domain.html.pasted.markup_writer import MarkupWriter
from dateline.domain.html.pasted.style_sheets import Styles, with_styles
from dateline.domain.html.pasted.word_lists import with_quill_lists, with_word_lists
from dateline.domain.html.tags import TAG, attributes_of

ELEMENTS: Final = EMBEDS | PLAYERS.keys() | comments.MARKERS | {"font", "param"}
"""Those that no text may hold, and that are read here."""
ANY_ATTRIBUTES: Final = (
    frozenset(
        {
            "style",
            "hidden",
            "data-goomoji",
            "data-list",
            "data-f-id",
            "popover",
            "role",
            "layout",
            "placeholder",
            "fallback",
        }
    )
    | comments.ATTRIBUTES
    | POST_ATTRIBUTES
)
ATTRIBUTES: Final[Mapping[str, set[str]]] = {
    **{name: set(EMBED_ATTRIBUTES) for name in EMBEDS | {"param", "source"}},
    **{name: {attribute, *PLAYER_ATTRIBUTES} for name, (attribute, _) in PLAYERS.items()},
    **{name: {"name"} for name in comments.MARKERS},
    "dialog": {"open"},
}

_MARKS: Final = (
    "style", "hidden", "data-", "emoji", "popover", "placeholder", "fallback", "layout=", "doc-noteref",
    "<dialog", "<oembed", "<lite-", "<suggestion-", "mailto:", "vk_post_",
    "#cmnt", "#_", "#fn", "#comment-", "#footnote", "#note", "#endnote", "#cite_note",
    *(f"<{name}" for name in sorted(EMBEDS)),
)  # fmt: skip
_CLASS: Final = re.compile(
    r"class\s*=\s*[\"']?[^\"'<>]{0,200}?(?:mso|comment|note|fnref|fn-ref|annotation|deletion|ice-|embed|sr-only|screen|visual"
    r"|mjx|attachment__|kg-|emoji|smiley|mejs|plyr|vjs|jw-|mw-edit|wistia|elementor|typeform|assistive|invisible|d-none|player|fb-|media|sdfootnote|sdendnote|wp-block-file)",
    re.IGNORECASE,
)
"""Classes that are heeded, and some others."""
_AHEAD: Final = 200
"""Characters in which the mark of a footnote, or of a list's item, ends."""


def is_pasted(html: str) -> bool:
    """Whether ``html`` has anything for ``plain_markup`` to do. Cheap."""
    lowered = html.lower()
    return any(mark in lowered for mark in _MARKS) or ("class" in lowered and _CLASS.search(html) is not None)


def plain_markup(html: str, styles: Styles) -> str:
    """Well-formed ``html`` with its looks as elements (strong, em, s, sub, sup), and links where media were embedded.

    An element's own style wins over what the element means: a ``b`` of normal weight is not bold. Hidden words go, and
    those of comments and tracked deletions. ``styles`` is what a style sheet says of its classes.
    """
    html = comments.without_suggested_deletions(html)
    if "mso-list" in html:
        html = with_word_lists(html)
    if "data-list=" in html:
        html = with_quill_lists(html)
    writer = MarkupWriter()
    within = _Embedded()
    last = 0
    for token in TAG.finditer(html):
        if not within:
            writer.words(html[last : token.start()])
        last = token.end()
        closing, name = bool(token[1]), token[2]
        if within:
            if within.ends(name, closing=closing):
                writer.end_embed()
            elif not closing:
                writer.source(attributes_of(token[3]))
        elif closing:
            writer.end(name)
        elif name in EMBEDS:
            writer.begin_embed(with_styles(attributes_of(token[3]), styles))
            if name == "embed":
                writer.end_embed()
            else:
                within.begin(name)
        else:
            ahead = html[last : last + _AHEAD] if name == "a" or "mso-list" in token[3] else ""
            writer.begin(name, with_styles(attributes_of(token[3]), styles), token[0], ahead)
    writer.words(html[last:])
    return str(writer)


class _Embedded:
    """Whether the stream is within an embedding element, until that ends."""

    def __init__(self) -> None:
        self._name = ""
        self._depth = 0

    def __bool__(self) -> bool:
        return self._depth > 0

    def begin(self, name: str) -> None:
        """Go into the element."""
        self._name, self._depth = name, 1

    def ends(self, name: str, *, closing: bool) -> bool:
        """Pass a tag within; whether it ends the element."""
        if name == self._name:
            self._depth += -1 if closing else 1
        return not self._depth
