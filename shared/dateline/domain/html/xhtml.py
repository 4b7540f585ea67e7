"""XML's ways in what is sent as HTML: CDATA sections, empty elements, formulas; and cells without their table."""

from __future__ import annotations

import re
from html import escape
from typing import Final

from dateline.domain.html.elements import VOID

_CDATA: Final = re.compile(r"<!\[CDATA\[(.*?)(?:\]\]>|$)", re.DOTALL)
_END_TAG: Final = re.compile(r"</[a-z][a-z0-9]*\s*>", re.IGNORECASE)
_NEVER_FILLED: Final = VOID | {"param"}
_EMPTY_ELEMENT: Final = re.compile(r"""<([a-zA-Z][\w:-]*)((?:\s+[^\s"'<>/=]+(?:\s*=\s*(?:"[^"]*"|'[^']*'))?)*)\s*/>""")
_FORMULA: Final = re.compile(
    r"<(/?)(?:math|semantics|m(?:i|n|o|s|text|row|sup|sub|subsup|frac|sqrt|root|over|under|underover|style|fenced|table"
    r"|tr|td|space|padded|error))(?=[\s/>])",
    re.IGNORECASE,
)
"""Elements of MathML, whose words are read as words."""
_DRAWN_FORMULA: Final = re.compile(r"<span(?=[^<>]{0,200}\bkatex-html\b)", re.IGNORECASE)
"""What KaTeX draws of the formula that stands beside it as MathML, in an order for the eye."""
_CELL: Final = re.compile(r"<(/?)(?:td|th|tr)(?=[\s>])", re.IGNORECASE)


def as_html(markup: str) -> str:
    """``markup`` with what an HTML parser would misread said in HTML. Cheap where there is none of it."""
    if "<![CDATA[" in markup:
        markup = _CDATA.sub(_section, markup)
    if "/>" in markup:
        markup = _EMPTY_ELEMENT.sub(_element, markup)
    lowered = markup.lower()
    if "<math" in lowered:
        markup = _FORMULA.sub(r"<\1span", markup)
    if "katex-mathml" in lowered:
        markup = _DRAWN_FORMULA.sub(r"\g<0> hidden", markup)
    if "<t" in lowered and "<table" not in lowered:
        markup = _CELL.sub(r"<\1div", markup)
    return markup


def _section(section: re.Match[str]) -> str:
    """A CDATA section as what it holds: HTML where that has an end tag, else words (browsers take it for a comment)."""
    return section[1] if _END_TAG.search(section[1]) else escape(section[1], quote=False)


def _element(element: re.Match[str]) -> str:
    """An empty element of XML; HTML ends only void ones so, and would take all that follows into any other."""
    return element[0] if element[1].lower() in _NEVER_FILLED else f"<{element[1]}{element[2]}></{element[1]}>"
