"""The bounds of what comes in, exactly as the contract says them."""

from __future__ import annotations

from typing import Any

import pytest
from marshmallow import ValidationError

from dateline.domain.html.bounds import MOST_AMPERSANDS, MOST_NESTED
from dateline.domain.story import Image, Story
from dateline.domain.tag import TagRef
from dateline.schemas.event import EventSchema
from dateline.schemas.fields import Language
from dateline.schemas.pointers import field_errors
from dateline.schemas.story import StorySchema, story_json
from dateline.schemas.term import TermSchema, term_of

STORY = {"headline": "Bridge opens", "body_text": "The bridge is open."}


def pointers(schema: Any, body: Any) -> list[str]:
    try:
        schema.load(body)
    except ValidationError as invalid:
        return [error.pointer for error in field_errors(invalid.messages)]
    return []


@pytest.mark.parametrize(
    ("more", "wrong"),
    [
        ({}, []),
        ({"headline": "x" * 300}, []),
        ({"headline": "x" * 301}, ["/headline"]),
        ({"headline": " \t\u200b\u00a0"}, ["/headline"]),
        ({"headline": None}, ["/headline"]),
        ({"headline": 5}, ["/headline"]),
        ({"body_text": " "}, ["/body_text"]),
        ({"body_html": "<p>x</p>"}, ["/body_html"]),
        ({"surprise": 1}, ["/surprise"]),
        ({"summary": "x" * 2000, "note": "y" * 2000}, []),
        ({"summary": "x" * 2001}, ["/summary"]),
        ({"note": "x" * 2001}, ["/note"]),
        ({"byline": "x" * 301, "source": "x" * 301}, ["/byline", "/source"]),
        ({"slugline": "x" * 301, "place": "x" * 301}, ["/slugline", "/place"]),
        ({"keywords": ["a"] * 100}, []),
        ({"keywords": ["a"] * 101}, ["/keywords"]),
        ({"keywords": ["a", "x" * 301, ""]}, ["/keywords/1", "/keywords/2"]),
        ({"section": "a" * 100}, []),
        ({"section": "a" * 101}, ["/section"]),
        ({"section": "Opinions"}, ["/section"]),
        ({"section": "a\n"}, ["/section"]),
        ({"language": "zh-Hant-TW"}, []),
        ({"language": "english please"}, ["/language"]),
        ({"published_at": "2017-12-05T16:20:00+03:00"}, []),
        ({"published_at": "2017-12-05T16:20:00Z"}, []),
        ({"published_at": "2017-12-05T16:20:00"}, ["/published_at"]),
        ({"published_at": "2017-12-05T16:20:00-15:59"}, []),
        ({"published_at": "2017-12-05T16:20:00+16:00"}, ["/published_at"]),
        ({"embargo_until": "2017-12-05T16:20:00-23:59"}, ["/embargo_until"]),
        ({"published_at": "2017-12-05"}, ["/published_at"]),
        ({"published_at": "2017-02-30T16:20:00Z"}, ["/published_at"]),
        ({"published_at": "9999-12-31T23:59:59Z"}, ["/published_at"]),
        ({"published_at": 1512480000}, ["/published_at"]),
        ({"embargo_until": None}, []),
        ({"urgency": 1}, []),
        ({"urgency": 9}, []),
        ({"urgency": 0}, ["/urgency"]),
        ({"urgency": 10}, ["/urgency"]),
        ({"urgency": "5"}, ["/urgency"]),
        ({"urgency": True}, ["/urgency"]),
        ({"urgency": 5.0}, ["/urgency"]),
        ({"tags": {"people": ["ann-lee"]}}, []),
        ({"tags": {"persons": []}}, ["/tags/persons"]),
        ({"tags": {"people": ["Ann Lee"]}}, ["/tags/people/0"]),
        ({"removed_tags": {"people": ["nobody-knows"]}}, []),
        ({"tags": {"people": ["ann"]}, "removed_tags": {"people": ["ann"]}}, ["/removed_tags"]),
        ({"tags": {"people": ["ann"]}, "removed_tags": {"places": ["ann"]}}, []),
        ({"images": [{"url": "https://example.org/a.jpg"}, {}]}, ["/images/1/url"]),
        ({"images": [{"url": "/a.jpg"}]}, ["/images/0/url"]),
        ({"links": [{"url": "javascript:alert(1)"}]}, ["/links/0/url"]),
        ({"links": [{"url": "http://"}]}, ["/links/0/url"]),
        ({"links": [{"url": "http://a b"}]}, ["/links/0/url"]),
        ({"related": ["abc", "no/slash"]}, ["/related/1"]),
    ],
)
def test_bounds_of_a_story(more: dict[str, Any], wrong: list[str]) -> None:
    assert pointers(StorySchema(), {**STORY, **more}) == wrong


