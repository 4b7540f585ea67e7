"""Merges and splits of terms on record, and taking them back."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

import pytest
from sqlalchemy import update

from contract.ledger.conftest import publish, story
from dateline.adapters.ledger import SqlLedger
from dateline.adapters.ledger.database.engine import now, writing
from dateline.adapters.ledger.database.vocabulary_tables import term_moves
from dateline.domain.tag import EditorTags, TagRef
from dateline.errors import Conflict, NotFound
from dateline.ports.ledger.submissions import Submission
from dateline.ports.ledger.term_moves import NewMove, SaidTag
from dateline.ports.ledger.tokens import Token

OLD = TagRef(type="person", slug="lee")
NEW = TagRef(type="person", slug="ann-lee")


def term(by: Token, tag: TagRef, label: str, revision: int | None = None) -> Submission:
    payload = {"schema": 3, "type": tag.type, "slug": tag.slug, "label": label}
    return Submission(
        kind="term", action="correct" if revision else "submit", item_id=tag.key, payload=payload, by=by, label=label,
        if_match=revision,
    )  # fmt: skip


def moved(ledger: SqlLedger, editor: Token, tags: Sequence[SaidTag] = (), revision: int | None = None) -> str:
    move = NewMove(kind="merge", key=OLD.key, before={OLD.key: revision or 0, NEW.key: 0}, tags=tuple(tags))
    move_id, _ = ledger.move_terms(move, [term(editor, OLD, "Lee", revision), term(editor, NEW, "Ann Lee")], editor)
    return move_id


def said(ledger: SqlLedger, item_id: str) -> EditorTags:
    return ledger.item("story", item_id).editor_tags


def test_a_move_knows_the_revisions_before_and_after(ledger: SqlLedger, editor: Token) -> None:
    ledger.submit(term(editor, OLD, "Lee"))
    move = ledger.term_move(moved(ledger, editor, revision=1))
    assert move.revisions == {OLD.key: (1, 2), NEW.key: (0, 1)}
    assert (move.kind, move.key, move.by, move.undone_at) == ("merge", OLD.key, "desk", None)
    assert [one.id for one in ledger.term_moves(NEW.key)] == [move.id]
    assert ledger.term_moves("person:other") == []
    with pytest.raises(NotFound):
        ledger.term_move("nope")


def test_it_is_all_or_nothing(ledger: SqlLedger, editor: Token) -> None:
    move = NewMove(kind="merge", key=OLD.key, before={OLD.key: 0, NEW.key: 0})
    with pytest.raises(NotFound):
        ledger.move_terms(move, [term(editor, OLD, "Lee"), term(editor, NEW, "Ann Lee", 3)], editor)
    assert ledger.term_moves(OLD.key) == []
    with pytest.raises(NotFound):
        ledger.item("term", OLD.key)


def test_editors_words_follow_and_come_back(ledger: SqlLedger, editor: Token, reporter: Token) -> None:
    first, second = (ledger.submit(story(reporter)).id for _ in range(2))
    ledger.set_editor_tags(first, (OLD,), (), editor)
    ledger.set_editor_tags(second, (), (NEW,), editor)
    publish(ledger)
    tags = [SaidTag(item_id=first, tag=NEW, added=True), SaidTag(item_id=second, tag=NEW, added=True)]
    move_id = moved(ledger, editor, tags)
    assert set(said(ledger, first).added) == {OLD, NEW} and said(ledger, second) == EditorTags(added=(NEW,))
    assert ledger.said_of_tag(NEW) == {first: True, second: True}
    assert {one.item_id for one in publish(ledger) if one.kind == "story"} == {first, second}
    ledger.undo_move(move_id, [], editor)
    assert (said(ledger, first), said(ledger, second)) == (EditorTags(added=(OLD,)), EditorTags(removed=(NEW,)))
    assert ledger.term_move(move_id).undone_at is not None
    assert ledger.term_moves(OLD.key) == []
    with pytest.raises(Conflict, match="undone already"):
        ledger.undo_move(move_id, [], editor)


def test_what_somebody_said_since_stays(ledger: SqlLedger, editor: Token, reporter: Token) -> None:
    item = ledger.submit(story(reporter)).id
    move_id = moved(ledger, editor, [SaidTag(item_id=item, tag=NEW, added=True)])
    ledger.set_editor_tags(item, (), (NEW,), editor)
    ledger.undo_move(move_id, [], editor)
    assert said(ledger, item) == EditorTags(removed=(NEW,))


def test_after_a_day_it_stays_done(ledger: SqlLedger, editor: Token) -> None:
    move_id = moved(ledger, editor)
    with writing(ledger._engine) as connection:
        connection.execute(update(term_moves).values(at=now(connection) - timedelta(days=1, seconds=1)))
    with pytest.raises(Conflict, match="a day"):
        ledger.undo_move(move_id, [], editor)
    assert ledger.term_moves(OLD.key) == []
