"""Notes that colleagues leave at a story: for the newsroom only, never public, gone with the story's text."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final, Protocol

from dateline.ports.ledger.tokens import Token

MOST_NOTES: Final = 500
"""At one story."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryNote:
    """A note: who wrote it when. ``answers`` is the id of the note that it answers; answers aren't answered."""

    id: str
    at: datetime
    by: str
    text: str
    answers: str | None = None


class StoryNotes(Protocol):
    """Writing and reading notes. Who may touch the story may do both; the caller has seen to it."""

    def add_note(self, story_id: str, text: str, by: Token, *, answers: str | None = None) -> StoryNote:
        """Put a note on record; an answer to an answer is one to the note that this answers.

        Raises ``NotFound`` for a story or a note that there isn't, ``Conflict`` beyond ``MOST_NOTES`` and for a story
        whose text was erased.
        """
        ...

    def notes(self, story_id: str) -> tuple[StoryNote, ...]:
        """The notes at a story, oldest first."""
        ...
