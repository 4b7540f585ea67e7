"""Drafts: rows of their own, seen by their owner and those they are shared with."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Final

import orjson
from sqlalchemy import Connection, Row, Select, delete, func, insert, literal, select, update

from dateline.adapters.ledger.database.audit import record_audit
from dateline.adapters.ledger.database.draft_tables import (
    draft_assignments,
    draft_reviews,
    draft_revisions,
    draft_shares,
    drafts,
)
from dateline.adapters.ledger.database.engine import SqlPart, advisory_lock, now, reading, upsert, writing
from dateline.adapters.ledger.database.ids import new_id
from dateline.adapters.ledger.database.owners import live_writers
from dateline.adapters.ledger.database.pages import page_by_time, read_cursor
from dateline.adapters.ledger.drafts.access import check_may_write, is_own, seen_draft
from dateline.adapters.ledger.drafts.history import KeptText, superfluous
from dateline.adapters.ledger.drafts.lines import assignments_of, line_of, lines_of, rounds_of
from dateline.errors import Conflict, FieldError, InvalidInput, NotAllowed, NotFound, StaleRevision
from dateline.ports.ledger.drafts import (
    MOST_DRAFTS,
    Draft,
    DraftBody,
    DraftPage,
    DraftRevision,
)
from dateline.ports.ledger.tokens import Token

_NO_CURSOR: Final = "This is no cursor of this listing; take the address that next names."


class SqlDrafts(SqlPart):
    """``ports.ledger.drafts.Drafts`` in SQL."""

    def create_draft(
        self,
        by: Token,
        body: DraftBody,
        *,
        label: str = "",
        shared_with: Sequence[str] = (),
        key: str = "",
        corrects: tuple[str, int] | None = None,
    ) -> Draft:
        with writing(self._engine) as connection:
            advisory_lock(connection, f"drafts {by.id}")
            at = now(connection)
            made = select(drafts).where(drafts.c.owner_id == by.id, drafts.c.key == key)
            if key and (row := connection.execute(made).first()):
                return read_draft(connection, row)
            if corrects and (row := connection.execute(_correction(by, corrects[0])).first()):
                return read_draft(connection, row)
            own = select(func.count()).where(drafts.c.owner_id == by.id, drafts.c.item_id.is_(None))
            if connection.execute(own).scalar_one() >= MOST_DRAFTS:
                raise Conflict(f"You have {MOST_DRAFTS} drafts. Delete what you don't need.")
            draft_id, (item_id, item_revision) = new_id(), corrects or (None, None)
            connection.execute(
                insert(drafts).values(
                    id=draft_id, owner=by.name, owner_id=by.id, key=key, label=label, revision=1, created_at=at,
                    updated_at=at, corrects=item_id, corrects_revision=item_revision,
                )
            )  # fmt: skip
            _add_text(connection, draft_id, 1, at, by, _as_text(body))
            _share(connection, at, draft_id, by, shared_with)
            return read_draft(connection, seen_draft(connection, draft_id, by))

    def draft(self, draft_id: str, by: Token, *, revision: int | None = None) -> Draft:
        with reading(self._engine) as connection:
            return read_draft(connection, seen_draft(connection, draft_id, by), revision)

    def correction_draft(self, by: Token, story_id: str) -> Draft | None:
        with reading(self._engine) as connection:
            row = connection.execute(_correction(by, story_id)).first()
            return read_draft(connection, row) if row else None

    def save_draft(
        self,
        draft_id: str,
        by: Token,
        body: DraftBody,
        *,
        if_match: int,
        label: str = "",
        shared_with: Sequence[str] | None = None,
        corrects_revision: int | None = None,
    ) -> Draft:
        with writing(self._engine) as connection:
            row = seen_draft(connection, draft_id, by, lock=True)
            if row.item_id is not None:
                raise Conflict(f"This draft was sent, and became the story {row.item_id}.")
            at, text = now(connection), _as_text(body)
            same = text == _text(connection, draft_id, row.revision)
            if not same and row.revision != if_match:
                raise StaleRevision(f'The newest revision is "{row.revision}"; read it and make the change again.')
            if not same:
                check_may_write(connection, row, by)
            if shared_with is not None:
                _change_shares(connection, at, row, by, shared_with)
            if not same:
                _add_text(connection, draft_id, row.revision + 1, at, by, text)
                _thin(connection, draft_id)
                changed = {"revision": row.revision + 1, "label": label, "updated_at": at}
                connection.execute(update(drafts).where(drafts.c.id == draft_id).values(changed))
            if corrects_revision is not None:
                changed = {"corrects_revision": corrects_revision}
                connection.execute(update(drafts).where(drafts.c.id == draft_id).values(changed))
            return read_draft(connection, seen_draft(connection, draft_id, by))

    def delete_draft(self, draft_id: str, by: Token) -> None:
        with writing(self._engine) as connection:
            row = seen_draft(connection, draft_id, by, lock=True)
            if row.owner_id != by.id:
                raise NotAllowed("Only its owner deletes a draft.")
            remove_drafts(connection, [draft_id])
            record_audit(connection, now(connection), by, "draft-delete", subject=draft_id)

    def drafts(self, by: Token, *, sent: bool = False, limit: int = 20, cursor: str | None = None) -> DraftPage:
        became = drafts.c.item_id.is_not(None) if sent else drafts.c.item_id.is_(None)
        chosen = select(drafts).where(is_own(by), became)
        after = None if cursor is None else draft_position(cursor)
        with reading(self._engine) as connection:
            rows, following = page_by_time(connection, chosen, (drafts.c.updated_at, drafts.c.id), limit, after)
            return DraftPage(drafts=lines_of(connection, rows), next=following)


def _correction(by: Token, story_id: str) -> Select[Any]:
    """The unsent correction of a story that is ``by``'s own."""
    own = drafts.c.owner_id == by.id, literal(by.id) != ""
    return select(drafts).where(drafts.c.corrects == story_id, drafts.c.item_id.is_(None), *own)


