"""XML's ways in what is sent as HTML: CDATA sections, empty elements, formulas, prefixes; cells without their table."""

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
_FOREIGN_NAMES: Final = """
abs and animate apply approx arccos arcsin arg bind bvar card cartesianproduct cbytes ceiling cerror ci circle cn
codomain complexes compose condition conjugate cos cot coth cs csc csymbol curl declare defs degree desc determinant
diff discard divergence divide domain domainofapplication ellipse emptyset eq equivalent eulergamma exists exp
exponentiale factorial factorof false filter floor fn forall g gcd geq grad gt ident imaginary imaginaryi implies in
infinity int integers intersect interval inverse lambda laplacian lcm leq limit line list ln log logbase lowlimit lt
maction maligngroup malignmark marker mask matrix matrixrow max mean median menclose merror metadata mfenced mfrac
mglyph mi min minus mlabeledtr mlongdiv mmultiscripts mn mo mode moment momentabout mover mpadded mpath mphantom
mprescripts mroot mrow ms mscarries mspace msqrt mstyle msub msubsup msup mtable mtd mtext mtr munder munderover
naturalnumbers neq none not notanumber notin notprsubset notsubset or otherwise outerproduct partialdiff path pattern
pi piece piecewise plus polygon polyline power primes product prsubset quotient rationals real reals rect reln rem
root scalarproduct sdev sec sech selector semantics sep set share sin sinh stop subset sum switch symbol tan tanh
tendsto text times transpose true tspan union uplimit use variance vector vectorproduct view xor
"""
"""Elements of SVG and MathML. Where they stand by themselves, as other XML's or a program's (Grammarly's ``g``), the
cleaner would drop them with their words; browsers show these."""
_FOREIGN: Final = frozenset(_FOREIGN_NAMES.split())
_NAME: Final = re.compile(r"<([a-zA-Z]{1,20})[\s/>]")
_TAG: Final = re.compile(r"<svg(?=[\s/>])[^\0]*?(?:</svg\s*>|\Z)|<(/?)([a-z]{1,20})(?=[\s/>])", re.IGNORECASE)
_XHTML: Final = re.compile(r"\sxmlns:([a-z][\w.-]{0,30})\s*=\s*[\"']http://www\.w3\.org/1999/xhtml[\"']", re.IGNORECASE)
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
    if ":" in markup:
        markup = _without_prefixes(markup)
    if not _FOREIGN.isdisjoint(name.lower() for name in set(_NAME.findall(markup))):
        markup = _TAG.sub(_known_tag, markup)
    if "katex-mathml" in lowered:
        markup = _DRAWN_FORMULA.sub(r"\g<0> hidden", markup)
    if "<t" in lowered and "<table" not in lowered:
        markup = _CELL.sub(r"<\1div", markup)
    return markup


def _known_tag(tag: re.Match[str]) -> str:
    return f"<{tag[1]}span" if tag[2] and tag[2].lower() in _FOREIGN else tag[0]


def _without_prefixes(markup: str) -> str:
    """Elements of HTML without the prefix that a feed gives them: ``<xhtml:p>``."""
    prefixes = {"xhtml", "html", *(_XHTML.findall(markup) if "1999/xhtml" in markup else ())}
    if not any(f"<{prefix}:" in markup for prefix in prefixes):
        return markup
    return re.sub(rf"<(/?)(?:{'|'.join(map(re.escape, prefixes))}):(?=[a-z])", r"<\1", markup, flags=re.IGNORECASE)


def _section(section: re.Match[str]) -> str:
    """A CDATA section as what it holds: HTML where that has an end tag, else words (browsers take it for a comment)."""
    return section[1] if _END_TAG.search(section[1]) else escape(section[1], quote=False)


def _element(element: re.Match[str]) -> str:
    """An empty element of XML; HTML ends only void ones so, and would take all that follows into any other."""
    return element[0] if element[1].lower() in _NEVER_FILLED else f"<{element[1]}{element[2]}></{element[1]}>"
