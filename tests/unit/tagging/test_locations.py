"""The places of an event's location: said by city and country, implied by an address or a name."""

from __future__ import annotations

import pytest

from dateline.domain.event import Location
from dateline.domain.tag import EditorTags, Tag, TagRef
from dateline.domain.tagged_text import TaggedText
from dateline.tagging.tagger import Tagger


def places(tagger: Tagger, editor: EditorTags = EditorTags(), **fields: str) -> dict[str, Tag]:  # noqa: B008
    location = Location(**{"name": "The old hall", **fields})
    text = TaggedText(headline="An evening of songs", body_text="", location=location)
    return {tag.slug: tag for tag in tagger.tag(text, (), editor).tags if tag.type == "place"}


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"city": "Minsk"}, {"minsk"}),
        ({"city": " minsk "}, {"minsk"}),
        ({"city": "Минск", "country": "BY"}, {"minsk", "belarus"}),
        ({"city": "г. Минск", "country": "Беларусь"}, {"minsk", "belarus"}),
        ({"city": "Paris"}, {"paris"}),
        ({"city": "Paris", "country": "USA"}, {"paris-us", "united-states"}),
        ({"city": "Brest", "country": "fr"}, {"brest-fr", "france"}),
        ({"city": "London", "country": "England"}, {"london", "england"}),
        ({"city": "Atlanta, Georgia"}, {"atlanta"}),
        ({"city": "New York, NY"}, {"new-york-city"}),
        ({"city": "Luxembourg"}, {"luxembourg-lu"}),
        ({"country": "Poland"}, {"poland"}),
        ({"city": "Minsk", "address": "Paris Street 5, Vilnius"}, {"minsk"}),
        ({"city": "Lida", "country": "Poland"}, {"poland"}),
        ({"city": "Nowhere at all"}, set()),
    ],
)
def test_city_and_country_are_said(tagger: Tagger, fields: dict[str, str], said: set[str]) -> None:
    found = places(tagger, **fields)
    assert {slug for slug, tag in found.items() if tag.source == "editor"} == said
    assert all(tag.score == 1.0 and tag.status == "accepted" for slug, tag in found.items() if slug in said)


@pytest.mark.parametrize(
    ("fields", "implied"),
    [
        ({"address": "Independence Avenue 65, Minsk"}, {"minsk", "belarus"}),
        ({"address": "Niamiha 5 Minsk 220030"}, {"minsk", "belarus"}),
        ({"address": "Беларусь, г. Минск, ул. Немига 5"}, {"minsk", "belarus"}),
        ({"address": "Lenina 5, Baranovichi"}, {"baranovichi", "brest-oblast", "belarus"}),
        ({"address": "10 Downing Street, London SW1A 2AA"}, {"london", "england", "united-kingdom"}),
        ({"address": "12 rue de Paris, Lyon"}, {"lyon", "auvergne-rhone-alpes", "france"}),
        ({"name": "Palace of the Republic, Minsk, Belarus"}, {"minsk", "belarus"}),
        ({"name": "Minsk"}, {"minsk", "belarus"}),
        ({"name": "Via Roma 5, 20121 Milano MI"}, {"milan", "lombardy", "italy"}),
        ({"address": "100 Main St, Austin TX 78701"}, {"austin", "texas", "united-states"}),
        (
            {"address": "1600 Pennsylvania Ave NW, Washington, DC 20500, USA"},
            {"washington-d-c", "district-of-columbia", "united-states"},
        ),
        ({"name": "Room 5, Washington, D.C."}, {"washington-d-c", "district-of-columbia", "united-states"}),
        ({"name": "Hotel MI"}, set()),
        ({"address": "Victoria 12"}, set()),
        ({"name": "Reading"}, set()),
        ({"name": "Hotel Belarus"}, set()),
        ({"name": "Online"}, set()),
    ],
)
def test_an_address_or_a_name_implies_the_city(tagger: Tagger, fields: dict[str, str], implied: set[str]) -> None:
    found = places(tagger, **fields)
    assert set(found) == implied
    assert all(tag.source == "machine" and tag.status == "accepted" for tag in found.values())


