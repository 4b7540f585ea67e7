"""The rules one by one, each on a sentence made for it."""

from __future__ import annotations

import pytest

from dateline.domain.tagged_text import TaggedText
from dateline.tagging.tagger import Tagger


def rules(tagger: Tagger, body: str, *, place: str = "", headline: str = "") -> dict[str, set[str]]:
    """The rules by which each tag was found."""
    tagging = tagger.tag(TaggedText(headline=headline, body_text=body, place=place))
    return {tag.key: {mention.rule for mention in tag.evidence} for tag in tagging.tags}


@pytest.mark.parametrize(
    ("body", "key", "rule"),
    [
        ("They met Governor Ostap Hrushko on Monday.", "person:ostap-hrushko", "role"),
        ("It was founded by Dean Hrushko in May.", "person:dean-hrushko", "given name"),
        ("They met Maria Bishop in May.", "person:maria-bishop", "given name"),
        ("They met Mr. Ostap Hrushko on Monday.", "person:ostap-hrushko", "title"),
        ("It is late, Ostap Hrushko said.", "person:ostap-hrushko", "speaking verb"),
        ("Then Ostap Hrushko, 41, came.", "person:ostap-hrushko", "age"),
        ("We saw Maria Hrushko there.", "person:maria-hrushko", "given name"),
        ("The choir was led by Ostap Hrushko in spring.", "person:ostap-hrushko", "agent"),
        ("Ostap Hrushko came late. Hrushko left early.", "person:ostap-hrushko", "surname again"),
        ("The Ministry of Rural Roads agreed.", "organisation:ministry-of-rural-roads", "head"),
        ("The Polesia Peat Company agreed.", "organisation:polesia-peat-company", "tail"),
        ("It was sold to OJSC Torfmash yesterday.", "organisation:torfmash", "legal form"),
        ("The papers were sent to PDGW on Monday.", "organisation:pdgw", "lone acronym"),
        ("Peat & Sons agreed to the price.", "organisation:peat-sons", "ampersand"),
        ("We met Team Estonia there.", "organisation:team-estonia", "head"),
        ("They bought the Torfmash company then.", "organisation:torfmash", "described"),
        ("It was his brother Timofey who came.", "person:timofey", "given name"),
        ("They met Ostap Hrushko; it was late, Senator Bulba said.", "person:bulba", "title"),
        ("The Polesia Peat Diggers (PPD) met.", "organisation:polesia-peat-diggers", "acronym"),
        ("Shares of Torfmash (NYSE: TRF) fell.", "organisation:torfmash", "ticker"),
        ("Shares of Peat Digger (LON: PDG) fell.", "organisation:peat-digger", "ticker"),
        ("Torfmash, a company from the south, grew.", "organisation:torfmash", "described"),
        ("We asked PDGW, and PDGW answered.", "organisation:pdgw", "repeated acronym"),
        ("They live in Zaruchye District now.", "place:zaruchye-district", "pattern"),
        ("They met Ostap Hrushko, a former teacher, there.", "person:ostap-hrushko", "role"),
        ("They met Ostap Hrushko, who smiled.", "person:ostap-hrushko", "speaking verb"),
        ("They saw Ostap T. Hrushko there.", "person:ostap-t-hrushko", "initials"),
        ("We saw Maria Hrushko and Ostap Bulba there.", "person:ostap-bulba", "list"),
        ("They saw Hrazyna Petrasevich there.", "person:hrazyna-petrasevich", "surname's ending"),
        ("They met Mr. Hrushko there.", "person:hrushko", "title"),
        ("They met Dr. Ivanova there.", "person:ivanova", "title"),
        ("It was sold to Peat Digger, LLC, in May.", "organisation:peat-digger", "described"),
        ("It was sold to Torfmash, Inc., in May.", "organisation:torfmash", "described"),
        ("The Torfmash shares fell.", "organisation:torfmash", "described"),
        ("They like the band Torfmash a lot.", "organisation:torfmash", "described"),
        ("The BPD (Board of Peat Diggers) met.", "organisation:board-of-peat-diggers", "acronym"),
        ("We saw the Minsk Peat Diggers play.", "organisation:minsk-peat-diggers", "team"),
        ("We saw the Sacramento River Cats play.", "organisation:sacramento-river-cats", "team"),
        ("The Peat Hall of Fame opened.", "organisation:peat-hall-of-fame", "head"),
        ("The Roads and Peat Departments agreed.", "organisation:roads-and-peat-departments", "tail"),
        ("The State Peat and Rescue Service came.", "organisation:state-peat-and-rescue-service", "tail"),
        ("It was asked by MEP Ostap Hrushko in May.", "person:ostap-hrushko", "role"),
        ("They flew from Zaruchye Air Base yesterday.", "organisation:zaruchye-air-base", "tail"),
        ("An Arsenal striker was hurt.", "organisation:arsenal-fc", "name"),
        ("A Labour MP asked for it.", "organisation:labour-party", "name"),
        ("Apple’s shareholders met.", "organisation:apple", "name"),
        ("It rained on the River Zaruchka again.", "place:river-zaruchka", "pattern"),
        ("They sailed the Gulf of Zaruchye twice.", "place:gulf-of-zaruchye", "pattern"),
        ("They moved to East Zaruchye then.", "place:east-zaruchye", "pattern"),
        ("They came from King County in May.", "place:king-county", "pattern"),
        ("They moved to the village of Zaruchye then.", "place:zaruchye", "called a place"),
        ("They moved to Zaruchye village then.", "place:zaruchye", "called a place"),
        ("They moved to southern Zaruchye then.", "place:zaruchye", "called a place"),
        ("They moved to Zaruchye, Maine, in May.", "place:zaruchye", "in a region"),
        ("They moved to New Zaruchye, Maine, in May.", "place:new-zaruchye", "in a region"),
        ("It snowed in Zaruchye, and we left from Zaruchye.", "place:zaruchye", "located"),
        ("It snowed near Zaruchye at night.", "place:zaruchye", "located"),
        ("It often snows in Zaruchye.", "place:zaruchye", "located"),
        ("They live in Minsk now.", "place:minsk", "name"),
        ("They live in Minsk now.", "place:belarus", "in:minsk"),
        ("A Minsk-based firm grew.", "place:minsk", "attributive"),
        ("A Brazilian firm grew.", "place:brazil", "demonym"),
        ("President Lukashenko spoke.", "person:alexander-lukashenko", "role and surname"),
    ],
)
def test_a_rule(tagger: Tagger, body: str, key: str, rule: str) -> None:
    assert rule in rules(tagger, body)[key]


