"""All pictures' renditions made anew from their originals."""

from __future__ import annotations

from dateline.ports.ledger.pictures import Pictures


def remake_all(ledger: Pictures) -> None:
    """Make all pictures due, a few hundred at a time, in the lane behind new ones."""
    after: str | None = ""
    while after is not None:
        after = ledger.remake_pictures(after=after)
