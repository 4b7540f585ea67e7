"""The desk's list of stories: by state, section, reporter, day and words."""

from __future__ import annotations

from typing import Any, Final

from sqlalchemy import ColumnElement, Connection, Select, case, false, func, select

from dateline.adapters.ledger.database.draft_tables import drafts
from dateline.adapters.ledger.database.engine import SqlPart, reading
from dateline.adapters.ledger.database.story_words import holding, story_texts, words_of
from dateline.adapters.ledger.database.tables import items, revisions
from dateline.adapters.ledger.drafts.access import is_seen
from dateline.adapters.ledger.drafts.lines import lines_of
from dateline.adapters.ledger.items import IS_NEWEST, newest_first, summary_of
from dateline.ports.ledger.drafts import MOST_DRAFTS, DraftSummary
from dateline.ports.ledger.items import Page
from dateline.ports.ledger.story_pages.story_list import StoryFilter
from dateline.ports.ledger.tokens import Token

FEW: Final = 2_000
"""Rows that are looked up one by one in less time than a list of 100,000 is gone through."""


class SqlStoryList(SqlPart):
    """``ports.ledger.story_pages.story_list.StoryList`` in SQL."""

    def stories(self, chosen: StoryFilter, *, limit: int = 20, cursor: str | None = None) -> Page:
        with reading(self._engine) as connection:
            found = select(items, revisions).join(revisions, IS_NEWEST).where(items.c.kind == "story")
            rows, following = newest_first(connection, _narrowed(connection, found, chosen), limit, cursor)
        return Page(items=tuple(map(summary_of, rows)), next=following)

    def story_owners(self) -> tuple[str, ...]:
        """From one name to the next along the index: a newsroom has a thousand items a name."""
        least = func.min(items.c.owner)
        names = select(least.label("owner")).cte("names", recursive=True)
        following = select(least).where(items.c.owner > names.c.owner).correlate(names).scalar_subquery()
        names = names.union_all(select(following).where(names.c.owner.is_not(None)))
        with reading(self._engine) as connection:
            return tuple(connection.execute(select(names.c.owner).where(names.c.owner.is_not(None))).scalars())

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
    if chosen.sections:
        found = found.where(items.c.section.in_(chosen.sections))
    if chosen.label:
        found = found.where(items.c.label_folded.contains(chosen.label.casefold(), autoescape=True))
    if chosen.states:
        found = _where(connection, found, revisions.c.state.in_(chosen.states))
    if within := [*_since(chosen), *_before(chosen)]:
        found = _where(connection, found, *within)
    if chosen.words.strip():
        found = _with_words(connection, found, chosen)
    return found


def _since(chosen: StoryFilter) -> list[ColumnElement[bool]]:
    return [revisions.c.received_at >= chosen.start] if chosen.start else []


def _before(chosen: StoryFilter) -> list[ColumnElement[bool]]:
    return [revisions.c.received_at < chosen.end] if chosen.end else []


def _where(connection: Connection, found: Select[Any], *asked: ColumnElement[bool]) -> Select[Any]:
    """``found`` where the newest revision is so. What few revisions are is looked up first, and what many are met along
    the list: no planner knows which it is."""
    found = found.where(*asked)
    some = select(revisions.c.item_id).where(*asked)
    return found.where(items.c.id.in_(_apart(some))) if _are_few(connection, some) else found


def _apart(chosen: Select[Any]) -> Select[Any]:
    """A selection as a table of its own: its columns aren't those of the selection around it."""
    return select(chosen.subquery().c.item_id)


def _are_few(connection: Connection, chosen: Select[Any]) -> bool:
    counted = select(func.count()).select_from(chosen.limit(FEW).subquery())
    return connection.execute(counted).scalar_one() < FEW


def _with_words(connection: Connection, found: Select[Any], chosen: StoryFilter) -> Select[Any]:
    """``found`` by the newest text: a tombstone has none, and that of the revision before it counts."""
    if not (words := words_of(chosen.words)):
        return found.where(false())
    holds = holding(connection, words, headlines_only=chosen.headlines_only)
    withdrawn = case((revisions.c.action == "withdraw", 1), else_=0)
    newest = (story_texts.c.item_id == items.c.id) & (story_texts.c.revision >= items.c.newest_revision - withdrawn)
    found = found.where(select(story_texts.c.id).where(newest, holds).correlate(items, revisions).exists())
    some = select(story_texts.c.item_id).where(holds)
    return found.where(items.c.id.in_(_apart(some))) if _are_few(connection, some) else found


def _has(label: str, words: tuple[str, ...]) -> bool:
    """Whether words of a label begin with each of these."""
    own = words_of(label)
    return all(any(one.startswith(word) for one in own) for word in words)
