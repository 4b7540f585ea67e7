"""Plain text with Markdown in it, as HTML; and plain text without any, which stays what it is.

CommonMark 0.31 and tables, but for what people type without meaning it: HTML, and lines that are indented.
"""

from __future__ import annotations

from typing import Any, Final

from markdown_it import MarkdownIt

_PARSER: Final = MarkdownIt("commonmark", {"html": False, "breaks": True}).enable("table").disable(["code", "lheading"])
_OF_PLAIN_TEXT: Final = frozenset({"paragraph_open", "paragraph_close", "inline", "text", "softbreak", "hardbreak"})
MOST: Final = 200_000
"""Characters of a text that is looked at for Markdown."""


def html_of_markdown(text: str) -> str | None:
    """The HTML that a text's Markdown means, to be cleaned as any other; None where it has none."""
    if len(text) > MOST:
        return None
    tokens = _PARSER.parse(text)
    inner = (child.type for token in tokens for child in token.children or ())
    if _OF_PLAIN_TEXT.issuperset({*(token.type for token in tokens), *inner}):
        return None
    return str(_PARSER.renderer.render(tokens, _PARSER.options, {}))


def with_markdown(body: dict[str, Any]) -> dict[str, Any]:
    """A story's body as it was typed, its text as HTML where it has Markdown."""
    if html := html_of_markdown(body.get("body_text", "")):
        return {**{name: value for name, value in body.items() if name != "body_text"}, "body_html": html}
    return body
