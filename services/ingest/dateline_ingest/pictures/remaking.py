"""All pictures' renditions made anew from their originals."""

from __future__ import annotations

from dateline.ports.ledger.pictures import Pictures


def remake_all(ledger: Pictures) -> int:
    """Make all pictures due, a few hundred at a time, in the lane behind new ones; how many wait."""
    waiting, after = 0, ""
    while part := ledger.remake_pictures(after=after):
        waiting, after = waiting + part.waiting, part.last
    return waiting