def test_what_is_missing_is_named_together() -> None:
    assert set(pointers(StorySchema(), {})) == {"/headline", "/body_text"}


def test_a_story_comes_out_as_it_went_in() -> None:
    sent = {
        **STORY,
        "published_at": "2017-12-05T16:20:00+03:00",
        "tags": {"topics": ["trade"], "people": ["ann-lee"]},
        "images": [{"url": "https://example.org/a.jpg", "alt": "A bridge"}],
        "keywords": ["bridge"],
        "urgency": 3,
    }
    story = Story(**StorySchema().load(sent))
    assert story.tags == (TagRef(type="topic", slug="trade"), TagRef(type="person", slug="ann-lee"))
    assert story.images == (Image(url="https://example.org/a.jpg", alt="A bridge"),)
    assert story_json(story) == sent


EVENT = {"title": "Fair", "start": "2026-07-03"}


@pytest.mark.parametrize(
    ("more", "wrong"),
    [
        ({}, []),
        ({"end": "2026-07-03"}, []),
        ({"end": "2026-07-02"}, ["/end"]),
        ({"end": "2026-07-04T10:00:00+03:00"}, ["/end"]),
        ({"start": "2026-07-03T10:00:00"}, ["/start"]),
        ({"start": "2026-07-03T10:00:00+03:00", "end": "2026-07-03T12:00:00+03:00"}, []),
        ({"start": "2026-13-03"}, ["/start"]),
        ({"timezone": "Europe/Minsk"}, []),
        ({"timezone": "Mars/Olympus"}, ["/timezone"]),
        ({"timezone": "../etc/passwd"}, ["/timezone"]),
        ({"rrule": "FREQ=YEARLY"}, []),
        ({"rrule": "FREQ=SECONDLY"}, ["/rrule"]),
        ({"rrule": "EVERY YEAR"}, ["/rrule"]),
        ({"exdates": ["2026-07-04T10:00:00Z"]}, ["/exdates"]),
        ({"location": {"name": "Hall", "lat": 53.9, "lon": 27.56}}, []),
        ({"location": {"city": "Minsk"}}, ["/location/name"]),
        ({"location": {"name": "Hall", "lat": 91, "lon": 0}}, ["/location/lat"]),
        ({"location": {"name": "Hall", "lat": 5}}, ["/location/lon"]),
        ({"location": {"name": "Hall", "lat": "5", "lon": 5}}, ["/location/lat"]),
        ({"status": "maybe"}, ["/status"]),
        ({"description_html": "<p>a</p>", "description_text": "a"}, ["/description_html"]),
        ({"organizer": "x" * 301}, ["/organizer"]),
    ],
)
def test_bounds_of_an_event(more: dict[str, Any], wrong: list[str]) -> None:
    assert pointers(EventSchema(), {**EVENT, **more}) == wrong


@pytest.mark.parametrize(
    ("written", "day"),
    [("20290310", "2029-03-10"), ("2029-W10-6", "2029-03-10"), ("2029W106", "2029-03-10"), ("2029-W10", "2029-03-05"),
     ("2029w10", "2029-03-05"), ("2029069", ""), ("2029-069", ""), ("2029-0310", ""), ("2029-W54-1", ""),
     ("20291310", ""), ("２０２９0310", "")],
)  # fmt: skip
def test_days_of_an_event_in_every_form(written: str, day: str) -> None:
    for more in ({"start": written}, {**EVENT, "exdates": [written]}, {**EVENT, "rdates": [written]}):
        body = {**EVENT, **more}
        assert bool(pointers(EventSchema(), body)) != bool(day)
    if day:
        whole = EventSchema().load({"title": "Fair", "start": written, "end": written})
        assert (whole["start"].isoformat(), whole["end"].isoformat()) == (day, day)


