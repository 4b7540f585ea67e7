"""What the desk's pages of stories ask for: lists by filters and words, notes, who has a story open."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from contract.ledger.conftest import claim, publish, story
from dateline.adapters.ledger import SqlLedger, open_sql_ledger
from dateline.errors import Conflict, NotFound
from dateline.ports.ledger.claims import Indexed, Quarantine
from dateline.ports.ledger.story_pages.notes import MOST_NOTES
from dateline.ports.ledger.story_pages.story_list import WITH_A_PROBLEM, StoryFilter
from dateline.ports.ledger.tokens import Token


def written(by: Token, headline: str, text: str = "", **more: Any) -> Any:
    """The submission of a story that has a text."""
    payload = {"schema": 2, "headline": headline, "body_html" if text.startswith("<") else "body_text": text}
    return replace(story(by, headline, **more), payload=payload)


def found(ledger: SqlLedger, **asked: Any) -> list[str]:
    """The headlines of the chosen stories."""
    return [line.label for line in ledger.stories(StoryFilter(**asked)).items]


@pytest.fixture
def stories(ledger: SqlLedger, editor: Token, reporter: Token) -> dict[str, str]:
    """Three stories by their headlines, the first one oldest."""
    texts = {
        "Bridge opens": "<p>The <strong>riv</strong>er is wide.</p><p>Crowds came.</p>",
        "Мост через реку": "Губернатор приехал в Брест.",
        "Café burns": "Nobody was hurt in the crowd.",
    }
    owners = {"Bridge opens": reporter, "Мост через реку": editor, "Café burns": reporter}
    return {name: ledger.submit(written(owners[name], name, text, section="world" if name < "C" else "city")).id
            for name, text in texts.items()}  # fmt: skip


@pytest.mark.parametrize(
    ("words", "headlines"),
    [
        ("bridge", ["Bridge opens"]),
        ("BRIDGE river", ["Bridge opens"]),
        ("crowd", ["Café burns", "Bridge opens"]),
        ("губерн", ["Мост через реку"]),
        ("БРЕСТ мост", ["Мост через реку"]),
        ("bridge nowhere", []),
        ("strong", []),
        ("river-wide", ["Bridge opens"]),
        ("\" OR headline:* ' | ! (", []),
        ("?!", []),
        ("   ", ["Café burns", "Мост через реку", "Bridge opens"]),
    ],
)
def test_words_are_found_in_headline_and_text(
    ledger: SqlLedger, stories: dict[str, str], words: str, headlines: list[str]
) -> None:
    assert found(ledger, words=words) == headlines


def test_headlines_alone_are_asked_for(ledger: SqlLedger, stories: dict[str, str]) -> None:
    assert found(ledger, words="crow", headlines_only=True) == []
    assert found(ledger, words="open brid", headlines_only=True) == ["Bridge opens"]


def test_the_newest_text_counts_and_of_a_withdrawn_story_the_last(
    ledger: SqlLedger, stories: dict[str, str], editor: Token
) -> None:
    bridge = stories["Bridge opens"]
    again = {"item_id": bridge, "if_match": 1, "action": "correct"}
    ledger.submit(written(editor, "Tunnel opens", "Under the hill.", **again))
    assert found(ledger, words="river") == []
    assert found(ledger, words="hill") == ["Tunnel opens"]
    tombstone = story(editor, "Tunnel opens", item_id=bridge, if_match=2, action="withdraw")
    ledger.submit(replace(tombstone, payload={}))
    assert found(ledger, words="hill") == ["Tunnel opens"]
    ledger.erase(bridge, "court order", editor)
    assert found(ledger, words="hill") == found(ledger, words="river") == []


def test_filters_go_together(ledger: SqlLedger, stories: dict[str, str], reporter: Token, editor: Token) -> None:
    assert found(ledger, owner=reporter) == ["Café burns", "Bridge opens"]
    assert found(ledger, reporter=editor.name) == ["Мост через реку"]
    assert found(ledger, sections=("world",)) == ["Bridge opens"]
    assert found(ledger, sections=("city", "none"), words="hurt") == ["Café burns"]
    assert found(ledger, label="МОСТ ЧЕРЕЗ") == ["Мост через реку"]
    assert ledger.story_owners() == tuple(sorted([reporter.name, editor.name]))


def test_a_day_is_that_of_the_newest_revision(ledger: SqlLedger, stories: dict[str, str]) -> None:
    at = ledger.item("story", stories["Мост через реку"]).newest.received_at
    assert found(ledger, start=at, end=at + timedelta(microseconds=1)) == ["Мост через реку"]
    assert found(ledger, end=at) == ["Bridge opens"]


def test_what_has_a_problem_is_chosen_by_its_newest_state(
    ledger: SqlLedger, stories: dict[str, str], editor: Token
) -> None:
    claimed = claim(ledger)
    bad = stories["Bridge opens"], stories["Café burns"]
    ledger.mark([
        Quarantine(claimed=one, stage="index", reason="400") if one.item_id in bad else Indexed(claimed=one)
        for one in claimed
    ])  # fmt: skip
    ledger.submit(written(editor, "Café mended", item_id=bad[1], if_match=1, action="correct"))
    assert found(ledger, states=WITH_A_PROBLEM) == ["Bridge opens"]
    assert found(ledger, states=("indexed", "accepted")) == ["Café mended", "Мост через реку"]


def test_every_story_comes_once_page_by_page(ledger: SqlLedger, editor: Token) -> None:
    for number in range(7):
        ledger.submit(written(editor, f"Bridge {number}"))
    labels, cursor, first = [], None, True
    while first or cursor:
        page, first = ledger.stories(StoryFilter(words="bridge"), limit=3, cursor=cursor), False
        labels += [line.label for line in page.items]
        cursor = page.next
    assert labels == [f"Bridge {number}" for number in range(6, -1, -1)]


def test_words_of_a_restored_record_are_found(
    ledger: SqlLedger, stories: dict[str, str], editor: Token, tmp_path: Path
) -> None:
    ledger.add_note(stories["Bridge opens"], "Ask the mayor.", editor)
    copy = open_sql_ledger(f"sqlite:///{tmp_path / 'copy.sqlite'}")
    copy.migrate()
    copy.restore(ledger.export())
    assert found(copy, words="river") == ["Bridge opens"]
    assert [note.text for note in copy.notes(stories["Bridge opens"])] == ["Ask the mayor."]
    copy.close()


def test_drafts_are_found_by_whom_may_see_them(ledger: SqlLedger, editor: Token, reporter: Token) -> None:
    ledger.create_draft(reporter, {}, label="Bridge of sighs")
    ledger.create_draft(reporter, {}, label="Bridge for all", shared_with=[editor.name])
    assert [one.label for one in ledger.find_drafts(reporter, "bri")] == ["Bridge for all", "Bridge of sighs"]
    assert [one.label for one in ledger.find_drafts(editor, "BRIDGE")] == ["Bridge for all"]
    assert [one.shared for one in ledger.find_drafts(editor, "all bridge")] == [True]
    assert ledger.find_drafts(reporter, "tunnel") == ledger.find_drafts(reporter, " ?") == ()


def test_notes_are_kept_in_threads(ledger: SqlLedger, stories: dict[str, str], editor: Token, reporter: Token) -> None:
    bridge = stories["Bridge opens"]
    first = ledger.add_note(bridge, "Who says so?", editor)
    answer = ledger.add_note(bridge, "The mayor.", reporter, answers=first.id)
    ledger.add_note(bridge, "Which one?", editor, answers=answer.id)
    assert [(note.by, note.text, note.answers) for note in ledger.notes(bridge)] == [
        (editor.name, "Who says so?", None), (reporter.name, "The mayor.", first.id),
        (editor.name, "Which one?", first.id),
    ]  # fmt: skip
    assert ledger.notes(stories["Café burns"]) == ()
    with pytest.raises(NotFound):
        ledger.add_note(stories["Café burns"], "?", editor, answers=first.id)
    with pytest.raises(NotFound):
        ledger.add_note("none", "?", editor)


def test_notes_go_with_the_text(ledger: SqlLedger, stories: dict[str, str], editor: Token) -> None:
    bridge = stories["Bridge opens"]
    ledger.add_note(bridge, "Ask Zanzibar.", editor)
    ledger.note_presence(bridge, editor)
    ledger.erase(bridge, "court order", editor)
    assert ledger.notes(bridge) == ()
    with pytest.raises(Conflict):
        ledger.add_note(bridge, "What was it?", editor)
    assert "Zanzibar" not in str(list(ledger.export()))


def test_there_is_an_end_to_notes(
    ledger: SqlLedger, stories: dict[str, str], editor: Token, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert MOST_NOTES > 2
    monkeypatch.setattr("dateline.adapters.ledger.story_pages.notes.MOST_NOTES", 2)
    for _ in range(2):
        ledger.add_note(stories["Bridge opens"], "Again.", editor)
    with pytest.raises(Conflict):
        ledger.add_note(stories["Bridge opens"], "Again.", editor)


def test_who_has_a_story_open(
    ledger: SqlLedger, stories: dict[str, str], editor: Token, reporter: Token, monkeypatch: pytest.MonkeyPatch
) -> None:
    bridge = stories["Bridge opens"]
    assert ledger.note_presence(bridge, editor) == ()
    assert ledger.note_presence(bridge, editor) == ()
    assert ledger.note_presence(bridge, reporter) == (editor.name,)
    assert ledger.present(bridge, editor) == (reporter.name,)
    assert ledger.present(stories["Café burns"], editor) == ()
    ledger.note_presence(bridge, reporter, here=False)
    assert ledger.present(bridge, editor) == ()
    monkeypatch.setattr("dateline.adapters.ledger.story_pages.presence.PRESENT_FOR", timedelta(seconds=-1))
    assert ledger.note_presence(bridge, reporter) == ()


def test_a_published_story_says_nothing_of_its_notes(ledger: SqlLedger, stories: dict[str, str], editor: Token) -> None:
    ledger.add_note(stories["Bridge opens"], "Zanzibar.", editor)
    assert "Zanzibar" not in str(publish(ledger))
    assert "Zanzibar" not in str(ledger.changes(after=0))
