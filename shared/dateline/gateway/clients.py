"""Who counts as one client: whose requests take turns with others', and who has a share of connections and room."""

from __future__ import annotations

from collections import Counter
from ipaddress import IPv6Address, ip_address, ip_network

from dateline.gateway.environ import Scope


def client_network(address: str) -> str:
    """An IPv4 address; of IPv6 the /64, in which one customer may have any (RFC 6177). What is no address, as it is."""
    try:
        parsed = ip_address(address)
    except ValueError:
        return address
    if isinstance(parsed, IPv6Address):
        return str(parsed.ipv4_mapped or ip_network((parsed, 64), strict=False))
    return str(parsed)


def client_of(scope: Scope, proxies: int) -> str:
    """The client of an ASGI request: who the last of ``proxies`` says, or who is connected."""
    if proxies:
        said = b",".join(value for name, value in scope["headers"] if name == b"x-forwarded-for").split(b",")
        if len(said) >= proxies and (address := said[-proxies].strip()):
            return client_network(address.decode("latin-1"))
    return client_network((scope["client"] or ("",))[0])


def give_back(held: Counter[str], client: str, amount: int = 1) -> None:
    """Count ``amount`` less of what ``client`` holds; who holds nothing is forgotten."""
    held[client] -= amount
    if not held[client]:
        del held[client]
