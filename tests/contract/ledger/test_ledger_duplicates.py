"""Similar stories on record: what is compared, which pairs are found, and what an editor's word does."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from dateline.adapters.ledger import SqlLedger, open_sql_ledger
from dateline.errors import Conflict, NotFound
from dateline.ports.ledger.claims import Claimed, Indexed
from dateline.ports.ledger.duplicates import MOST_ALIKE, Duplicate
from dateline.ports.ledger.submissions import Submission
from dateline.ports.ledger.tokens import Token
from dateline_indexer.similarity import Similarity

TEXT = (
    "The bridge over the Svisloch opened to traffic on Monday after two years of repair. Engineers replaced every "
    "beam, widened the pavement on both sides and laid a separate path for bicycles. The city says that forty thousand "
    "cars cross it every day, and that it will stand for another hundred years."
)
OTHER = (
    "Farmers in the Polesye lowlands finished the harvest of potatoes a fortnight earlier than usual. Dry weather in "
    "September helped, and buyers from three countries have already signed contracts for most of what was dug up, "
    "according to the agricultural ministry."
)


def told(by: Token, text: str = TEXT, headline: str = "Bridge opens", **more: Any) -> Submission:
    payload = {"schema": 1, "headline": headline, "body_text": text, "published_at": "2026-11-30T10:00:00+03:00"}
    return Submission(kind="story", payload=payload, by=by, **({"label": headline} | more))


def publish(ledger: SqlLedger) -> list[Claimed]:
    claimed = ledger.claim(worker="w", lease=timedelta(seconds=30))
    ledger.mark([Indexed(claimed=one) for one in claimed])
    return list(claimed)


def compare(ledger: SqlLedger) -> None:
    publish(ledger)
    Similarity(ledger).work(60)


def pair(ledger: SqlLedger, item_id: str) -> Duplicate:
    [found] = ledger.duplicates_of(item_id)
    return found


def test_a_repeat_is_found_with_its_evidence(ledger: SqlLedger, reporter: Token) -> None:
    first = ledger.submit(told(reporter))
    ledger.submit(told(reporter, OTHER, "Potatoes"))
    compare(ledger)
    second = ledger.submit(told(reporter, TEXT.replace("Monday", "Tuesday")))
    compare(ledger)
    found = pair(ledger, first.id)
    assert (found.item_id, found.other_id, found.status) == (second.id, first.id, "open")
    assert 0.85 < found.likeness < 1
    assert found.likeness == pytest.approx(found.shared / found.compared, abs=0.001)
    assert [one.item_id for one in ledger.duplicates().items] == [second.id]


def test_repeats_that_come_together_are_found(ledger: SqlLedger, reporter: Token) -> None:
    one, two = ledger.submit(told(reporter)), ledger.submit(told(reporter))
    compare(ledger)
    assert pair(ledger, one.id) == pair(ledger, two.id)
    assert pair(ledger, one.id).likeness == 1


def test_a_held_story_is_compared_before_it_is_public(ledger: SqlLedger, reporter: Token) -> None:
    first = ledger.submit(told(reporter))
    held = ledger.submit(told(reporter, embargo_until=first.received_at + timedelta(days=1)))
    compare(ledger)
    assert pair(ledger, held.id).other_id == first.id
    assert ledger.texts_to_compare(limit=10).is_empty


def test_a_correction_is_no_repeat_of_itself_and_is_compared_again(ledger: SqlLedger, reporter: Token) -> None:
    first, second = ledger.submit(told(reporter)), ledger.submit(told(reporter))
    compare(ledger)
    ledger.submit(told(reporter, OTHER, item_id=second.id, action="correct", if_match=1))
    compare(ledger)
    assert ledger.duplicates_of(first.id) == ledger.duplicates_of(second.id) == []


def test_a_withdrawn_story_falls_out(ledger: SqlLedger, reporter: Token) -> None:
    first, second = ledger.submit(told(reporter)), ledger.submit(told(reporter))
    compare(ledger)
    withdrawn = Submission(kind="story", item_id=second.id, action="withdraw", payload={}, by=reporter, if_match=1)
    ledger.submit(withdrawn)
    assert not ledger.duplicates_of(first.id)
    compare(ledger)
    third = ledger.submit(told(reporter))
    compare(ledger)
    assert [one.beside(third.id) for one in ledger.duplicates_of(third.id)] == [first.id]


def test_an_erased_story_leaves_nothing(ledger: SqlLedger, reporter: Token, editor: Token) -> None:
    first, second = ledger.submit(told(reporter)), ledger.submit(told(reporter))
    compare(ledger)
    ledger.fold(second.id, first.id, editor)
    ledger.erase(first.id, "a court", editor)
    assert not ledger.duplicates_of(second.id)
    assert not ledger.compared_texts([first.id])
    assert [one.folded_into for one in publish(ledger) if one.item_id == second.id] == [""]


def test_what_is_not_the_same_is_not_asked_again(ledger: SqlLedger, reporter: Token, editor: Token) -> None:
    first, second = ledger.submit(told(reporter)), ledger.submit(told(reporter))
    compare(ledger)
    assert ledger.decide_duplicate(first.id, second.id, "different", editor).decided_by == "desk"
    ledger.submit(told(reporter, f"{TEXT} More follows.", item_id=second.id, action="correct", if_match=1))
    compare(ledger)
    assert not ledger.duplicates().items
    assert pair(ledger, first.id).status == "different"
    assert ledger.decide_duplicate(second.id, first.id, "open", editor).status == "open"


def test_a_fold_makes_both_due_and_their_claims_say_it(ledger: SqlLedger, reporter: Token, editor: Token) -> None:
    first, second = ledger.submit(told(reporter)), ledger.submit(told(reporter))
    compare(ledger)
    assert ledger.fold(second.id, first.id, editor).leader_id == first.id
    claimed = {one.item_id: one for one in publish(ledger)}
    assert (claimed[second.id].folded_into, claimed[first.id].also_from) == (first.id, (second.id,))
    ledger.decide_duplicate(first.id, second.id, "open", editor)
    claimed = {one.item_id: one for one in publish(ledger)}
    assert (claimed[second.id].folded_into, claimed[first.id].also_from) == ("", ())


def test_when_the_leader_is_withdrawn_the_oldest_of_the_others_leads(
    ledger: SqlLedger, reporter: Token, editor: Token
) -> None:
    first, second, third = (ledger.submit(told(reporter)) for _ in range(3))
    compare(ledger)
    for one in (second, third):
        ledger.fold(one.id, first.id, editor)
    publish(ledger)
    ledger.submit(Submission(kind="story", item_id=first.id, action="withdraw", payload={}, by=reporter, if_match=1))
    claimed = {one.item_id: one for one in publish(ledger)}
    assert (claimed[second.id].folded_into, claimed[second.id].also_from) == ("", (third.id,))
    assert claimed[third.id].folded_into == second.id


def test_those_behind_a_story_follow_it(ledger: SqlLedger, reporter: Token, editor: Token) -> None:
    first, second, third = (ledger.submit(told(reporter)) for _ in range(3))
    compare(ledger)
    ledger.fold(third.id, second.id, editor)
    ledger.fold(second.id, first.id, editor)
    assert {one.item_id: one.folded_into for one in publish(ledger)} == {
        first.id: "", second.id: first.id, third.id: first.id,
    }  # fmt: skip
    with pytest.raises(Conflict):
        ledger.fold(first.id, second.id, editor)


def test_every_fold_can_be_taken_back(ledger: SqlLedger, reporter: Token, editor: Token) -> None:
    """Also one that came to its leader by itself."""
    first, second, third = (ledger.submit(told(reporter)) for _ in range(3))
    compare(ledger)
    ledger.fold(third.id, second.id, editor)
    ledger.fold(second.id, first.id, editor)
    publish(ledger)
    assert ledger.decide_duplicate(third.id, first.id, "open", editor).leader_id == ""
    assert {one.item_id: one.folded_into for one in publish(ledger)} == {first.id: "", third.id: ""}


def test_what_is_no_pair_with_a_new_leader_stands_for_itself(ledger: SqlLedger, reporter: Token, editor: Token) -> None:
    half = f"{TEXT} {OTHER}"
    first, second, third = (ledger.submit(told(reporter, text)) for text in (TEXT, half, OTHER))
    compare(ledger)
    assert {(one.item_id, one.other_id) for one in ledger.duplicates().items} == {
        (second.id, first.id), (third.id, second.id),
    }  # fmt: skip
    ledger.fold(third.id, second.id, editor)
    ledger.fold(second.id, first.id, editor)
    claimed = {one.item_id: one.folded_into for one in publish(ledger)}
    assert claimed == {first.id: "", second.id: first.id, third.id: ""}
    assert pair(ledger, third.id).status == "open"


def test_nothing_stands_behind_what_readers_do_not_see(ledger: SqlLedger, reporter: Token, editor: Token) -> None:
    first = ledger.submit(told(reporter))
    held = ledger.submit(told(reporter, embargo_until=first.received_at + timedelta(days=1)))
    compare(ledger)
    with pytest.raises(Conflict):
        ledger.fold(first.id, held.id, editor)
    with pytest.raises(NotFound):
        ledger.fold(first.id, "none", editor)


def test_a_reporter_knows_of_public_and_own_stories(ledger: SqlLedger, reporter: Token, editor: Token) -> None:
    first = ledger.submit(told(editor))
    held = ledger.submit(told(editor, embargo_until=first.received_at + timedelta(days=1)))
    own = ledger.submit(told(reporter, embargo_until=first.received_at + timedelta(days=1)))
    publish(ledger)
    everything = {first.id, held.id, own.id}
    assert ledger.visible_stories(everything, reporter) == {first.id, own.id}
    assert ledger.visible_stories(everything, editor) == everything


def test_pages_of_pairs(ledger: SqlLedger, reporter: Token) -> None:
    for _ in range(4):
        ledger.submit(told(reporter))
    compare(ledger)
    page = ledger.duplicates(limit=4)
    following = ledger.duplicates(limit=4, cursor=page.next)
    pairs = [(one.item_id, one.other_id) for one in (*page.items, *following.items)]
    assert pairs == sorted(pairs, reverse=True)
    assert (len(pairs), following.next) == (6, None)


def test_copies_of_one_text_leave_few_pairs_each(ledger: SqlLedger, reporter: Token) -> None:
    for _ in range(12):
        ledger.submit(told(reporter))
    compare(ledger)
    counted = [one.item_id for one in ledger.duplicates(limit=100).items]
    assert max(map(counted.count, counted)) == MOST_ALIKE


def test_nothing_is_compared_while_stories_wait(ledger: SqlLedger, reporter: Token) -> None:
    ledger.submit(told(reporter))
    publish(ledger)
    ledger.submit(told(reporter))
    assert ledger.texts_to_compare(limit=10).is_empty
    publish(ledger)
    assert len(ledger.texts_to_compare(limit=10).texts) == 2


def test_an_export_has_the_decisions_and_a_restored_ledger_compares_anew(
    ledger: SqlLedger, reporter: Token, editor: Token, tmp_path: Path
) -> None:
    first, second = ledger.submit(told(reporter)), ledger.submit(told(reporter))
    compare(ledger)
    ledger.fold(second.id, first.id, editor)
    restored = open_sql_ledger(f"sqlite:///{tmp_path}/restored.sqlite")
    restored.migrate()
    restored.restore(iter(list(ledger.export())))
    claimed = {one.item_id: one for one in publish(restored)}
    assert claimed[second.id].folded_into == first.id
    compare(restored)
    assert pair(restored, first.id).status == "folded"
    assert restored.compared_texts([first.id])
    restored.close()
