"""Who sees a draft, and who may write in it: its owner, who was given it, whom it is shared with; editors in review."""

from __future__ import annotations

from typing import Any, Final

from sqlalchemy import ColumnElement, Connection, Row, false, func, literal, or_, select

from dateline.adapters.ledger.database.draft_tables import draft_assignments, draft_reviews, draft_shares, drafts
from dateline.adapters.ledger.drafts.lines import review_of
from dateline.errors import Conflict, NotAllowed, NotFound
from dateline.ports.ledger.drafts import Review
from dateline.ports.ledger.tokens import Token

_WITH_EDITORS: Final = "It is with the editors. Take it back to go on writing."
_WRITTEN_BY_YOU: Final = "Another editor decides on what you wrote."


def is_own(by: Token) -> ColumnElement[bool]:
    """Whether drafts are ``by``'s own, or were given to ``by``, or are shared with ``by``."""
    shared = select(draft_shares.c.draft_id).where(draft_shares.c.writer_id == by.id)
    given = select(draft_assignments.c.draft_id).where(draft_assignments.c.writer_id == by.id)
    return or_(drafts.c.owner_id == by.id, drafts.c.id.in_(shared), drafts.c.id.in_(given)) & (literal(by.id) != "")


def is_seen(by: Token) -> ColumnElement[bool]:
    """Whether ``by`` may see drafts: editors also what is with them, and what went out so."""
    with_editors = select(draft_reviews.c.draft_id).where(draft_reviews.c.state.in_(("to_review", "out")))
    return or_(is_own(by), drafts.c.id.in_(with_editors) if by.role == "editor" else false())


def seen_draft(connection: Connection, draft_id: str, by: Token, *, lock: bool = False) -> Row[Any]:
    """The row of a draft that ``by`` may see. Raises ``NotFound``; ``Conflict`` for an editor who is too late."""
    chosen = select(drafts).where(drafts.c.id == draft_id, is_seen(by))
    row = connection.execute(chosen.with_for_update() if lock else chosen).first()
    if row is None:
        raise unseen(connection, draft_id, by)
    return row


def unseen(connection: Connection, draft_id: str, by: Token) -> Conflict | NotFound:
    """Why ``by`` sees no draft of this id: there is none; or the editors are through with it."""
    review = newest_round(connection, draft_id) if by.role == "editor" else None
    return Conflict(decision_in_words(review)) if review else NotFound(f"There is no draft {draft_id}.")


def newest_round(connection: Connection, draft_id: str) -> Review | None:
    """The newest round of a draft with the editors."""
    chosen = select(draft_reviews).where(draft_reviews.c.draft_id == draft_id)
    row = connection.execute(chosen.order_by(draft_reviews.c.round.desc()).limit(1)).first()
    return review_of(row) if row else None


def decision_in_words(review: Review | None) -> str:
    """Why nobody decides on a draft now."""
    if review is None or review.decided_at is None:
        return "This draft is not with the editors."
    did = {"out": "sent it out", "returned": "gave it back", "taken_back": "took it back"}[review.state]
    return f"It isn't with the editors any more: {review.decided_by} {did}."


def writer_of(connection: Connection, row: Row[Any]) -> tuple[str, str]:
    """Whose the story of a draft will be, by name and id: who was given it, else the owner."""
    chosen = select(draft_assignments.c.name, draft_assignments.c.writer_id)
    given = connection.execute(chosen.where(draft_assignments.c.draft_id == row.id)).first()
    return (given.name, given.writer_id) if given else (row.owner, row.owner_id)


def is_writer(connection: Connection, row: Row[Any], by: Token) -> bool:
    """Whether ``by`` is the owner of a draft, or was given it."""
    return by.id in (row.owner_id, writer_of(connection, row)[1])


def check_may_decide(connection: Connection, row: Row[Any], by: Token) -> None:
    """Raise ``NotAllowed`` for who is no editor, and for the editor who wrote it."""
    if by.role != "editor":
        raise NotAllowed("Editors decide on it.")
    if by.id == writer_of(connection, row)[1]:
        raise NotAllowed(_WRITTEN_BY_YOU)


def check_may_write(connection: Connection, row: Row[Any], by: Token) -> None:
    """Raise ``Conflict`` while it is with the editors, for who may not decide on it."""
    if not is_to_review(connection, row.id):
        return
    if by.role != "editor" or by.id == writer_of(connection, row)[1]:
        raise Conflict(_WITH_EDITORS)


def is_to_review(connection: Connection, draft_id: str) -> bool:
    """Whether a draft is with the editors."""
    waits = draft_reviews.c.draft_id == draft_id, draft_reviews.c.state == "to_review"
    return connection.execute(select(func.count()).select_from(draft_reviews).where(*waits)).scalar_one() > 0
