"""A second pair of eyes: drafts that go to the editors before they go out, and drafts that are given to a colleague."""

from __future__ import annotations

from datetime import datetime
from typing import Protocol

from dateline.ports.ledger.drafts import Draft, DraftPage, Review
from dateline.ports.ledger.tokens import Token


class Reviews(Protocol):
    """Sending a draft to the editors, and what they make of it. It goes out by being submitted.

    Who wrote a draft doesn't decide on it. What ``by`` may not see is as in ``Drafts``.
    """

    def ask_review(self, draft_id: str, by: Token, *, section: str, if_match: int) -> Draft:
        """Send a draft to the editors, since ``section`` asks for that; a repeat changes nothing.

        Raises ``NotFound``, ``NotAllowed`` (neither its owner nor who was given it), ``StaleRevision``, ``Conflict``
        (it was sent).
        """
        ...

    def return_draft(self, draft_id: str, by: Token, *, notes: str, if_match: int) -> Draft:
        """Give a draft back to who wrote it, with notes.

        Raises ``NotFound``, ``NotAllowed`` (not an editor, or its writer), ``StaleRevision``, ``Conflict`` (it isn't
        with the editors any more, and who decided).
        """
        ...

    def take_back_draft(self, draft_id: str, by: Token) -> Draft:
        """Go on writing a draft on which nobody has decided. ``NotFound``, ``NotAllowed``, ``Conflict`` as above."""
        ...

    def drafts_to_review(self, *, limit: int = 20, cursor: str | None = None) -> DraftPage:
        """What is with the editors, the longest waiting first."""
        ...

    def count_to_review(self, by: Token) -> int:
        """How many drafts wait for an editor, without those that ``by`` wrote."""
        ...

    def reviews_of_story(self, story_id: str) -> tuple[Review, ...]:
        """The rounds by which the story, or a correction of it, went out."""
        ...


class Assignments(Protocol):
    """Giving a draft to a colleague: who has it sees it, writes in it, sends it, and the story is theirs."""

    def assign_draft(self, draft_id: str, by: Token, *, to: str, note: str, until: datetime | None = None) -> Draft:
        """Give a draft that ``by`` may see, or that was given to somebody already, to who is named ``to``.

        Raises ``NotFound``, ``NotAllowed`` (not an editor), ``InvalidInput`` (nobody who writes has the name),
        ``Conflict`` (it was sent, or is with the editors).
        """
        ...

    def unassign_draft(self, draft_id: str, by: Token) -> None:
        """Take a draft from who was given it; nothing where nobody was. ``NotFound``, ``NotAllowed``, ``Conflict``."""
        ...

    def assigned_drafts(self, *, limit: int = 20, cursor: str | None = None) -> DraftPage:
        """What was given to somebody and isn't sent, the last given first."""
        ...
