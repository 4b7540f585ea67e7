"""The sample newsroom's files give bodies that the contract takes, and enough of them for every page."""

from __future__ import annotations

import re
from collections import Counter
from datetime import date, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from dateutil.rrule import rrulestr

from dateline import sample
from dateline.domain.html import text_of
from dateline.domain.html.own_pictures import ids_in_text
from dateline.schemas.event import EventSchema, event_problems
from dateline.schemas.story import StorySchema
from dateline.schemas.term import TermSchema

SEED_TEXT = Path(__file__).parents[3] / "shared" / "seed" / "article.txt"
TAG = re.compile(r"<[^>]+>")

LANDING = {
    "belarus-events-calendar", "top-tourist-sites", "unesco-world-heritage-sites", "sanatoria-and-health-resorts",
    "souvenirs", "great-patriotic-war-monuments",
}  # fmt: skip


def words(text: str) -> int:
    return len(TAG.sub(" ", text).split())


def sentences(text: str) -> list[str]:
    found = re.split(r"(?<=[.!?])\s+", TAG.sub(" ", text))
    return [" ".join(sentence.split()).lower() for sentence in found if len(sentence.split()) > 4]


@cache
def seed() -> dict[str, Any]:
    return next(story for story in sample.stories() if story["external_id"] == "sample-2017-12-05-kursk-trade")


def asserted(body: dict[str, Any]) -> set[str]:
    return set(body.get("tags", {}).get("topics", ()))


@cache
def sections() -> dict[str, dict[str, Any]]:
    return {term["slug"]: term for term in sample.terms() if term["type"] == "section"}


def landing_topics() -> dict[str, dict[str, Any]]:
    return {term["slug"]: term for term in sample.terms() if term.get("landing")}


def test_there_is_enough_of_everything() -> None:
    assert len(sample.stories()) >= 37
    assert len(sample.events()) >= 16
    assert {story["published_at"][:4] for story in sample.stories()} == {str(year) for year in range(2014, 2027)}


def test_some_days_have_several_stories() -> None:
    days = Counter(story["published_at"][:10] for story in sample.stories())
    assert sum(count > 1 for count in days.values()) >= 4


def test_stories_come_in_english_russian_and_belarusian() -> None:
    languages = Counter(story.get("language", "en") for story in sample.stories())
    assert languages["ru"] >= 2 and languages["be"] >= 2
    for story in sample.stories():
        cyrillic = re.search(r"[а-яёіў]{3}", story["body_text"].lower()) is not None
        assert cyrillic == (story.get("language", "en") in {"ru", "be"}), story["external_id"]


@pytest.mark.parametrize("story", sample.stories() + sample.corrections(), ids=lambda story: story["external_id"])
def test_a_story_is_a_body_of_the_contract(story: dict[str, Any]) -> None:
    assert StorySchema().validate(story) == {}
    assert 0 < len(story["headline"]) <= 300
    assert 120 <= words(story["body_text"]) <= 350
    assert "  " not in story["body_text"] and not re.search(r"[^\n]\n[^\n]", story["body_text"])
    assert datetime.fromisoformat(story["published_at"]).utcoffset() == timedelta(hours=3)
    assert story["section"] in sections()
    assert asserted(story) <= LANDING
    assert 1 <= story["urgency"] <= 9
    assert story["byline"] and story["source"] and story["keywords"] and story["place"].isupper()


@pytest.mark.parametrize("event", sample.events(), ids=lambda event: event["external_id"])
def test_an_event_is_a_body_of_the_contract(event: dict[str, Any]) -> None:
    loaded = EventSchema().load(event)
    assert list(event_problems(loaded)) == []
    assert event["description_text"] and event["location"]["name"] and event["organizer"]
    assert event["section"] in sections()
    assert asserted(event) <= LANDING
    moments = [event["start"], *([event["end"]] if "end" in event else [])]
    assert len({"T" in moment for moment in moments}) == 1
    if "T" in event["start"]:
        assert event["timezone"] == "Europe/Minsk"
        assert all(datetime.fromisoformat(moment).utcoffset() == timedelta(hours=3) for moment in moments)
        assert moments == sorted(moments)
    else:
        assert [date.fromisoformat(moment) for moment in moments] == sorted(map(date.fromisoformat, moments))


@pytest.mark.parametrize(
    "event", [event for event in sample.events() if "rrule" in event], ids=lambda event: event["external_id"]
)
def test_a_series_starts_on_its_own_rule_and_skips_days_it_has(event: dict[str, Any]) -> None:
    start = datetime.fromisoformat(event["start"]).replace(tzinfo=None)
    series = rrulestr(event["rrule"], dtstart=start)
    assert series[0] == start
    for skipped in event.get("exdates", ()):
        assert datetime.fromisoformat(skipped).replace(tzinfo=None) in series


def test_external_ids_are_unique() -> None:
    ids = [body["external_id"] for body in sample.stories() + sample.events()]
    assert len(ids) == len(set(ids))


def test_the_calendar_has_past_and_future_all_day_and_timed_cancelled_and_postponed() -> None:
    events = sample.events()
    assert {event.get("status", "confirmed") for event in events} >= {"cancelled", "postponed"}
    assert {event["start"][:4] for event in events} >= {"2017", "2025", "2026", "2027"}
    endless = [event for event in events if "rrule" in event and not re.search("COUNT|UNTIL", event["rrule"])]
    assert any("FREQ=YEARLY" in event["rrule"] and "T" not in event["start"] for event in endless)
    assert any(event["rrule"] == "FREQ=WEEKLY;BYDAY=SA" and "T" in event["start"] for event in endless)
    assert any(re.search("COUNT|UNTIL", event.get("rrule", "")) for event in events)


