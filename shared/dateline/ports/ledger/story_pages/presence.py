"""Who has a story's page open: no lock, only a look at who else is there."""

from __future__ import annotations

from datetime import timedelta
from typing import Final, Protocol

from dateline.ports.ledger.tokens import Token

PRESENT_FOR: Final = timedelta(minutes=1)
"""Who wasn't seen for so long has gone: a page tells a third of that often that it is open."""


class Presence(Protocol):
    """Seeing who is there."""

    def note_presence(self, story_id: str, by: Token, *, here: bool = True) -> tuple[str, ...]:
        """Put on record that ``by`` has a story open, or has it no more; the names of the others who have."""
        ...

    def present(self, story_id: str, by: Token) -> tuple[str, ...]:
        """The names of those who have a story open, without ``by``."""
        ...
