"""The documents readers see."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from dateline.documents.builder import document_of
from dateline.documents.kept_enrichment import KeptEnrichment
from dateline.domain.document import Crumb, Document, EventDocument, StoryDocument, TermDocument
from dateline.domain.enrichment import Enrichment
from dateline.domain.event import Event, Location
from dateline.domain.payload import to_payload
from dateline.domain.picture import CENTRE, MadePicture, Picture, ReadyPicture
from dateline.domain.story import Image, Link
from dateline.domain.tag import Evidence, Tag, TagRef
from dateline.domain.term import Term
from dateline.ports.ledger.claims import Claimed
from dateline.ports.ledger.items import Revision
from unit.indexer.parts import MINSK, NOW, Bench, a_story, claim, revision


def made(bench: Bench, claimed: Claimed) -> Document:
    document = made_or_not(bench, claimed)
    assert document is not None
    return document


def made_or_not(bench: Bench, claimed: Claimed) -> Document | None:
    assert claimed.publish is not None
    return document_of(claimed, claimed.publish, bench.document_context())


def story_of(bench: Bench, claimed: Claimed) -> StoryDocument:
    document = made(bench, claimed)
    assert isinstance(document, StoryDocument)
    return document


def event_of(bench: Bench, claimed: Claimed) -> EventDocument:
    document = made(bench, claimed)
    assert isinstance(document, EventDocument)
    return document


@pytest.mark.parametrize(
    ("published", "day"),
    [
        (datetime(2026, 3, 1, 20, 59, tzinfo=UTC), date(2026, 3, 1)),
        (datetime(2026, 3, 1, 21, 0, tzinfo=UTC), date(2026, 3, 2)),
    ],
)
def test_a_storys_day_is_the_newsrooms(bench: Bench, published: datetime, day: date) -> None:
    assert story_of(bench, claim(story=a_story(published_at=published))).day == day


def test_html_is_cleaned_and_its_text_is_what_is_tagged(bench: Bench) -> None:
    document = story_of(bench, claim(story=a_story(body_html="<p>In <b>Brest</b></p><script>x</script><p>today</p>")))
    assert document.body_html == "<p>In <b>Brest</b></p><p>today</p>"
    assert document.body_text == "In Brest\n\ntoday"
    assert bench.vocabulary.fake_tagger.seen[-1].body_text == document.body_text
    assert [tag.key for tag in document.tags] == ["place:brest"]


def test_a_picture_is_in_the_document_only_while_it_may_be_shown(bench: Bench) -> None:
    free, held = "https://a.b/free.jpg", "https://a.b/held.jpg?a&b"
    kept = {"associations": [{"name": "p", "uri": "u", "renditions": [{"name": "r", "href": held}]}]}

    def shown(**times: str) -> tuple[list[str], bool]:
        given = a_story(
            body_html=f'<p>x</p><img alt="b" src="{free}"><img src="https://a.b/held.jpg?a&amp;b" alt="c">',
            images=(Image(url=free), Image(url=held)), ninjs={"associations": [{**kept["associations"][0], **times}]},
        )  # fmt: skip
        document = story_of(bench, claim(story=given))
        assert "associations" not in document.ninjs
        return [image.url for image in document.images], "held.jpg" in document.body_html

    assert shown(embargoedUntil="2026-11-24T09:00:01Z") == ([free], False)
    assert shown(embargoedUntil="2026-11-24T09:00:00Z") == ([free, held], True)
    assert shown(expires="2026-11-24T12:00:00+03:00") == ([free], False)
    assert shown(pubStatus="withheld") == ([free], False)


def with_held_caption(word: str, **members: Any) -> Any:
    """A story whose picture is under embargo, with a caption."""
    held = "https://a.b/held.jpg"
    kept = {"associations": [{"name": "p", "uri": "u", "renditions": [{"name": "r", "href": held}],
                              "embargoedUntil": "2190-01-01T00:00:00Z"}]}  # fmt: skip
    body = f'<p>x</p><figure><img src="{held}?w=300"><figcaption>{word}</figcaption></figure><p>Brest</p>'
    return a_story(body_html=body, ninjs=kept | members)


def test_what_goes_with_a_held_picture_is_on_no_way_out(bench: Bench) -> None:
    again = {"renditions": [{"name": "r", "href": "http://A.b/held.jpg"}, {"name": "o", "href": "https://a.b/o.jpg"}]}
    given = replace(with_held_caption("Secret", **again), links=(Link(url="https://a.b/held.jpg#x", title="l"),))
    document = story_of(bench, claim(story=given))
    assert (document.body_html, document.body_text) == ("<p>x</p><p>Brest</p>", "x\n\nBrest")
    assert document.links == ()
    assert document.ninjs == {"renditions": [{"name": "o", "href": "https://a.b/o.jpg"}]}
    assert "Secret" not in bench.vocabulary.fake_tagger.seen[-1].body_text


def test_the_caption_of_a_picture_that_is_gone_is_in_no_text(bench: Bench) -> None:
    figure = f'<figure><img data-image="{"0" * 26}" alt="a"><figcaption>Secret</figcaption></figure>'
    document = story_of(bench, claim(story=a_story(body_html=f"<p>x</p>{figure}<p>Brest</p>")))
    assert (document.body_html, document.body_text) == ("<p>x</p><p>Brest</p>", "x\n\nBrest")
    assert "Secret" not in bench.vocabulary.fake_tagger.seen[-1].body_text


def test_a_picture_says_where_a_story_may_be(bench: Bench) -> None:
    picture = Picture(sha256="a" * 64, media_type="image/jpeg", width=9, height=9, size=1, alt="x", place="Brest")
    made = MadePicture(focal=CENTRE, likeness=1, jpeg_size=1)
    one = ReadyPicture(id="0" * 26, picture=picture, made=made, public=True)
    story_of(bench, replace(claim(story=a_story(images=(Image(id=one.id),))), pictures={one.id: one}))
    assert bench.vocabulary.fake_tagger.seen[-1].pictured == "Brest"


def test_no_correction_tells_the_caption_of_a_held_picture(bench: Bench) -> None:
    before, after = with_held_caption("Secret one"), replace(with_held_caption("Secret two"), headline="Another")
    document = story_of(bench, corrected(revision(to_payload(before)), revision(to_payload(after), 2, "correct")))
    assert [correction.diff for correction in document.corrections] == [((before.headline, "Another"),)]


def test_places_in_a_text_that_varies_are_not_kept(bench: Bench) -> None:
    claimed = claim(story=with_held_caption("Secret"))
    assert claimed.publish is not None
    found = Evidence("body_text", 3, 8, "", "label")
    tag = Tag(type="place", slug="brest", label="Brest", score=1.0, source="machine", evidence=(found,))
    for now, story in ((NOW, claimed), (datetime(2191, 1, 1, tzinfo=UTC), claimed)):
        kept = KeptEnrichment(kept=Enrichment(tags=(tag,)), zone=MINSK, now=now)
        document = document_of(story, claimed.publish, kept)
        assert isinstance(document, StoryDocument)
        assert document.tags == (tag._replace(evidence=()),)
    plain = claim(story=a_story(body_html="<p>x</p><p>Brest</p>"))
    assert plain.publish is not None
    document = document_of(plain, plain.publish, KeptEnrichment(kept=Enrichment(tags=(tag,)), zone=MINSK, now=NOW))
    assert isinstance(document, StoryDocument)
    assert document.tags == (tag._replace(evidence=(found._replace(text="Brest"),)),)


def test_text_stays_as_it_was_sent(bench: Bench) -> None:
    sent = "MINSK, 5 December. One\r\n\r\nTwo <b> & three\U0001f69c"
    document = story_of(bench, claim(story=a_story(body_text=sent, place="MINSK")))
    assert document.body_text == sent
    assert document.body_html == "<p>MINSK, 5 December. One</p><p>Two &lt;b&gt; &amp; three\U0001f69c</p>"
    assert document.place == "MINSK"


def test_the_breadcrumb_begins_outermost(bench: Bench) -> None:
    assert story_of(bench, claim(story=a_story(section="city"))).sections == (
        Crumb(slug="news", label="News"), Crumb(slug="city", label="City"),
    )  # fmt: skip
    assert story_of(bench, claim(story=a_story(section="night-life"))).sections == (
        Crumb(slug="night-life", label="Night life"),
    )
    assert story_of(bench, claim()).sections == ()


def test_a_story_of_a_merged_section_stands_where_that_is_now(bench: Bench) -> None:
    document = story_of(bench, claim(story=a_story(section="town")))
    assert (document.section, [crumb.slug for crumb in document.sections]) == ("city", ["news", "city"])
    document = story_of(bench, claim(story=a_story(section="retired")))
    assert (document.section, document.sections) == ("", ())


def test_asserted_tags_reach_the_tagger(bench: Bench) -> None:
    document = story_of(bench, claim(story=a_story(tags=(TagRef(type="topic", slug="trade"),))))
    assert [(tag.key, tag.source) for tag in document.tags] == [("topic:trade", "editor")]


def test_a_first_revision_was_updated_when_it_was_published(bench: Bench) -> None:
    published = datetime(2017, 12, 5, 12, tzinfo=UTC)
    assert story_of(bench, claim(story=a_story(published_at=published))).updated_at == published


def corrected(*revisions: Revision) -> Claimed:
    return claim(publish=revisions[-1], history=revisions[:-1], version=5)


def test_a_correction_says_when_why_and_what(bench: Bench) -> None:
    first = revision(to_payload(a_story(body_text="Four came. It rained. All went home.")))
    second = revision(
        to_payload(a_story(body_text="Five came. It rained. All went home.")), 2, "correct", "Counted again.", 30
    )
    document = story_of(bench, corrected(first, second))
    (correction,) = document.corrections
    assert (correction.at, correction.note) == (NOW + timedelta(minutes=30), "Counted again.")
    assert correction.diff == (("Four came.", "Five came."),)
    assert document.updated_at == NOW + timedelta(minutes=30)


def test_a_revision_that_changes_no_words_and_says_nothing_is_no_correction(bench: Bench) -> None:
    first, second = (revision(to_payload(a_story(urgency=urgency)), urgency) for urgency in (1, 2))
    assert story_of(bench, corrected(first, second)).corrections == ()


def test_a_text_that_is_refused_today_stops_no_correction(bench: Bench) -> None:
    first = revision(to_payload(a_story(body_html="<p>" + "<i>" * 1_000 + "Four came.</p>")))
    second = revision(to_payload(a_story(headline="New", body_html="<p>Five came.</p>")), 2)
    (correction,) = story_of(bench, corrected(first, second)).corrections
    assert correction.diff == (("Bridge reopens", "New"),)


def test_an_erased_revision_is_passed_over(bench: Bench) -> None:
    first = revision(None)
    second = revision(to_payload(a_story(headline="Old")), 2)
    third = revision(to_payload(a_story(headline="New")), 3)
    (correction,) = story_of(bench, corrected(first, second, third)).corrections
    assert correction.diff == (("Old", "New"),)


def test_a_withdrawn_story_keeps_its_notice_and_no_text(bench: Bench) -> None:
    published = datetime(2020, 1, 2, tzinfo=UTC)
    first = revision(to_payload(a_story(published_at=published, summary="secret")))
    document = story_of(bench, corrected(first, revision(None, 2, "withdraw", "Wrong person.", 10)))
    assert document == StoryDocument(
        id="a", version=5, revision=2, published_at=published, updated_at=NOW + timedelta(minutes=10),
        day=date(2020, 1, 2), withdrawn=True, notice="Wrong person.",
    )  # fmt: skip


def event_claim(event: Event) -> Claimed:
    return claim(kind="event", publish=revision(to_payload(event)))


def test_a_bounded_series_is_expanded_whole(bench: Bench) -> None:
    event = Event(title="Fair", start=date(2026, 7, 3), rrule="FREQ=DAILY;COUNT=3", location=Location(name="Hall"))
    document = event_of(bench, event_claim(event))
    assert [occurrence.start for occurrence in document.occurrences] == [date(2026, 7, day) for day in (3, 4, 5)]
    assert (document.first_day, document.last_day) == (date(2026, 7, 3), date(2026, 7, 5))
    assert document.expanded_until is None


def test_a_series_without_end_is_expanded_over_a_year_ahead(bench: Bench) -> None:
    document = event_of(bench, event_claim(Event(title="Day", start=date(2000, 7, 3), rrule="FREQ=YEARLY")))
    assert document.last_day is None
    assert document.expanded_until == (NOW + timedelta(days=400)).astimezone(MINSK).date()
    assert date(2027, 7, 3) in [occurrence.start for occurrence in document.occurrences]


def test_a_withdrawn_event_is_a_tombstone(bench: Bench) -> None:
    document = event_of(bench, claim(kind="event", publish=revision(None, 2, "withdraw", "Off.")))
    assert (document.withdrawn, document.notice, document.title) == (True, "Off.", "")


def test_terms_are_cleaned_removed_and_merged(bench: Bench) -> None:
    term = Term(type="topic", slug="dairy", label="Dairy", description_html="<p onclick=x>Milk</p>", landing=True)
    document = made(bench, claim("topic:dairy", kind="term", publish=revision(to_payload(term)), version=4))
    assert document == TermDocument(
        id="topic:dairy", version=4, type="topic", slug="dairy", label="Dairy", description_html="<p>Milk</p>",
        landing=True,
    )  # fmt: skip
    gone = revision({**to_payload(term), "merged_into": "topic:milk"}, 2, "withdraw")
    document = made(bench, claim("topic:dairy", kind="term", publish=gone, version=5))
    assert isinstance(document, TermDocument)
    assert (document.withdrawn, document.merged_into, document.label) == (True, "topic:milk", "Dairy")


@pytest.mark.parametrize(
    ("published", "term", "unlisted"),
    [
        (False, Term(type="topic", slug="dairy", label="Dairy"), True),
        (True, Term(type="topic", slug="dairy", label="Dairy"), False),
        (False, Term(type="topic", slug="dairy", label="Dairy", landing=True), False),
        (False, Term(type="section", slug="farms", label="Farms", order=2), False),
        (False, Term(type="topic", slug="dairy", label="Dairy", order=2), True),
        (True, Term(type="section", slug="farms", label="Farms", named_by_story=True), False),
    ],
)
def test_a_term_is_unlisted_until_it_is_in_use_or_in_the_navigation(
    bench: Bench, published: bool, term: Term, unlisted: bool
) -> None:
    claimed = claim(term.key, kind="term", publish=revision(to_payload(term)), published=published)
    document = made(bench, claimed)
    assert isinstance(document, TermDocument)
    assert document.unlisted is unlisted


@pytest.mark.parametrize("payload", [
    {"schema": 1, "type": "section", "slug": "farms", "label": "Farms"},
    to_payload(Term(type="section", slug="farms", label="Farms", named_by_story=True)),
])  # fmt: skip
def test_a_section_that_only_a_story_named_has_no_document(bench: Bench, payload: dict[str, Any]) -> None:
    assert made_or_not(bench, claim("section:farms", kind="term", publish=revision(payload))) is None


def test_nor_is_there_a_tombstone_of_it(bench: Bench) -> None:
    payload = to_payload(Term(type="section", slug="farms", label="Farms", named_by_story=True))
    gone = revision(payload, 2, "withdraw")
    assert made_or_not(bench, claim("section:farms", kind="term", publish=gone)) is None
    in_use = made(bench, claim("section:farms", kind="term", publish=gone, published=True))
    assert isinstance(in_use, TermDocument)
    assert (in_use.withdrawn, in_use.unlisted) == (True, False)
