"""The desk's list of stories: by state, section, reporter, day and words."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, false, func, select

from dateline.adapters.ledger.database.draft_tables import drafts
from dateline.adapters.ledger.database.engine import SqlPart, reading
from dateline.adapters.ledger.database.story_words import holding, story_texts, words_of
from dateline.adapters.ledger.database.tables import items, revisions
from dateline.adapters.ledger.drafts.access import is_seen
from dateline.adapters.ledger.drafts.lines import lines_of
from dateline.adapters.ledger.items import IS_NEWEST, newest_first, summary_of
from dateline.ports.ledger.drafts import MOST_DRAFTS, DraftSummary
from dateline.ports.ledger.items import Page
from dateline.ports.ledger.story_pages.story_list import WITH_A_PROBLEM, StoryFilter
from dateline.ports.ledger.tokens import Token


class SqlStoryList(SqlPart):
    """``ports.ledger.story_pages.story_list.StoryList`` in SQL."""

    def stories(self, chosen: StoryFilter, *, limit: int = 20, cursor: str | None = None) -> Page:
        with reading(self._engine) as connection:
            found = select(items, revisions).join(revisions, IS_NEWEST).where(items.c.kind == "story")
            rows, following = newest_first(connection, _narrowed(connection, found, chosen), limit, cursor)
        return Page(items=tuple(map(summary_of, rows)), next=following)

    def story_owners(self) -> tuple[str, ...]:
        names = select(items.c.owner).where(items.c.kind == "story").distinct().order_by(items.c.owner)
        with reading(self._engine) as connection:
            return tuple(connection.execute(names).scalars())

    def find_drafts(self, by: Token, words: str, *, limit: int = 10) -> tuple[DraftSummary, ...]:
        """Their few headlines are looked through here: no database folds every script's letters alike."""
        asked = words_of(words)
        if not asked:
            return ()
        chosen = select(drafts).where(is_seen(by), drafts.c.item_id.is_(None))
        newest = chosen.order_by(drafts.c.updated_at.desc(), drafts.c.id.desc()).limit(MOST_DRAFTS)
        with reading(self._engine) as connection:
            rows = [row for row in connection.execute(newest) if _has(row.label, asked)]
            return lines_of(connection, rows[:limit])


def _narrowed(connection: Connection, found: Select[Any], chosen: StoryFilter) -> Select[Any]:
    """``found`` by each thing that is asked."""
    if by := chosen.owner:
        found = found.where(items.c.owner == by.name, func.coalesce(items.c.owner_id, by.id) == by.id)
    if chosen.reporter:
        found = found.where(items.c.owner == chosen.reporter)
    if chosen.states:
        found = found.where(_is_in_state(chosen))
    if chosen.section:
        found = found.where(items.c.section == chosen.section)
    if chosen.start is not None:
        found = found.where(revisions.c.received_at >= chosen.start)
    if chosen.end is not None:
        found = found.where(revisions.c.received_at < chosen.end)
    if chosen.label:
        found = found.where(items.c.label_folded.contains(chosen.label.casefold(), autoescape=True))
    if chosen.words.strip():
        found = found.where(_has_words(connection, chosen))
    return found


def _is_in_state(chosen: StoryFilter) -> ColumnElement[bool]:
    """A problem is rare, and found by its state; any other state is looked for along the list."""
    named = revisions.c.state.in_(chosen.states)
    if not set(chosen.states) <= set(WITH_A_PROBLEM):
        return named
    few = revisions.alias()
    return named & items.c.id.in_(select(few.c.item_id).where(few.c.state.in_(chosen.states)))


def _has_words(connection: Connection, chosen: StoryFilter) -> ColumnElement[bool]:
    """A tombstone has no text: of a withdrawn story that of the revision before it counts."""
    if not (words := words_of(chosen.words)):
        return false()
    texts = (
        select(story_texts.c.item_id)
        .join(newest := revisions.alias(), newest.c.item_id == story_texts.c.item_id)
        .join(its_item := items.alias(), its_item.c.id == story_texts.c.item_id)
        .where(
            holding(connection, words, headlines_only=chosen.headlines_only),
            newest.c.revision == its_item.c.newest_revision,
            (story_texts.c.revision == newest.c.revision)
            | (newest.c.action == "withdraw") & (story_texts.c.revision == newest.c.revision - 1),
        )
    )
    return items.c.id.in_(texts)


def _has(label: str, words: tuple[str, ...]) -> bool:
    """Whether words of a label begin with each of these."""
    own = words_of(label)
    return all(any(one.startswith(word) for one in own) for word in words)
