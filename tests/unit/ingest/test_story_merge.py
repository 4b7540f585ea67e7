"""Two corrections of one story made into one."""

from __future__ import annotations

from dateline_ingest.desk.correcting.blocks import bodies_of
from dateline_ingest.desk.correcting.differences import Change, WordComparison, story_differences
from dateline_ingest.desk.correcting.story_merge import Answer, merge_stories

BASE = {"headline": "Bridge opens", "summary": "", "people": "", "body_html": "",
        "body_text": "One.\n\nTwo.\n\nThree.\n\nFour."}  # fmt: skip


def test_fields_and_paragraphs_that_one_side_changed_are_taken() -> None:
    mine = BASE | {"headline": "Bridge is open", "body_text": "One!\r\n\r\nTwo.\r\n\r\nThree.\r\n\r\nFour."}
    theirs = BASE | {"summary": "At last.", "body_text": "One.\n\nTwo.\n\nThree.\n\nFour?\n\nFive."}
    merge = merge_stories(BASE, mine | {"note": "Mine", "key": "k"}, theirs | {"note": ""})
    assert merge.disputes == ()
    assert merge.taken == ("summary",)
    assert merge.decided([]) == {
        "headline": "Bridge is open", "summary": "At last.", "people": "", "body_html": "", "note": "Mine", "key": "k",
        "body_text": "One!\n\nTwo.\n\nThree.\n\nFour?\n\nFive.",
    }  # fmt: skip


def test_what_both_changed_is_asked_for() -> None:
    mine = BASE | {"headline": "Mine", "people": "ann-lee", "body_text": "One.\n\nMy two.\n\nThree.\n\nFour."}
    theirs = BASE | {"headline": "Theirs", "people": "ann-lee", "body_text": "One.\n\nTheir two.\n\nThree.\n\nFour."}
    merge = merge_stories(BASE, mine, theirs)
    assert [(one.field, one.mine, one.theirs, one.paragraph) for one in merge.disputes] == [
        ("headline", "Mine", "Theirs", 0), ("body_text", "My two.", "Their two.", 2),
    ]  # fmt: skip
    chosen = merge.decided([Answer(choice="theirs"), Answer(choice="mine")])
    assert (chosen["headline"], chosen["body_text"]) == ("Theirs", mine["body_text"])
    edited = merge.decided([Answer(choice="mine"), Answer(choice="edit", words="Both twos.")])
    assert (edited["headline"], edited["body_text"]) == ("Mine", "One.\n\nBoth twos.\n\nThree.\n\nFour.")


def test_html_is_merged_by_its_blocks() -> None:
    base = BASE | {"body_html": "<h2>A</h2><p>One.</p><ul><li>x</li><li>y</li></ul>", "body_text": ""}
    mine = base | {"body_html": "<h2>A</h2>\n<p>One, <b>mine</b>.</p>\n<ul><li>x</li><li>y</li></ul>"}
    theirs = base | {"body_html": "<h2>A</h2><p>One.</p><ul><li>x</li><li>z</li></ul><p>Three.</p>"}
    merge = merge_stories(base, mine, theirs)
    assert merge.disputes == ()
    merged = "<h2>A</h2><p>One, <b>mine</b>.</p><ul><li>x</li><li>z</li></ul><p>Three.</p>"
    assert merge.decided([])["body_html"] == merged
    theirs = base | {"body_html": "<h2>A</h2><p>One, theirs.</p><ul><li>x</li><li>y</li></ul>"}
    [dispute] = merge_stories(base, mine, theirs).disputes
    assert (dispute.base, dispute.mine, dispute.theirs) == ("One.", "One, mine.", "One, theirs.")
    edited = merge_stories(base, mine, theirs).decided([Answer(choice="edit", words="One *new* <i>.")])
    assert "<p>One <em>new</em> &lt;i&gt;.</p>" in edited["body_html"]


def test_a_text_that_became_html_is_merged_with_one_that_did_not() -> None:
    mine = BASE | {"body_html": "<p>One.</p><p>Two.</p><p><b>Three</b>.</p><p>Four.</p>", "body_text": ""}
    theirs = BASE | {"body_text": "One, theirs.\n\nTwo.\n\nThree.\n\nFour."}
    merge = merge_stories(BASE, mine, theirs)
    assert merge.disputes == ()
    decided = merge.decided([])
    assert decided["body_html"] == "<p>One, theirs.</p><p>Two.</p><p><b>Three</b>.</p><p>Four.</p>"
    assert decided["body_text"] == ""


def test_words_outside_of_blocks_are_a_block() -> None:
    [body] = bodies_of(("before <em>it</em><p>one</p> between <blockquote><p>q</p></blockquote><hr>after", ""))
    sources = [block.source for block in body.blocks]
    assert sources == [
        "<p>before <em>it</em></p>", "<p>one</p>", "<p>between</p>", "<blockquote><p>q</p></blockquote>", "<hr>",
        "<p>after</p>",
    ]  # fmt: skip


def test_a_plain_text_that_looks_like_html_stays_what_it_is() -> None:
    [body] = bodies_of(("", "<3 the bridge\nis open"))
    assert [block.text for block in body.blocks] == ["<3 the bridge", "is open"]


def test_the_words_that_change() -> None:
    changed_words = WordComparison().changed_words
    assert changed_words("It was March.", "It was in April.") == (
        Change("same", "It was "), Change("gone", "March"), Change("new", "in April"), Change("same", "."),
    )  # fmt: skip
    assert changed_words("", "New") == (Change("new", "New"),)


def test_what_a_correction_changes() -> None:
    after = BASE | {"headline": "Bridge opened", "body_text": "One.\n\nTwo and a half.\n\nThree.\n\nFour.", "note": "x"}
    headline, body = story_differences(BASE, after)
    assert (headline.field, body.field) == ("headline", "body_text")
    assert [change for passage in body.passages for change in passage] == [
        Change("same", "Two"), Change("new", " and a half"), Change("same", "."),
    ]  # fmt: skip
    assert story_differences(BASE, BASE | {"body_text": BASE["body_text"].replace("\n", "\r\n")}) == []
    formatted = BASE | {"body_html": "<p>One.</p><p>Two.</p><p>Three.</p><p><b>Four.</b></p>", "body_text": ""}
    [formatting] = story_differences(BASE, formatted)
    assert (formatting.field, formatting.passages) == ("body_text", ())


def test_of_very_many_disputes_the_text_is_asked_for_as_a_whole() -> None:
    base, mine, theirs = (BASE | {"body_text": f"{side}.\n\nx\n\n" * 60} for side in ("Base", "Mine", "Theirs"))
    [dispute] = merge_stories(base, mine, theirs).disputes
    assert dispute.mine.count("Mine.") == 60


def test_a_space_at_the_edge_of_a_paragraph_is_no_difference() -> None:
    before = BASE | {"body_html": "<p>One. </p>\n<ul> <li>Two <b>boats</b> </li></ul>", "body_text": ""}
    after = BASE | {"body_html": "<p>One.</p><ul><li>Two <b>boats</b></li></ul>", "body_text": ""}
    assert story_differences(before, after) == []
    joined = after | {"body_html": "<p>One.</p><ul><li>Two<b>boats</b></li></ul>"}
    assert [one.field for one in story_differences(before, joined)] == ["body_text"]