def draft_position(cursor: str) -> tuple[datetime, str]:
    """Where a page begins. Raises ``InvalidInput`` for what is no cursor of drafts."""
    try:
        return read_cursor(cursor)
    except ValueError:
        raise InvalidInput(_NO_CURSOR, (FieldError("/cursor", _NO_CURSOR),)) from None


def remove_drafts(connection: Connection, ids: Sequence[str]) -> int:
    """Take out drafts with all texts; how many texts there were."""
    texts = connection.execute(delete(draft_revisions).where(draft_revisions.c.draft_id.in_(ids))).rowcount
    for table in (draft_shares, draft_reviews, draft_assignments):
        connection.execute(delete(table).where(table.c.draft_id.in_(ids)))
    connection.execute(delete(drafts).where(drafts.c.id.in_(ids)))
    return int(texts)


def read_draft(connection: Connection, row: Row[Any], revision: int | None = None) -> Draft:
    """The draft of a row, with its newest text or that of ``revision``. ``NotFound``."""
    kept = select(draft_revisions.c.revision, draft_revisions.c.at, draft_revisions.c.by)
    saves = connection.execute(kept.where(draft_revisions.c.draft_id == row.id).order_by(draft_revisions.c.revision))
    shares = select(draft_shares.c.name).where(draft_shares.c.draft_id == row.id).order_by(draft_shares.c.name)
    names = tuple(connection.execute(shares).scalars())
    shown = row.revision if revision is None else revision
    text = _text(connection, row.id, shown)
    if text is None:
        raise NotFound(f"Revision {shown} of the draft {row.id} is not kept.")
    rounds = rounds_of(connection, [row.id]).get(row.id, [])
    return Draft(
        **line_of(row),
        shared=bool(names),
        review=rounds[-1] if rounds else None,
        reviews=tuple(rounds),
        assignment=assignments_of(connection, [row.id]).get(row.id),
        corrects_revision=row.corrects_revision,
        body=orjson.loads(text),
        shown=shown,
        shared_with=names,
        revisions=tuple(DraftRevision(revision=save.revision, at=save.at, by=save.by) for save in saves),
    )


def _as_text(body: Mapping[str, Any]) -> str:
    return orjson.dumps(body, option=orjson.OPT_SORT_KEYS).decode()


def _text(connection: Connection, draft_id: str, revision: int) -> str | None:
    this = draft_revisions.c.draft_id == draft_id, draft_revisions.c.revision == revision
    return connection.execute(select(draft_revisions.c.body).where(*this)).scalar()


def _add_text(connection: Connection, draft_id: str, revision: int, at: datetime, by: Token, text: str) -> None:
    row = {"draft_id": draft_id, "revision": revision, "at": at, "by": by.name, "body": text}
    connection.execute(insert(draft_revisions).values(**row, size=len(text.encode())))


def _thin(connection: Connection, draft_id: str) -> None:
    """Let go of what isn't kept of a draft."""
    of_draft = draft_revisions.c.draft_id == draft_id
    columns = draft_revisions.c.revision, draft_revisions.c.at, draft_revisions.c.size
    saves = connection.execute(select(*columns).where(of_draft).order_by(draft_revisions.c.revision))
    if gone := superfluous([KeptText(*save) for save in saves]):
        connection.execute(delete(draft_revisions).where(of_draft, draft_revisions.c.revision.in_(gone)))


def _change_shares(connection: Connection, at: datetime, row: Row[Any], by: Token, names: Sequence[str]) -> None:
    of_draft = draft_shares.c.draft_id == row.id
    if set(connection.execute(select(draft_shares.c.name).where(of_draft)).scalars()) == set(names):
        return
    if row.owner_id != by.id:
        raise NotAllowed("Only its owner says whom a draft is shared with.")
    connection.execute(delete(draft_shares).where(of_draft))
    _share(connection, at, row.id, by, names)


def _share(connection: Connection, at: datetime, draft_id: str, by: Token, names: Sequence[str]) -> None:
    known = live_writers(connection, at, names)
    unknown = [FieldError(f"/shared_with/{place}", f"Nobody who writes is named {name!r}.")
               for place, name in enumerate(names) if name not in known]  # fmt: skip
    if unknown:
        raise InvalidInput("A draft can be shared with those who write.", tuple(unknown))
    rows = [{"draft_id": draft_id, "writer_id": known[name], "name": name} for name in dict.fromkeys(names)]
    if rows := [row for row in rows if row["writer_id"] != by.id]:
        connection.execute(upsert(connection)(draft_shares).values(rows).on_conflict_do_nothing())
        record_audit(connection, at, by, "draft-share", subject=draft_id, detail=", ".join(known))
