"""Placements on record: each a revision of one item, and none of them a change for who follows the stories."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from contract.ledger.conftest import publish, story
from dateline.adapters.ledger import SqlLedger
from dateline.domain.front import BreakingLine, FrontRecord, PlacedColumn, PlacedStory, Placement
from dateline.domain.payload import from_payload, to_payload
from dateline.errors import RevisionRequired, StaleRevision
from dateline.ports.ledger.submissions import Submission
from dateline.ports.ledger.tokens import Token


def placed(by: Token, lead: str) -> Submission:
    """The front page with a lead."""
    payload = to_payload(Placement(lead=lead))
    return Submission(kind="front", item_id="front:home", payload=payload, by=by, label="Front page")


def test_the_newest_placements_come_first(ledger: SqlLedger, editor: Token) -> None:
    assert ledger.newest_revisions("front", "front:home", limit=2) == ()
    ledger.submit(placed(editor, "a"))
    for revision, lead in ((1, "b"), (2, "c")):
        ledger.submit(replace(placed(editor, lead), action="correct", if_match=revision))
    found = ledger.newest_revisions("front", "front:home", limit=2)
    assert [(one.revision, from_payload(Placement, one.payload or {}).lead, one.by) for one in found] == [
        (3, "c", editor.name), (2, "b", editor.name),
    ]  # fmt: skip
    assert ledger.newest_revisions("story", "front:home", limit=2) == ()
    with pytest.raises(StaleRevision):
        ledger.submit(replace(placed(editor, "d"), action="correct", if_match=2))
    with pytest.raises(RevisionRequired):
        ledger.submit(placed(editor, "d"))


def test_a_placement_is_claimed_and_no_change_that_is_followed(ledger: SqlLedger, editor: Token) -> None:
    before = ledger.last_change()
    ledger.submit(placed(editor, "a"))
    [claimed] = publish(ledger)
    assert (claimed.kind, claimed.item_id) == ("front", "front:home")
    assert ledger.last_change() == before
    assert [one.item_id for one in ledger.published(kind="front", after="", limit=9)] == ["front:home"]


def test_an_erased_storys_words_go_from_fronts(ledger: SqlLedger, editor: Token) -> None:
    gone, stays = (ledger.submit(story(editor, headline)).id for headline in ("Secret «a»", "Bridge"))
    at = datetime(2026, 12, 5, 18, tzinfo=UTC)
    secret, bridge = (
        PlacedStory(id=gone, revision=1, headline="Secret «a»", summary="S"),
        PlacedStory(id=stays, revision=1, headline="Bridge"),
    )
    line = BreakingLine(text="Secret line «b»", until=at, story=gone)
    seen = FrontRecord(page="home", at=at, lead=secret, second=(bridge, secret), latest=(bridge,), breaking=line.text,
                       columns=(PlacedColumn(section="news", label="News", stories=(secret, bridge)),))  # fmt: skip
    other = replace(seen, lead=bridge, second=(), latest=(), columns=(), breaking="Another line")
    fronts = {"front:home": Placement(lead=gone, breaking=line), "front:home:1": seen, "front:home:2": other}
    for id, front in fronts.items():
        ledger.submit(Submission(kind="front", item_id=id, payload=to_payload(front), by=editor))
    publish(ledger)
    ledger.erase(gone, "asked for", editor)
    kept = {id: ledger.newest_revisions("front", id, limit=1)[0].payload or {} for id in fronts}
    assert "Secret" not in repr(kept)
    assert from_payload(Placement, kept["front:home"]) == Placement(lead=gone)
    blank = replace(secret, headline="", summary="")
    column = PlacedColumn(section="news", label="News", stories=(blank, bridge))
    assert from_payload(FrontRecord, kept["front:home:1"]) == replace(
        seen, lead=blank, second=(bridge, blank), columns=(column,), breaking=""
    )
    assert from_payload(FrontRecord, kept["front:home:2"]) == other
    again = {one.item_id for one in ledger.claim(worker="w", lease=timedelta(seconds=30))}
    assert again == {gone, "front:home", "front:home:1"}