def test_terms_are_sections_and_landing_topics_with_broader_ones_first() -> None:
    seen: set[str] = set()
    for term in sample.terms():
        assert TermSchema().validate(term) == {}
        assert term["slug"] not in seen
        assert set(term.get("broader", ())) <= seen
        seen.add(term["slug"])
    assert sections()["opinions-interviews"]["label"] == "Opinions & Interviews"
    assert sections()["opinions-interviews"]["broader"] == ["news"]
    assert landing_topics().keys() == LANDING


@pytest.mark.parametrize("slug", sorted(LANDING))
def test_a_landing_page_has_an_introduction_and_three_items(slug: str) -> None:
    assert words(landing_topics()[slug]["description_html"]) >= 120
    assert sum(slug in asserted(body) for body in sample.stories() + sample.events()) >= 3


def test_each_section_has_a_story() -> None:
    used = {story["section"] for story in sample.stories()}
    assert {slug for slug in sections() if slug not in used} <= {"news"}


@pytest.mark.parametrize(
    "fact",
    [
        "Andrei Kobyakov", "Alexander Mikhailov", "Kursk Oblast", "Russia", "Belarus", "BelAZ", "MAZ", "MTZ",
        "Gomselmash", "Sovtest ATE", "Planar", "BelTA", "5 December", "January and September 2017", "$250 million",
        "$96.3 million", "40.5%", "trade turnover", "tractors", "harvesters", "buses", "electric buses",
        "trolleybuses", "leasing", "high-tech", "agriculture", "housing", "two new power units",
        "Kursk nuclear power plant", "tires", "Potash fertilizers", "synthetic fibers", "trucks", "footwear",
    ],
)  # fmt: skip
def test_the_seed_story_keeps_its_facts(fact: str) -> None:
    assert fact in seed()["body_text"]


def test_the_seed_story_is_filed_as_on_the_seed_page() -> None:
    story = seed()
    assert (story["source"], story["place"], story["section"]) == ("BelTA", "MINSK", "opinions-interviews")
    assert story["published_at"].startswith("2017-12-05T") and story["published_at"].endswith("+03:00")


def test_no_sentence_is_used_twice() -> None:
    texts = [body["body_text"] for body in sample.stories()]
    texts += [event["description_text"] for event in sample.events()]
    texts += [term.get("description_html", "") for term in sample.terms()]
    counts = Counter(sentence for text in texts for sentence in sentences(text))
    assert [sentence for sentence, count in counts.items() if count > 1] == []


@pytest.mark.skipif(not SEED_TEXT.exists(), reason="the seed page's text is not beside this checkout")
def test_no_seven_words_of_the_seed_page_are_repeated() -> None:
    def runs(text: str) -> set[tuple[str, ...]]:
        parts = re.findall(r"[\w$.%]+", text.lower())
        return {tuple(parts[at : at + 7]) for at in range(len(parts) - 6)}

    told = SEED_TEXT.read_text(encoding="utf-8")
    for story in sample.stories():
        assert runs(story["body_text"]) & runs(told) == set(), story["external_id"]


def test_a_correction_changes_its_story_and_says_why() -> None:
    stories = {story["external_id"]: story for story in sample.stories()}
    assert sample.corrections()
    for corrected in sample.corrections():
        note = corrected.pop("note")
        assert note
        assert corrected.keys() == stories[corrected["external_id"]].keys()
        assert corrected != stories[corrected["external_id"]]


def test_each_drawing_is_shown_and_small() -> None:
    pictures = list(sample.pictures())
    ids = {picture.name: f"id-of-{picture.name}" for picture in pictures}
    bodies = sample.stories(ids) + sample.events(ids)
    shown = {image["id"] for body in bodies for image in body.get("images", ())}
    assert shown | {id for id in ids.values() for body in bodies if id in body.get("body_html", "")} == set(
        ids.values()
    )
    assert sum(len(picture.content) for picture in pictures) < 1_200_000
    assert all(picture.fields[field] for picture in pictures for field in ("alt", "caption", "credit", "licence"))
    assert all(picture.fields["caption"].startswith(("Drawing: ", "Trade ")) for picture in pictures)


def test_every_picture_that_is_named_is_there_and_the_first_leads() -> None:
    ids = {picture.name: picture.name for picture in sample.pictures()}
    for body in sample.stories(ids) + sample.events(ids) + sample.corrections(ids):
        images = body.get("images", [])
        assert [bool(image.get("lead")) for image in images] == [True, False, False, False][: len(images)]
    named = {
        name
        for folder, table in (("stories", "story"), ("events", "event"), ("terms", "term"))
        for entry in sample._entries(folder, table)
        for name in [*entry.get("pictures", ()), *([entry["picture"]] if "picture" in entry else [])]
    }
    assert named <= ids.keys()
    assert {term["image"]["id"] for term in sample.terms(ids) if term.get("landing")} <= ids.keys()


def test_without_ids_nothing_has_a_picture() -> None:
    assert not any("images" in body for body in sample.stories() + sample.events())
    assert not any("image" in term for term in sample.terms())


def test_a_picture_in_a_text_changes_none_of_its_words() -> None:
    ids = {picture.name: f"{number:026}" for number, picture in enumerate(sample.pictures())}
    plain = {story["external_id"]: story for story in sample.stories()}
    within = [story for story in sample.stories(ids) if "body_html" in story]
    assert "sample-2017-12-05-kursk-trade" in {story["external_id"] for story in within}
    for story in within:
        text = text_of(story["body_html"])
        assert text.split() == plain[story["external_id"]]["body_text"].split()
        assert len(ids_in_text(story["body_html"])) == 1
