"""Long answers that a client asks for and doesn't take: how many megabytes of them are kept for one client."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from functools import partial
from threading import Lock
from typing import Final

from flask import Response, request

from dateline.gateway import TAKEN
from dateline.gateway.clients import give_back
from dateline.http.responses.problems import ErrorPage, Problem, problem_response

MAX_UNREAD_BYTES: Final = 64_000_000
"""Of one client in one process. Over it further ones are 429, but a client may always have one."""

_SHORT: Final = 65_536
"""An answer of up to this many bytes isn't counted: connections are bounded already."""


class UnreadAnswers:
    """The bytes of answers that clients haven't taken yet. For any thread."""

    def __init__(self, most: int = MAX_UNREAD_BYTES) -> None:
        self._most = most
        self._unread: Counter[str] = Counter()
        self._lock = Lock()

    def add(self, who: str, size: int) -> bool:
        """Count an answer for ``who``; False, and nothing is counted, when there is no room for it."""
        with self._lock:
            if self._unread[who] and self._unread[who] + size > self._most:
                return False
            self._unread[who] += size
            return True

    def take(self, who: str, size: int) -> None:
        """Count it no more: it was taken, or the client is gone."""
        with self._lock:
            give_back(self._unread, who, size)


def bound_unread(client: Callable[[], str], page: ErrorPage | None) -> Callable[[Response], Response]:
    """What is to run after requests: it counts long answers to GET for each ``client``, and refuses what is too much.

    Answers to writes are short, and must not be refused when the write is on record.
    """
    unread = UnreadAnswers()

    def bound(response: Response) -> Response:
        call_when_taken = request.environ.get(TAKEN)
        if call_when_taken is None or request.method != "GET" or response.status_code not in (200, 206):
            return response
        size = _size(response)
        if size <= _SHORT:
            return response
        who = client()
        if not unread.add(who, size):
            return problem_response(_TOO_MUCH, page)
        call_when_taken(partial(unread.take, who, size))
        return response

    return bound


def _size(response: Response) -> int:
    """How long it is, where that is known; one that is pushed goes on, and to ask would give it a Content-Length."""
    return (response.content_length if response.is_streamed else response.calculate_content_length()) or 0


_TOO_MUCH: Final = Problem(
    status=429, detail="Take the answers that you asked for first.", headers={"Retry-After": "5"}
)
