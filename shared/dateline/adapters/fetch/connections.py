"""Connections to addresses that were checked: the name isn't looked up again, and so can't mean another one then."""

from __future__ import annotations

import socket
import ssl
from collections.abc import Sequence

from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.util import Url

from dateline.adapters.fetch.deadline import FetchDeadline


class _ToCheckedAddresses:
    """Connects to the first of ``addresses`` that answers. The name stays that of Host and of the certificate."""

    addresses: Sequence[str]
    deadline: FetchDeadline
    port: int

    def _new_conn(self) -> socket.socket:
        """urllib3's own way to a socket, of an address instead of a name. Raises OSError."""
        failed: OSError | None = None
        for address in self.addresses:
            try:
                connection = socket.create_connection((address, self.port), timeout=self.deadline.left)
            except OSError as error:
                failed = error
            else:
                self.deadline.watch(connection)
                return connection
        raise failed or OSError("no address")


class _PlainConnection(_ToCheckedAddresses, HTTPConnection):
    port: int


class _TlsConnection(_ToCheckedAddresses, HTTPSConnection):
    port: int


def connection_to(url: Url, addresses: Sequence[str], deadline: FetchDeadline, tls: ssl.SSLContext) -> HTTPConnection:
    """A connection to one of ``addresses``, for ``url``; not yet open."""
    made: _PlainConnection | _TlsConnection
    if url.scheme == "https":
        made = _TlsConnection(url.host or "", url.port or 443, timeout=deadline.left, ssl_context=tls)
    else:
        made = _PlainConnection(url.host or "", url.port or 80, timeout=deadline.left)
    made.addresses, made.deadline = addresses, deadline
    return made
