"""Which IP addresses are fetched from: public ones, and private ones that the newsroom allows."""

from __future__ import annotations

import socket
from collections.abc import Callable, Iterable
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network
from typing import Final

from dateline.errors import FetchFailed, FetchRefused

Address = IPv4Address | IPv6Address
Network = IPv4Network | IPv6Network
Resolve = Callable[[str, int], Iterable[str]]
"""The addresses of a name; raises OSError."""

_NAT64: Final = ip_network("64:ff9b::/96")
"""Its last 32 bits are an IPv4 address (RFC 6052)."""
_REFUSED: Final = (
    ip_network("64:ff9b:1::/48"),  # NAT64 of one's own network (RFC 8215)
    ip_network("::/96"),  # IPv4 in IPv6 of old (RFC 4291 section 2.5.5.1)
    ip_network("2001::/32"),  # Teredo (RFC 4380)
    ip_network("fec0::/10"),  # site-local (RFC 3879)
    ip_network("192.88.99.0/24"),  # relays of 6to4 (RFC 7526)
)


def resolve_by_system(host: str, port: int) -> list[str]:
    """The addresses that the system's resolver knows, in its order, each once."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(address[0]) for *_, address in found))


def checked_addresses(host: str, port: int, allowed: Iterable[Network], resolve: Resolve) -> list[str]:
    """The addresses of ``host``, every one of which may be connected to.

    Raises ``FetchRefused`` if one may not: a name with a public address and a private one is no mistake. Raises
    ``FetchFailed`` for a name that isn't known.
    """
    try:
        found = list(resolve(host, port))
    except (OSError, UnicodeError) as error:
        raise FetchFailed(f"{host} isn't known: {getattr(error, 'strerror', None) or error}") from error
    networks = tuple(allowed)
    if any(not may_be_fetched(one, networks) for one in found):
        raise FetchRefused(f"{host} is an address of a private network, from which nothing is fetched")
    if not found:
        raise FetchFailed(f"{host} has no address")
    return found


def may_be_fetched(address: str, allowed: Iterable[Network] = ()) -> bool:
    """Whether ``address`` is public, or in one of the ``allowed`` networks; what isn't an address is neither."""
    try:
        meant = _embedded(ip_address(address.partition("%")[0]))
    except ValueError:
        return False
    if any(meant in network for network in allowed):
        return True
    if any(meant in network for network in _REFUSED):
        return False
    return meant.is_global and not (meant.is_multicast or meant.is_reserved)


def _embedded(address: Address) -> Address:
    """The IPv4 address that one of IPv6 stands for, where it does."""
    if isinstance(address, IPv4Address):
        return address
    if address in _NAT64:
        return IPv4Address(int(address) & 0xFFFFFFFF)
    return address.ipv4_mapped or address.sixtofour or address