@pytest.mark.parametrize(
    ("body", "wrong"),
    [
        ({"label": "Trade"}, []),
        ({"label": ""}, ["/label"]),
        ({"label": "Trade", "labels": {"be": "Гандаль"}}, []),
        ({"label": "Trade", "labels": {"be": ""}}, ["/labels/be"]),
        ({"label": "Trade", "aliases": ["x" * 301]}, ["/aliases/0"]),
        ({"label": "Trade", "rules": {"some": []}}, ["/rules/some"]),
        ({"label": "Trade", "labels": {"be": "a", "BE": "b"}}, ["/labels/BE"]),
        ({"label": "Trade", "rules": {"any": ["export*", "trade turnover^3", "гандаль^0.5"]}}, []),
        (
            {"label": "Trade", "rules": {"any": ["a^2^3"], "all": ["a^x", "a^nan", "a^1e9", "a^-1", "a^"]}},
            ["/rules/any/0", *(f"/rules/all/{number}" for number in range(5))],
        ),
        ({"label": "Trade", "rules": {"none": ["*", "^2", "—", "a\n"]}}, [f"/rules/none/{n}" for n in range(3)]),
        ({"label": "Trade", "landing": "yes"}, ["/landing"]),
        ({"label": "Trade", "broader": ["topic:economy", "Economy"]}, ["/broader/1"]),
    ],
)
def test_bounds_of_a_term(body: dict[str, Any], wrong: list[str]) -> None:
    assert pointers(TermSchema(), body) == wrong


@pytest.mark.parametrize(
    ("schema", "body", "field"),
    [
        (StorySchema(), {"headline": "Bridge opens"}, "body_html"),
        (EventSchema(), {"title": "Summit", "start": "2027-02-24"}, "description_html"),
        (TermSchema(), {"label": "Trade"}, "description_html"),
    ],
)
def test_html_that_no_worker_could_clean_is_refused(schema: Any, body: dict[str, Any], field: str) -> None:
    for html in ("<p>x" * 500, "<div>" * MOST_NESTED + "x", "<div>x</div>" * 500, "&" * MOST_AMPERSANDS):
        assert pointers(schema, {**body, field: html}) == []
    for html in ("<div>" * (MOST_NESTED + 1), "&" * (MOST_AMPERSANDS + 1)):
        assert pointers(schema, {**body, field: html}) == [f"/{field}"]


def test_a_term_is_that_of_its_address() -> None:
    assert term_of(TermSchema().load({"label": "Trade", "slug": "trade"}), "topic", "trade").key == "topic:trade"
    for given in ({"slug": "other"}, {"type": "person"}, {"broader": ("topic:trade",)}, {"aliases": ("a^b",)}):
        with pytest.raises(ValidationError):
            term_of({"label": "Trade", **given}, "topic", "trade")


@pytest.mark.parametrize("before", [{}, {"rrule": ""}])
def test_the_first_of_several_rules_is_the_rule(before: dict[str, str]) -> None:
    rules = ["RRULE:FREQ=DAILY;COUNT=3", "FREQ=WEEKLY;COUNT=2"]
    loaded = EventSchema().load({**EVENT, **before, "further_rrules": rules})
    assert (loaded["rrule"], loaded["further_rrules"]) == ("FREQ=DAILY;COUNT=3", ("FREQ=WEEKLY;COUNT=2",))


@pytest.mark.parametrize(
    ("sent", "kept"), [("rus", "ru"), ("GER-at", "de-AT"), ("fil", "fil"), ("hbs", "hbs"), ("zh-hant-tw", "zh-Hant-TW")]
)
def test_a_language_is_written_in_one_way(sent: str, kept: str) -> None:
    assert Language().deserialize(sent) == kept
