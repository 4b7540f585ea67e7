"""A story's text in its paragraphs: what is merged and compared one by one."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final

from dateline.domain.html import clean_html, html_of_text, text_of
from dateline.domain.html.elements import BLOCKS, VOID
from dateline.domain.html.tags import TAG
from dateline_ingest.desk.forms.markdown import html_of_markdown

_SPACE: Final = re.compile(r"\s+")
_INNER: Final = ("li", "dt", "dd", "tr", "td", "th", "thead", "tbody", "tfoot", "caption", "br")
_EDGES: Final = re.compile(rf" ?(</?(?:{'|'.join((*sorted(BLOCKS), *_INNER))})\b[^>]*>) ?")
"""A space beside a block's tag isn't seen, and an editor in the browser leaves it out."""
_BLANK_LINE: Final = re.compile(r"\n[ \t]*\n\s*")


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, list, table …; two are the same where a reader sees no difference of white space."""

    source: str = field(compare=False)
    key: str
    is_html: bool = field(compare=False)

    @property
    def text(self) -> str:
        """Its words."""
        return text_of(self.source) if self.is_html else self.source


@dataclass(frozen=True, slots=True, kw_only=True)
class Body:
    """A story's text in blocks: HTML, or lines of plain text with ``separator`` between."""

    blocks: tuple[Block, ...]
    is_html: bool
    separator: str = ""

    def with_blocks(self, sources: Iterable[str]) -> str:
        """The text that has these blocks."""
        return self.separator.join(source for source in sources if source)

    def typed(self, text: str) -> str:
        """A block as somebody typed it: Markdown where the text is HTML."""
        words = text.replace("\r\n", "\n").strip()
        return (html_of_markdown(words) or html_of_text(words)) if self.is_html else words


def typed_body(values: Mapping[str, str]) -> tuple[str, str]:
    """The text of a form as (HTML, plain text), of which one is empty: what has Markdown is HTML."""
    html, text = (values.get(name, "").replace("\r\n", "\n").strip() for name in ("body_html", "body_text"))
    meant = html or html_of_markdown(text) or ""
    return meant, "" if meant else text


def bodies_of(*texts: tuple[str, str]) -> list[Body]:
    """Texts, each as (HTML, plain text) of which one is empty, in blocks of one kind: HTML where any is."""
    if any(html for html, _ in texts):
        return [Body(blocks=_html_blocks(html or html_of_text(plain)), is_html=True) for html, plain in texts]
    plain = [text.replace("\r\n", "\n").strip() for _, text in texts]
    separator = "\n\n" if any(_BLANK_LINE.search(text) for text in plain) else "\n"
    return [Body(blocks=_lines(text, separator), is_html=False, separator=separator) for text in plain]


def _lines(text: str, separator: str) -> tuple[Block, ...]:
    parts = _BLANK_LINE.split(text) if separator == "\n\n" else text.split("\n")
    return tuple(Block(part, _SPACE.sub(" ", part).strip(), is_html=False) for part in parts if part)


def _html_blocks(html: str) -> tuple[Block, ...]:
    """The outermost blocks of HTML, as it is cleaned; words outside of any are one of their own."""
    clean, found, depth, start = clean_html(html), list[str](), 0, 0
    for tag in TAG.finditer(clean):
        closing, name = bool(tag[1]), tag[2]
        if name not in BLOCKS:
            continue
        if not depth and not closing:
            found.append(_paragraph(clean[start : tag.start()]))
            start = tag.start()
        depth += 0 if name in VOID else -1 if closing else 1
        if depth <= 0 and (closing or name in VOID):
            depth = 0
            found.append(clean[start : tag.end()])
            start = tag.end()
    found.append(_paragraph(clean[start:]))
    return tuple(Block(part, _EDGES.sub(r"\1", _SPACE.sub(" ", part)), is_html=True) for part in found if part)


def _paragraph(outside: str) -> str:
    """What stands outside of blocks, as one."""
    return f"<p>{outside.strip()}</p>" if outside.strip() else ""
