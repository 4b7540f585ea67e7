"""Plain text with Markdown in it, as HTML; and plain text without any, which stays what it is.

CommonMark 0.31 and tables, but for what people type without meaning it: HTML, and lines that are indented. A picture
of the newsroom is ``![alt](image:ID "caption")``; alone in its paragraph it is a figure.
"""

from __future__ import annotations

import re
from typing import Any, Final

from markdown_it import MarkdownIt

from dateline.domain.html.own_pictures import PICTURE_ID

_PARSER: Final = MarkdownIt("commonmark", {"html": False, "breaks": True}).enable("table").disable(["code", "lheading"])
_OF_PLAIN_TEXT: Final = frozenset({"paragraph_open", "paragraph_close", "inline", "text", "softbreak", "hardbreak"})
MOST: Final = 200_000
"""Characters of a text that is looked at for Markdown."""

_WRITTEN: Final = rf'<img src="image:({PICTURE_ID.pattern})" alt="([^"]*)"(?: title="([^"]*)")? />'
_PICTURE: Final = re.compile(_WRITTEN)
_FIGURE: Final = re.compile(rf"<p>{_WRITTEN}</p>")


def html_of_markdown(text: str) -> str | None:
    """The HTML that a text's Markdown means, to be cleaned as any other; None where it has none."""
    if len(text) > MOST:
        return None
    tokens = _PARSER.parse(text)
    inner = (child.type for token in tokens for child in token.children or ())
    if _OF_PLAIN_TEXT.issuperset({*(token.type for token in tokens), *inner}):
        return None
    html = str(_PARSER.renderer.render(tokens, _PARSER.options, {}))
    return _PICTURE.sub(_own_picture, _FIGURE.sub(_figure, html)) if 'src="image:' in html else html


def with_markdown(body: dict[str, Any]) -> dict[str, Any]:
    """A story's body as it was typed, its text as HTML where it has Markdown."""
    if html := html_of_markdown(body.get("body_text", "")):
        return {**{name: value for name, value in body.items() if name != "body_text"}, "body_html": html}
    return body


def _figure(written: re.Match[str]) -> str:
    caption = f"<figcaption>{written[3]}</figcaption>" if written[3] else ""
    return f"<figure>{_own_picture(written)}{caption}</figure>"


def _own_picture(written: re.Match[str]) -> str:
    alt = f' alt="{written[2]}"' if written[2] else ""
    return f'<img data-image="{written[1]}"{alt}>'
