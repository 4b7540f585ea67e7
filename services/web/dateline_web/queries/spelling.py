"""Did you mean: the query with better-known words. It is offered, never followed unasked."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Final

from dateline_web.aside import aside
from dateline_web.context import Web
from dateline_web.queries.language import ParsedQuery

MOST_WORDS: Final = 12
"""Longer queries are questions or pasted text: their rare words hardly matter."""


def did_you_mean(web: Web, query: ParsedQuery) -> Callable[[], str | None]:
    """What gives ``query`` with each plain word that has a better-known neighbour replaced by it; None when none has.

    The index is asked for all words at once.
    """
    words = query.words if len(query.words) <= MOST_WORDS else ()
    better = [(word, aside(web, partial(web.index.spelling, word.text))) for word in words]

    def corrected() -> str | None:
        text = query.text
        for word, answer in reversed(better):
            known = answer()
            if known is not None and known != word.text.casefold():
                text = text[: word.start] + known + text[word.end :]
        return text if text != query.text else None

    return corrected