def test_a_dateline_is_no_tag_but_its_country_is(tagger: Tagger) -> None:
    found = rules(tagger, "RIGA, 3 May (LETA) – It rained.", place="RIGA")
    assert "place:riga" not in found
    assert found["place:latvia"] == {"dateline"}


def test_a_region_takes_the_attributive_names_of_its_city(tagger: Tagger) -> None:
    found = rules(tagger, "Kursk Oblast grows. A Kursk-based firm and the Kursk nuclear power plant help.")
    assert "place:kursk" not in found
    assert found["place:kursk-oblast"] == {"name", "in:kursk"}


@pytest.mark.parametrize(
    ("body", "place", "other"),
    [
        ("He lives in Springfield, Illinois.", "springfield", None),
        ("Reading is fun. Nice people read.", None, "reading"),
        ("They read in Reading, England.", "reading", None),
        ("The Stanley Cup went to Boston.", "boston", "stanley"),
        ("Georgia and Armenia signed.", "georgia", "georgia-us"),
        ("He lives in Springfield, Mass., now.", "springfield", None),
        ("They left Atlantic City at noon.", "atlantic-city", None),
        ("They sang in Grodno, Luton and London.", "luton", None),
        ("He drove from Atlanta, Georgia to Alabama.", "georgia-us", "georgia"),
        ("The Jackson brothers sang.", None, "jackson"),
        ("Charlotte Novik arrived late.", None, "charlotte"),
    ],
)
def test_which_place_is_meant(tagger: Tagger, body: str, place: str | None, other: str | None) -> None:
    slugs = {key.removeprefix("place:") for key in rules(tagger, body) if key.startswith("place:")}
    if place is not None:
        assert any(slug == place or slug.startswith(f"{place}-") for slug in slugs), slugs
    assert other not in slugs