def test_broader_places_come_too_and_say_why(tagger: Tagger) -> None:
    found = places(tagger, city="Baranovichi")
    assert set(found) == {"baranovichi", "brest-oblast", "belarus"}
    assert [(one.field, one.text, one.rule) for one in found["belarus"].evidence] == [
        ("place", "Baranovichi", "in:baranovichi")
    ]


def test_a_namesake_elsewhere_brings_no_country(tagger: Tagger) -> None:
    assert set(places(tagger, city="Brest", country="France")) == {"brest-fr", "brittany", "france"}


def test_the_text_is_read_as_one_from_there(tagger: Tagger) -> None:
    here = Location(name="Port", city="Brest", country="France")
    text = TaggedText(headline="Regatta", body_text="The boats start in Brest.", location=here)
    assert "brest" not in {tag.slug for tag in tagger.tag(text).tags}


def test_evidence_is_what_stands_in_the_field(tagger: Tagger) -> None:
    address = "Niamiha 5,  Minsk"
    (evidence,) = places(tagger, address=address)["minsk"].evidence
    assert address[evidence.start : evidence.end] == evidence.text == "Minsk"


def test_an_editor_who_takes_it_away_has_the_last_word(tagger: Tagger) -> None:
    removed = EditorTags(removed=(TagRef(type="place", slug="belarus"),))
    assert set(places(tagger, removed, city="Minsk", country="Belarus")) == {"minsk"}


def of_event(tagger: Tagger, *locations: Location, title: str = "An evening", **said: EditorTags) -> dict[str, Tag]:
    text = TaggedText(
        headline=title, body_text="", location=locations[0] if locations else None, further_locations=locations[1:],
        is_event=True,
    )  # fmt: skip
    asserted = (TagRef(type="place", slug="polotsk"),) if not locations else ()
    return {tag.slug: tag for tag in tagger.tag(text, asserted, *said.values()).tags if tag.type == "place"}


def test_further_locations_count_too(tagger: Tagger) -> None:
    found = of_event(tagger, Location(name="Hall", city="Minsk"), Location(name="Club", city="Borisov"))
    assert set(found) == {"minsk", "belarus", "borisov", "minsk-oblast"}
    assert found["borisov"].score == 1.0


def test_an_event_is_in_what_its_places_lie_in(tagger: Tagger) -> None:
    found = of_event(tagger)
    assert set(found) == {"polotsk", "vitebsk-oblast", "belarus"}
    assert found["vitebsk-oblast"].status == "accepted" and found["vitebsk-oblast"].score < 1
    away = EditorTags(removed=(TagRef(type="place", slug="belarus"),))
    assert set(of_event(tagger, editor=away)) == {"polotsk", "vitebsk-oblast"}


def test_a_story_is_not(tagger: Tagger) -> None:
    asserted = (TagRef(type="place", slug="polotsk"),)
    tags = tagger.tag(TaggedText(headline="An evening", body_text=""), asserted).tags
    assert {tag.slug for tag in tags if tag.type == "place"} == {"polotsk"}


@pytest.mark.parametrize(
    ("pictured", "place", "meant"),
    [
        ("", "", "brest"), ("Port, Brest, Brittany, France", "", "brest-fr"), ("Brest, Belarus", "", "brest"),
        ("Port, Brest, Brittany, France", "MINSK", "brest"), ("nowhere, at all", "", "brest"),
    ],
)  # fmt: skip
def test_where_a_picture_was_taken_says_which_place_is_meant(
    tagger: Tagger, pictured: str, place: str, meant: str
) -> None:
    body = "The new bridge in Brest opened on Monday, and people came to see it."
    text = TaggedText(headline="A bridge opens", body_text=body, pictured=pictured, place=place)
    found = tagger.tag(text).tags
    assert [tag.slug for tag in found if tag.slug.startswith("brest")] == [meant]
    silent = TaggedText(headline="A bridge opens", body_text="It opened on Monday.", pictured=pictured)
    assert not tagger.tag(silent).tags
