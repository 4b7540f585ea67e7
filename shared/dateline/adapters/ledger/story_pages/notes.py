"""Notes at stories: rows of their own, which nothing public reads."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, Row, func, insert, select

from dateline.adapters.ledger.database.audit import record_audit
from dateline.adapters.ledger.database.engine import SqlPart, now, reading, writing
from dateline.adapters.ledger.database.ids import new_id
from dateline.adapters.ledger.database.story_page_tables import story_notes
from dateline.adapters.ledger.database.tables import items, revisions
from dateline.adapters.ledger.items import IS_NEWEST
from dateline.errors import Conflict, NotFound
from dateline.ports.ledger.story_pages.notes import MOST_NOTES, StoryNote
from dateline.ports.ledger.tokens import Token


class SqlStoryNotes(SqlPart):
    """``ports.ledger.story_pages.notes.StoryNotes`` in SQL."""

    def add_note(self, story_id: str, text: str, by: Token, *, answers: str | None = None) -> StoryNote:
        with writing(self._engine) as connection:
            _check_takes_notes(connection, story_id)
            first = _first_of_thread(connection, story_id, answers) if answers else None
            note = StoryNote(id=new_id(), at=now(connection), by=by.name, text=text, answers=first)
            connection.execute(insert(story_notes).values(
                id=note.id, item_id=story_id, answers=first, at=note.at, by=by.name, by_id=by.id, text=text,
            ))  # fmt: skip
            record_audit(connection, note.at, by, "note", subject=story_id)
        return note

    def notes(self, story_id: str) -> tuple[StoryNote, ...]:
        chosen = select(story_notes).where(story_notes.c.item_id == story_id).order_by(story_notes.c.id)
        with reading(self._engine) as connection:
            return tuple(_note(row) for row in connection.execute(chosen))


def _check_takes_notes(connection: Connection, story_id: str) -> None:
    """The row is locked: an erasure that is under way takes this note too, or this finds that there is nothing left."""
    chosen = select(revisions.c.erased).join(items, IS_NEWEST).where(items.c.id == story_id, items.c.kind == "story")
    row = connection.execute(chosen.with_for_update(of=items)).first()
    if row is None:
        raise NotFound(f"There is no story {story_id}.")
    if row.erased:
        raise Conflict("This story was erased: nothing more is kept of it.")
    many = select(func.count()).where(story_notes.c.item_id == story_id)
    if connection.execute(many).scalar_one() >= MOST_NOTES:
        raise Conflict(f"This story has {MOST_NOTES} notes, and takes no more.")


def _first_of_thread(connection: Connection, story_id: str, note_id: str) -> str:
    chosen = select(story_notes.c.answers).where(story_notes.c.id == note_id, story_notes.c.item_id == story_id)
    row = connection.execute(chosen).first()
    if row is None:
        raise NotFound(f"There is no note {note_id} at this story.")
    return str(row.answers or note_id)


def _note(row: Row[Any]) -> StoryNote:
    return StoryNote(id=row.id, at=row.at, by=row.by, text=row.text, answers=row.answers)
