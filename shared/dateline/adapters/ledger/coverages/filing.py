"""What coverages need that are filed by themselves, in SQL: which stories came, and which of them went again."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Any, Final

import orjson
from sqlalchemy import Connection, Select, and_, exists, select, update

from dateline.adapters.ledger.changes import last_number
from dateline.adapters.ledger.coverages.coverages import coverage_of
from dateline.adapters.ledger.database.draft_tables import drafts
from dateline.adapters.ledger.database.engine import SqlPart, now, reading, writing
from dateline.adapters.ledger.database.event_tables import event_links
from dateline.adapters.ledger.database.in_list import in_list
from dateline.adapters.ledger.database.named_values import COVERAGES_SEEN, write_fact
from dateline.adapters.ledger.database.picture_tables import picture_uses
from dateline.adapters.ledger.database.planning_tables import coverages
from dateline.adapters.ledger.database.tables import changes, items, payloads, revisions
from dateline.adapters.ledger.followed_changes import followed_to
from dateline.adapters.ledger.items import IS_NEWEST
from dateline.domain.coverage import OPEN_STATES, Coverage, CoverageForm
from dateline.ports.ledger.coverages import LinkedStory, PromisedText, PromisedTexts

_OPEN: Final = coverages.c.state.in_(OPEN_STATES)
_FIRST: Final = revisions.alias("first_revision")
_IS_FIRST: Final = and_(_FIRST.c.item_id == items.c.id, _FIRST.c.revision == 1)
_HAS_PICTURES: Final = exists(select(picture_uses.c.item_id).where(picture_uses.c.item_id == items.c.id))
MOST_LINKED: Final = 1000


class SqlCoverageFiling(SqlPart):
    """``ports.ledger.coverages.CoverageFiling`` in SQL."""

    def file_sent_drafts(self) -> int:
        sent = (
            select(coverages, drafts.c.item_id.label("sent_as"))
            .join(drafts, drafts.c.id == coverages.c.draft_id)
            .join(items, items.c.id == drafts.c.item_id)
            .join(revisions, IS_NEWEST)
            .where(_OPEN, coverages.c.draft_id != "", revisions.c.action != "withdraw")
            .where(drafts.c.sent_at > coverages.c.counts_from)
        )
        with reading(self._engine) as connection:
            found = [(coverage_of(row), row.sent_as) for row in connection.execute(sent)]
        return sum(self.file_coverage(coverage, story_id) for coverage, story_id in found)

    def reopen_coverages(self) -> int:
        gone = (
            select(coverages)
            .join(items, items.c.id == coverages.c.story_id)
            .join(revisions, IS_NEWEST)
            .where(coverages.c.state == "filed", coverages.c.story_id != "", revisions.c.action == "withdraw")
        )
        with reading(self._engine) as connection:
            found = [coverage_of(row) for row in connection.execute(gone)]
        return sum(
            self._note_filing(one, state="assigned" if one.assignee_id else "planned", story_id="") for one in found
        )

    def open_coverages(self, since: date) -> Sequence[Coverage]:
        chosen = select(coverages).where(_OPEN, coverages.c.day >= since.isoformat())
        with reading(self._engine) as connection:
            return [coverage_of(row) for row in connection.execute(chosen.order_by(coverages.c.day, coverages.c.id))]

    def filed_forms(self, story_ids: Collection[str]) -> Mapping[str, frozenset[CoverageForm]]:
        chosen = select(coverages.c.story_id, coverages.c.form).where(in_list(coverages.c.story_id, story_ids))
        found: dict[str, set[CoverageForm]] = {}
        with reading(self._engine) as connection:
            for row in connection.execute(chosen):
                found.setdefault(row.story_id, set()).add(row.form)
        return {story_id: frozenset(forms) for story_id, forms in found.items()}

    def linked_stories(self, event_ids: Collection[str]) -> Sequence[LinkedStory]:
        public = items.c.published_revision.is_not(None), revisions.c.action != "withdraw"
        chosen = (
            select(event_links.c.event_id, items.c.id, items.c.owner_id, _FIRST.c.received_at,
                   _HAS_PICTURES.label("pictures"))
            .join(items, items.c.id == event_links.c.story_id)
            .join(revisions, IS_NEWEST)
            .join(_FIRST, _IS_FIRST)
            .where(in_list(event_links.c.event_id, event_ids), ~event_links.c.unlinked, *public)
            .order_by(items.c.id.desc())
            .limit(MOST_LINKED)
        )  # fmt: skip
        with reading(self._engine) as connection:
            rows = connection.execute(chosen).all()
        return [
            LinkedStory(story_id=row.id, event_id=row.event_id, owner_id=row.owner_id or "",
                        received_at=row.received_at, has_pictures=bool(row.pictures))
            for row in reversed(rows)
        ]  # fmt: skip

    def promised_texts(self, owner_ids: Collection[str], *, limit: int) -> PromisedTexts:
        with reading(self._engine) as connection:
            before = followed_to(connection, COVERAGES_SEEN)
            if not owner_ids:
                return PromisedTexts(texts=[], seen=last_number(connection), before=before)
            rows = connection.execute(_changed(before, limit)).all()
            own = [row.item_id for row in rows if row.kind == "story" and row.owner_id in owner_ids]
            texts = _texts(connection, own) if own else []
        return PromisedTexts(texts=texts, seen=rows[-1].seq if rows else before, before=before)

    def note_promised_texts(self, seen: int) -> None:
        with writing(self._engine) as connection:
            write_fact(connection, COVERAGES_SEEN, str(seen))

    def file_coverage(self, coverage: Coverage, story_id: str) -> bool:
        return self._note_filing(coverage, state="filed", story_id=story_id)

    def _note_filing(self, coverage: Coverage, **values: Any) -> bool:
        """A new revision by nobody, unless somebody made one meanwhile."""
        mine = coverages.c.id == coverage.id, coverages.c.revision == coverage.revision
        with writing(self._engine) as connection:
            made = {"revision": coverage.revision + 1, "changed_at": now(connection)}
            return bool(connection.execute(update(coverages).where(*mine).values(**values, **made)).rowcount)


def _changed(after: int, limit: int) -> Select[Any]:
    told = select(changes.c.seq, changes.c.item_id, changes.c.kind, items.c.owner_id)
    owned = told.outerjoin(items, items.c.id == changes.c.item_id)
    return owned.where(changes.c.seq > after).order_by(changes.c.seq).limit(limit)


def _texts(connection: Connection, item_ids: Sequence[str]) -> list[PromisedText]:
    """What readers get of these stories; nothing of one that was withdrawn or erased."""
    chosen = (
        select(items.c.id, items.c.owner_id, _FIRST.c.received_at, payloads.c.body, _HAS_PICTURES.label("pictures"))
        .join(changes, and_(changes.c.item_id == items.c.id, changes.c.state == "published"))
        .join(_FIRST, _IS_FIRST)
        .join(payloads, and_(payloads.c.item_id == items.c.id, payloads.c.revision == changes.c.revision))
        .where(in_list(items.c.id, item_ids))
        .order_by(changes.c.seq)
    )
    return [
        PromisedText(story_id=row.id, owner_id=row.owner_id, received_at=row.received_at,
                     payload=orjson.loads(row.body), has_pictures=bool(row.pictures))
        for row in connection.execute(chosen)
        if row.body
    ]  # fmt: skip
