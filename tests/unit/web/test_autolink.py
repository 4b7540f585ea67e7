"""First mentions as links: right to the character, whatever the markup between, and never within a link."""

from __future__ import annotations

import re
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from dateline.domain.document import StoryDocument
from dateline.domain.html import clean_html, html_of_text, text_of
from dateline.domain.tag import Tag
from dateline_web.stories.autolink import linked_body, paragraphs
from unit.web.documents import story, tag

MINSK_LINK = '<a class="mention" href="/places/minsk">Minsk</a>'


def told(html: str, *labels: str, **fields: object) -> StoryDocument:
    text = text_of(html)
    tags = tuple(tag("place", label, text=text) for label in labels)
    return story(body_html=html, tags=tags, **fields)


def test_links_the_first_mention_only() -> None:
    body = linked_body(told("<p>In Minsk it rains.</p><p>Minsk is wet.</p>", "Minsk"))
    assert body == f"<p>In {MINSK_LINK} it rains.</p><p>Minsk is wet.</p>"


def test_leaves_links_and_headings_alone_and_takes_the_next_mention() -> None:
    html = '<h2>Minsk</h2><p>See <a href="https://x.example/?a=1&amp;b=2" rel="noopener">Minsk</a>, then Minsk.</p>'
    body = linked_body(told(html, "Minsk"))
    assert body == html.replace("then Minsk", f"then {MINSK_LINK}")


def test_leaves_a_mention_that_markup_crosses_alone() -> None:
    html = "<p>Kursk <b>Oblast</b> and Kursk Oblast.</p>"
    body = linked_body(told(html, "Kursk Oblast"))
    assert body == html.replace(
        "and Kursk Oblast", 'and <a class="mention" href="/places/kursk-oblast">Kursk Oblast</a>'
    )


def test_counts_entities_white_space_and_characters_of_every_width() -> None:
    html = "<p>A &amp; B,&nbsp;\n  «😀 İ a\u0301» &lt;in&gt;   AT&amp;T of\n Nizhny\n  Novgorod.</p>"
    body = linked_body(told(html, "AT&T", "Nizhny Novgorod"))
    assert '<a class="mention" href="/places/at-t">AT&amp;T</a> of\n ' in body
    assert '<a class="mention" href="/places/nizhny-novgorod">Nizhny\n  Novgorod</a>.' in body


def test_the_stronger_tag_gets_the_words() -> None:
    plain = told("<p>Minsk.</p>", "Minsk")
    weak = plain.tags[0]._replace(slug="minsk-district", score=0.2)
    assert linked_body(replace(plain, tags=(weak, plain.tags[0]))) == f"<p>{MINSK_LINK}.</p>"


def test_a_place_is_not_linked_by_the_name_of_one_within_it() -> None:
    plain = told("<p>Kursk trades with Minsk.</p>", "Minsk")
    country = tag("place", "Belarus", score=1.0, evidence=(plain.tags[0].evidence[0]._replace(rule="in:minsk"),))
    assert linked_body(replace(plain, tags=(country, plain.tags[0]))) == f"<p>Kursk trades with {MINSK_LINK}.</p>"


def test_links_no_topic_and_no_proposed_tag() -> None:
    html = "<p>Trade with Acme.</p>"
    text = text_of(html)
    tags = (tag("topic", "Trade", text=text), tag("organisation", "Acme", text=text, status="proposed"))
    assert linked_body(story(body_html=html, tags=tags)) == html


def test_links_nothing_where_text_and_html_differ() -> None:
    moved = replace(told("<p>In Minsk.</p>", "Minsk"), body_text="Today in Minsk.")
    assert linked_body(moved) == "<p>In Minsk.</p>"


def test_ignores_evidence_that_is_not_what_stands_there() -> None:
    right = told("<p>In Minsk.</p>", "Minsk")
    wrong = right.tags[0]._replace(evidence=(right.tags[0].evidence[0]._replace(start=1),))
    assert linked_body(replace(right, tags=(wrong,))) == "<p>In Minsk.</p>"


WORDS = st.sampled_from(["Minsk", "Brest", "of", "AT&T", "a<b", "😀", "İ", "e\u0301", "\u00ad", "«»", "x\u00a0y"])
WRAPS = st.sampled_from(
    ["{}", "<p>{}</p>", "<b>{}</b>", '<a href="https://x.example/">{}</a>', "<h3>{}</h3>", "{}<br>"]
)


@given(st.lists(st.tuples(WRAPS, st.lists(WORDS, min_size=1, max_size=8)), min_size=1, max_size=8))
def test_adds_links_and_changes_nothing_else(parts: list[tuple[str, list[str]]]) -> None:
    raw = "".join(wrap.format(html_of_text(" ".join(words))[3:-4] or "-") for wrap, words in parts)
    html = clean_html(raw)
    text = text_of(html)
    tags: tuple[Tag, ...] = tuple(tag("place", name, text=text) for name in ("Minsk", "Brest", "AT&T"))
    body = str(linked_body(story(body_html=html, body_text=text, tags=tags)))
    assert re.sub(r'<a class="mention" href="[^"]*">(.*?)</a>', r"\1", body) == html
    assert len(re.findall('class="mention"', body)) <= 3
    assert not re.search(r"<a [^>]*>[^<]*<a ", body)


def test_plain_text_becomes_paragraphs_and_is_escaped() -> None:
    assert paragraphs("one & two\n\n<script>three") == "<p>one &amp; two</p><p>&lt;script&gt;three</p>"
