"""Who may write the external ids of a source: who was given it, who wrote there first, and editors."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from typing import Final

from sqlalchemy import Connection, insert, select

from dateline.adapters.ledger.database.engine import upsert
from dateline.adapters.ledger.database.in_list import in_list
from dateline.adapters.ledger.database.tables import source_holders
from dateline.errors import NotAllowed
from dateline.ports.ledger.submissions import Submission
from dateline.ports.ledger.tokens import Token

NEWSROOM: Final = ""
"""The holder of a source that editors write for, and those tokens that were given it."""

_TOKEN: Final = "token "
WITH_SOURCE: Final = "source "
"""How the holder of a source begins that is whoever's another source is."""


class SourceRights:
    """The rights that a batch needs to know, and the sources that it takes."""

    def __init__(self, connection: Connection, submissions: Sequence[Submission], at: datetime) -> None:
        self._connection = connection
        self._at = at
        named = {source for one in submissions for source in one.for_sources}
        self._holders = _read_holders(connection, named) if named else {}
        self._taken: dict[str, str] = {}
        self._checked: set[tuple[str, str, tuple[str, ...]]] = set()
        """What was allowed, until a source is taken: a bulk asks the same on each line."""

    def check(self, submission: Submission) -> None:
        """Raise ``NotAllowed`` unless the writer may write for each source of the external id. What is said doesn't
        depend on whether the id exists."""
        if _asked(submission) in self._checked:
            return
        given = _given(submission)
        for source in submission.for_sources:
            if not self._is_open(submission.by, source, given):
                raise NotAllowed(f"the source {source!r} is not yours to write for; an editor can give it to you")

    def take(self, submission: Submission) -> None:
        """The sources that nobody holds are the writer's from now on: of what was refused nothing is put on record."""
        if (asked := _asked(submission)) in self._checked:
            return
        given = _given(submission)
        for source in submission.for_sources:
            self._take(submission, source, given)
        if submission.by.id:
            self._checked.add(asked)

    def _is_open(self, by: Token, source: str, given: str | None) -> bool:
        holder = self._holders.get(source)
        if holder is None or may_take(by, (source,)):
            return True
        if holder.startswith(_TOKEN):
            return given is not None or (by.id != "" and holder == _TOKEN + by.id)
        return holder.startswith(WITH_SOURCE) and holder.removeprefix(WITH_SOURCE) in by.sources

    def _take(self, submission: Submission, source: str, given: str | None) -> None:
        """A source that nobody held is taken by who writes. One that a reporter took goes, with a text, to who was
        ``given`` one of those that the text names, and so to all who were given that one."""
        before = self._holders.get(source)
        if before is None:
            holder = _TOKEN + submission.by.id if given is None else _held_with(source, given)
        elif given is not None and before.startswith(_TOKEN) and submission.action == "submit":
            holder = _held_with(source, given)
        else:
            return
        self._holders[source] = self._taken[source] = holder
        self._checked.clear()

    def write(self) -> None:
        """Put on record what was taken."""
        if self._taken:
            _write_holders(self._connection, self._taken.items(), self._at)


def _asked(submission: Submission) -> tuple[str, str, tuple[str, ...]]:
    return submission.by.id, submission.action, submission.for_sources


def _given(submission: Submission) -> str | None:
    """The first of the sources that the writer was given."""
    return next((source for source in submission.for_sources if may_take(submission.by, (source,))), None)


def may_take(by: Token, sources: Collection[str]) -> bool:
    """Whether ``by`` was given one of the sources, or may write for any."""
    return by.every_source or any(source in by.sources for source in sources)


def give_to_newsroom(connection: Connection, sources: Iterable[str], at: datetime) -> None:
    """Take sources from whoever wrote there first: they are those tokens' that were given them, and editors'."""
    _write_holders(connection, [(source, NEWSROOM) for source in sources], at)


def _held_with(source: str, given: str) -> str:
    return NEWSROOM if source == given else WITH_SOURCE + given


def _read_holders(connection: Connection, named: Collection[str]) -> dict[str, str]:
    chosen = select(source_holders.c.source, source_holders.c.holder).where(in_list(source_holders.c.source, named))
    return {row.source: row.holder for row in connection.execute(chosen)}


def _write_holders(connection: Connection, taken: Iterable[tuple[str, str]], at: datetime) -> None:
    """Who was given a source puts a reporter out; of two reporters the second finds the first's row, and is refused."""
    insertion = upsert(connection)(source_holders)
    change = {"holder": insertion.excluded.holder, "at": insertion.excluded.at}
    over = insertion.on_conflict_do_update(index_elements=["source"], set_=change)
    for source, holder in sorted(taken):
        statement = insert(source_holders) if holder.startswith(_TOKEN) else over
        connection.execute(statement, {"source": source, "holder": holder, "at": at})
