"""Where a merged term is now: its page, feeds, calendar and map lead there. One that was taken out is gone."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, cast

from flask import redirect
from werkzeug.wrappers import Response

from dateline.domain.document import TermDocument
from dateline.domain.term import TermType
from dateline.errors import Withdrawn
from dateline.ports.index import Index
from dateline_web.urls import term_path, with_same_query

MOST_MERGES: Final = 10
"""How many merges after one another are followed in one answer; a reader follows the next ones."""
CACHING: Final = "public, max-age=300"
"""A merge can be undone: nobody may remember for ever where it led (RFC 9110 section 15.4.2 lets them)."""


def moved(index: Index, term: TermDocument, address: Callable[[TermType, str], str]) -> Response | None:
    """The answer (301) that leads to what ``term`` was merged into, whose ``address`` is made of type and slug; None
    for a term that was not. Raises ``Withdrawn`` for one that was taken out, or merged into one that was."""
    if not term.withdrawn:
        return None
    answer = redirect(with_same_query(address(*merged_name(index, term))), 301)
    answer.headers["Cache-Control"] = CACHING
    return answer


def at_page(suffix: Callable[[str], str]) -> Callable[[TermType, str], str]:
    """The address beside a term's page: what ``suffix`` makes of the page's."""
    return lambda type, slug: suffix(term_path(type, slug))


def merged_name(index: Index, term: TermDocument) -> tuple[TermType, str]:
    """Type and slug of what a withdrawn term was merged into, after all merges. Raises ``Withdrawn``."""
    for _ in range(MOST_MERGES):
        if not term.merged_into:
            raise Withdrawn(f"{term.label} was taken out of the vocabulary.")
        type, _, slug = term.merged_into.rpartition(":")
        name = cast(TermType, type or term.type), slug
        found = cast(list[TermDocument], index.get("term", [":".join(name)]))
        if not found or not found[0].withdrawn:
            break
        term = found[0]
    return name
