"""The connections of a process: over their number, or one client's share, one that waits for its client makes room."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Final, Generic, TypeVar

from dateline.gateway.clients import give_back

SHARE: Final = 2
"""One client may have half of the connections."""

Connection = TypeVar("Connection")


class Connections(Generic[Connection]):
    """At most ``most``, and a share of them for each client where they are ``shared``. For the event loop's thread."""

    def __init__(self, most: int, *, shared: bool) -> None:
        self._most = most
        self._share = max(1, most // SHARE) if shared else most
        self._clients: dict[Connection, str] = {}
        self._counts: Counter[str] = Counter()
        self._waiting: dict[Connection, None] = {}
        """Those whose client is to go on: to send a request or the rest of one, or to take an answer. The longest
        silent stands first."""

    def add(self, connection: Connection, client: str) -> None:
        """``connection`` of ``client`` was opened, and waits for its request."""
        self._clients[connection] = client
        self._counts[client] += 1
        self._waiting[connection] = None

    def remove(self, connection: Connection) -> None:
        """``connection`` is gone, or about to be."""
        self._waiting.pop(connection, None)
        if (client := self._clients.pop(connection, None)) is not None:
            give_back(self._counts, client)

    def waits(self, connection: Connection) -> None:
        """The client of ``connection`` is to go on, or has just gone on a little."""
        if connection in self._clients:
            self._waiting.pop(connection, None)
            self._waiting[connection] = None

    def works(self, connection: Connection) -> None:
        """The client of ``connection`` did what it had to: it is answered."""
        self._waiting.pop(connection, None)

    def waiting(self) -> Iterator[Connection]:
        """Those that wait for their client, the longest silent first."""
        return iter(list(self._waiting))

    def one_too_many(self, newest: Connection) -> Connection | None:
        """What is to be closed since ``newest`` was opened: the longest silent of its client where that has more than
        its share, of all where they are too many. It may be ``newest`` itself."""
        client = self._clients[newest]
        if self._counts[client] > self._share:
            return next(one for one in self._waiting if self._clients[one] == client)
        return next(iter(self._waiting)) if len(self._clients) > self._most else None
