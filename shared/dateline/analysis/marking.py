"""Marks around what matched, in the text as it was written."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

Span = tuple[int, int]


def merged(spans: Iterable[Span]) -> list[Span]:
    """Spans in order, those that touch or overlap as one: the characters of a word written without spaces."""
    joined: list[Span] = []
    for start, end in sorted(spans):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined


def marked(text: str, part: Span, spans: Iterable[Span]) -> str:
    """A part of the text, escaped, with <mark> around the spans in it."""
    first, last = part
    pieces = []
    at = first
    for start, end in spans:
        if start >= first and end <= last:
            pieces += [escape(text[at:start]), "<mark>", escape(text[start:end]), "</mark>"]
            at = end
    return "".join([*pieces, escape(text[at:last])])
