"""Questions that a page asks the index beside its search.

A server answers several at once, so they are asked at once; a file has nothing to gain from it, and is asked when the
answer is wanted.
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from functools import cache
from typing import Final, TypeVar

from dateline.errors import IndexUnavailable
from dateline.ports.deadline import remaining
from dateline_web.context import Web

T = TypeVar("T")

MOST_AT_ONCE: Final = 16
"""In one process: two for each of its threads."""


def aside(web: Web, question: Callable[[], T]) -> Callable[[], T]:
    """Ask ``question`` beside what comes next; what is returned gives the answer, or raises what the question raised.

    The time that the request may spend on the index counts for it too.
    """
    if web.settings.embedded:
        return question
    asked = _pool().submit(copy_context().run, question)

    def answer() -> T:
        try:
            return asked.result(timeout=remaining(web.settings.search_timeout))
        except TimeoutError:
            raise IndexUnavailable("the search index took too long to answer") from None

    return answer


@cache
def _pool() -> ThreadPoolExecutor:
    """Made with the first question, so after a fork."""
    return ThreadPoolExecutor(MOST_AT_ONCE, thread_name_prefix="aside")
