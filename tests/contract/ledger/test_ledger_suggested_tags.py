"""Suggested tags: what is looked through, what waits for an editor, and what was decided."""

from __future__ import annotations

from contract.ledger.conftest import publish, story
from dateline.adapters.ledger import SqlLedger
from dateline.domain.tag import TagRef
from dateline.ports.ledger.submissions import Submission
from dateline.ports.ledger.suggested_tags import StorySuggestions, SuggestedTag
from dateline.ports.ledger.tokens import Token

BREST = TagRef(type="place", slug="brest")


def tag(slug: str = "brest") -> SuggestedTag:
    return SuggestedTag(type="place", slug=slug, before="In ", words="Brest", after=" it snowed.", reason="far")


def record(ledger: SqlLedger, *ids: str, slugs: tuple[str, ...] = ("brest",), most: int = 100) -> None:
    due = ledger.stories_to_suggest(limit=100)
    found = [StorySuggestions(item_id=one, tags=[tag(slug) for slug in slugs]) for one in ids]
    ledger.record_suggestions(found, seen=due.seen, most=most)


def counts(ledger: SqlLedger) -> dict[str, int]:
    return {one.slug: one.count for one in ledger.suggested_terms(limit=10)}


def published(ledger: SqlLedger, by: Token, number: int) -> list[str]:
    ids = [ledger.submit(story(by)).id for _ in range(number)]
    publish(ledger)
    return ids


def test_what_became_public_is_looked_through_once(ledger: SqlLedger, editor: Token) -> None:
    assert ledger.stories_to_suggest(limit=2).is_empty
    waiting = ledger.submit(story(editor)).id
    assert ledger.stories_to_suggest(limit=2).is_empty
    publish(ledger)
    ledger.set_editor_tags(waiting, [BREST], [TagRef(type="topic", slug="snow")], editor)
    publish(ledger)
    [one] = ledger.stories_to_suggest(limit=2).stories
    assert (one.item_id, one.payload and one.payload["headline"]) == (waiting, "Bridge opens")
    assert (one.editor_tags.added, one.editor_tags.removed) == ((BREST,), (TagRef(type="topic", slug="snow"),))
    record(ledger, waiting)
    assert ledger.stories_to_suggest(limit=2).is_empty
    ledger.submit(Submission(kind="story", action="withdraw", item_id=waiting, payload={}, by=editor, if_match=1))
    publish(ledger)
    [gone] = ledger.stories_to_suggest(limit=2).stories
    assert gone.payload is None
    record(ledger, waiting)
    assert counts(ledger) == {}


def test_a_column_is_decided_on(ledger: SqlLedger, editor: Token) -> None:
    ids = published(ledger, editor, 4)
    record(ledger, *ids, slugs=("brest", "minsk"))
    assert counts(ledger) == {"brest": 4, "minsk": 4}
    assert [one.count for one in ledger.suggested_terms(type="place", limit=1, start=1)] == [4]
    assert not ledger.suggested_terms(type="topic", limit=1)
    shown = ledger.suggested_stories(["place:brest", "place:no"], each=2)
    assert [(one.item_id, one.label, one.tag) for one in shown] == [(one, "Bridge opens", tag()) for one in ids[:1:-1]]
    assert ledger.decide_suggestions("place", "brest", [*ids[:2], "no"], "accepted", editor) == sorted(ids[:2])
    assert ledger.decide_suggestions("place", "brest", [*ids[:3]], "refused", editor) == [ids[2]]
    assert counts(ledger) == {"minsk": 4, "brest": 1}
    assert {one.item_id: one.editor_tags.added for one in publish(ledger)} == dict.fromkeys(ids[:2], (BREST,))
    record(ledger, *ids, slugs=("brest",))
    assert counts(ledger) == {"brest": 1}


def test_what_is_no_more_goes_and_the_oldest_beyond_the_bound(ledger: SqlLedger, editor: Token) -> None:
    ids = published(ledger, editor, 3)
    record(ledger, *ids, slugs=("brest", "minsk"))
    record(ledger, ids[2], slugs=("minsk",))
    assert counts(ledger) == {"minsk": 3, "brest": 2}
    record(ledger, most=3)
    assert counts(ledger) == {"minsk": 2, "brest": 1}
    assert [one.item_id for one in ledger.suggested_stories(["place:minsk"], each=9)] == [ids[2], ids[1]]


def test_erasing_a_story_takes_its_suggestions(ledger: SqlLedger, editor: Token) -> None:
    ids = published(ledger, editor, 2)
    record(ledger, *ids)
    ledger.decide_suggestions("place", "brest", ids[:1], "refused", editor)
    for one in ids:
        ledger.erase(one, "asked for", editor)
    record(ledger, *ids)
    assert counts(ledger) == {}
    assert not [line for line in ledger.export() if line.get("table") == "suggested_tags"]
