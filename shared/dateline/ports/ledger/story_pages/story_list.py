"""The desk's list of stories, by what one remembers of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final, Protocol

from dateline.ports.ledger.drafts import DraftSummary
from dateline.ports.ledger.items import Page, State
from dateline.ports.ledger.tokens import Token

WITH_A_PROBLEM: Final[tuple[State, ...]] = ("quarantined",)
"""States of a newest revision that wait for somebody's hand."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryFilter:
    """Which stories; a field at its default asks nothing.

    ``owner``: whose they are; ``reporter``: by that name; ``sections``: those that name any of these. ``states`` are
    those of the newest revision, whose time of receipt is from ``start`` on and before ``end``. ``label`` stands in the
    headline, as typed; ``words`` all stand in headline, slugline or text of the newest revision that has one, or are
    what words there begin with; with ``headlines_only`` not in the text.
    """

    owner: Token | None = None
    reporter: str = ""
    states: tuple[State, ...] = ()
    sections: tuple[str, ...] = ()
    start: datetime | None = None
    end: datetime | None = None
    label: str = ""
    words: str = ""
    headlines_only: bool = False


class StoryList(Protocol):
    """Finding stories and drafts of which one knows something."""

    def stories(self, chosen: StoryFilter, *, limit: int = 20, cursor: str | None = None) -> Page:
        """The chosen stories, those made last first."""
        ...

    def story_owners(self) -> tuple[str, ...]:
        """The names of all who own something, in order."""
        ...

    def find_drafts(self, by: Token, words: str, *, limit: int = 10) -> tuple[DraftSummary, ...]:
        """The drafts that ``by`` may see and that aren't sent, whose headlines have words that begin with all of these;
        the last saved first."""
        ...