@pytest.mark.parametrize(
    ("body", "key"),
    [
        ("The Stanley Cup was won.", "person:stanley-cup"),
        ("Fiona Marsh arrived late.", "place:fiona-marsh"),
        ("Apple pie was served.", "organisation:apple"),
        ("A cure for AIDS was found.", "organisation:aids"),
        ("It was written in chapter XVII of it.", "organisation:xvii"),
        ("Sadly, the club lost again.", "organisation:sadly"),
        ("The Director of the National Iodine Nutrition study spoke.", "person:national-iodine-nutrition"),
        ("The Minsk Diggers’ Court sat.", "organisation:minsk-diggers"),
        ("The Minsk Games opened.", "organisation:minsk-games"),
        ("It was written in Latin and translated from Latin.", "place:latin"),
        ("Juhan, a founder of the startup, left.", "organisation:juhan"),
        ("They dressed in Zaruchye style.", "place:zaruchye"),
        ("They met Zaruchye, Russia's envoy.", "place:zaruchye"),
    ],
)
def test_what_looks_like_a_name_and_is_none(tagger: Tagger, body: str, key: str) -> None:
    assert key not in rules(tagger, body)


def test_a_headline_in_capitals_names_nothing_new(tagger: Tagger) -> None:
    found = rules(tagger, "It is large.", headline="Minister Opens New Peat Plant In Gomel")
    assert set(found) >= {"place:gomel"}
    assert not any(key.startswith("organisation:") for key in found)


def test_two_people_with_one_surname_stay_two(tagger: Tagger) -> None:
    body = "Minister Anna Novik met Governor Pavel Novik. Novik smiled."
    tagging = tagger.tag(TaggedText(headline="", body_text=body))
    people = {tag.slug: len(tag.evidence) for tag in tagging.tags if tag.type == "person"}
    assert people == {"anna-novik": 1, "pavel-novik": 1}


def test_proposed_is_what_the_vocabulary_does_not_have(tagger: Tagger) -> None:
    tagging = tagger.tag(TaggedText(headline="", body_text="Mr. Ostap Hrushko left BelAZ in Minsk."))
    assert {tag.slug: tag.status for tag in tagging.tags} == {
        "ostap-hrushko": "proposed",
        "belaz": "accepted",
        "minsk": "accepted",
        "belarus": "accepted",
    }


def test_wheat_exports_are_agriculture_and_trade_and_what_is_above_them(tagger: Tagger) -> None:
    tagging = tagger.tag(TaggedText(headline="Wheat exports double", body_text="Farmers sold more grain abroad."))
    topics = [tag.slug for tag in tagging.tags if tag.type == "topic"]
    assert {"agriculture", "international-trade"} <= set(topics)
    assert "economy-business-and-finance" in topics
    assert len(topics) <= 8
    scores = [tag.score for tag in tagging.tags if tag.type == "topic"]
    assert scores == sorted(scores, reverse=True)
    assert all(0 < tag.score <= 1 and tag.evidence for tag in tagging.tags)


def test_what_is_dropped_says_why(tagger: Tagger) -> None:
    tagging = tagger.tag(TaggedText(headline="", body_text="Reading is fun. Putin is a surname."))
    reasons = {dropped.slug: dropped.reason for dropped in tagging.dropped}
    assert reasons["vladimir-putin"] == "surname alone"
    assert "needs support" in next(reason for slug, reason in reasons.items() if slug.startswith("reading"))


def test_who_does_not_ask_why_gets_the_same_tags_and_nothing_dropped(tagger: Tagger) -> None:
    text = TaggedText(
        headline="Minsk hosts chess fans", body_text="Reading is fun. Putin is a surname in Paris, France."
    )
    told, plain = tagger.tag(text), tagger.tag(text, explain=False)
    assert plain.tags == told.tags
    assert told.dropped
    assert plain.dropped == ()


def test_a_function_word_is_no_place(tagger: Tagger) -> None:
    assert not rules(tagger, "Of the two roads, To was the longer; he came from Of.")
