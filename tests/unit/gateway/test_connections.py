"""Which connection makes room for another one."""

from __future__ import annotations

import pytest

from dateline.gateway.clients import client_network, client_of
from dateline.gateway.connections import Connections


def opened(most: int, *names: str, shared: bool = True) -> Connections[str]:
    """Connections named after their client and a number: ``"a1"`` is one of a."""
    connections: Connections[str] = Connections(most, shared=shared)
    for name in names:
        connections.add(name, name[0])
    return connections


def test_nobody_makes_room_while_there_is_some() -> None:
    assert opened(4, "a1", "a2", "b1").one_too_many("b1") is None


def test_over_its_share_a_client_makes_room_for_itself() -> None:
    connections = opened(4, "b1", "a1", "a2", "a3")
    assert connections.one_too_many("a3") == "a1"
    connections.works("a1")
    connections.waits("a2")
    assert connections.one_too_many("a3") == "a3"


def test_behind_a_proxy_there_are_no_shares() -> None:
    assert opened(4, "a1", "a2", "a3", "a4", shared=False).one_too_many("a4") is None


def test_over_the_bound_the_longest_silent_one_makes_room() -> None:
    connections = opened(4, "a1", "b1", "a2", "b2", "c1")
    connections.waits("a1")
    assert connections.one_too_many("c1") == "b1"
    connections.remove("b1")
    assert connections.one_too_many("c1") is None
    connections.waits("b1")
    assert list(connections.waiting()) == ["a2", "b2", "c1", "a1"]


@pytest.mark.parametrize(
    ("proxies", "said", "client"),
    [
        (0, b"198.51.100.7", "192.0.2.1"),
        (1, b"", "192.0.2.1"),
        (1, b"198.51.100.7", "198.51.100.7"),
        (1, b"203.0.113.9, 198.51.100.7", "198.51.100.7"),
        (2, b"203.0.113.9, 198.51.100.7", "203.0.113.9"),
        (2, b"198.51.100.7", "192.0.2.1"),
    ],
)
def test_a_client_is_who_the_last_proxy_says(proxies: int, said: bytes, client: str) -> None:
    headers = [(b"x-forwarded-for", said)] if said else []
    assert client_of({"client": ("192.0.2.1", 5), "headers": headers}, proxies) == client


def test_an_ipv6_site_is_one_client() -> None:
    assert client_network("2001:db8::1") == client_network("2001:db8::ffff:1") == "2001:db8::/64"
    assert client_network("::ffff:192.0.2.1") == client_network("192.0.2.1")
