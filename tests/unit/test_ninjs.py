"""ninjs: what we write is valid against the IPTC's schema, and what we wrote can be read again."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator, FormatChecker
from referencing import Registry, Resource

from dateline.domain.document import Correction, Crumb, StoryDocument
from dateline.domain.picture import PublicImage
from dateline.domain.tag import Tag
from dateline.errors import InvalidInput
from dateline.formats.ninjs import NinjsStory, write_ninjs

SCHEMAS = Path(__file__).resolve().parents[2].parent / "shared" / "ninjs"
AT = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)

STORY = StoryDocument(
    id="01kb", version=3, revision=2, published_at=AT, updated_at=AT, day=date(2026, 11, 24),
    headline="Bridge opens", slug="bridge-opens", summary="After repairs.", body_html="<p>It is open.</p>",
    body_text="It is open.", byline="Rita", source="Agency", place="Brest", slugline="bridge", section="news",
    sections=(Crumb(slug="news", label="News"),), urgency=3, language="en",
    tags=(
        Tag(type="person", slug="ann-lee", label="Ann Lee"), Tag(type="place", slug="brest", label="Brest"),
        Tag(type="organisation", slug="bridge-works", label="Bridge Works"),
        Tag(type="topic", slug="bridges", label="Bridges", score=0.8),
        Tag(type="person", slug="bo-ek", label="Bo Ek", status="proposed"),
    ),
    images=(PublicImage(url="https://example.org/a.jpg", alt="The bridge", credit="Otto", caption="Today"),),
    corrections=(Correction(at=AT, note="It was April."),),
)  # fmt: skip


def written(story: StoryDocument) -> dict[str, Any]:
    return write_ninjs(
        story,
        uri="tag:news.example,2026:stories/01kb",
        address="https://news.example/stories/01kb/bridge-opens",
        base_url="https://news.example",
    )


def validator() -> Draft202012Validator:
    path = SCHEMAS / "ninjs-schema_3.1.json"
    if not path.exists():
        pytest.skip("the IPTC's schema files are not here")
    schema = json.loads(path.read_text())
    geo = Resource.from_contents(json.loads((SCHEMAS / "GeoJSON-schema.json").read_text()))
    registry: Registry[Any] = Registry().with_resource("https://geojson.org/schema/GeoJSON.json", geo)
    return Draft202012Validator(schema, registry=registry, format_checker=FormatChecker())


@pytest.mark.parametrize("story", [
    STORY,
    StoryDocument(id="01", version=1, revision=1, published_at=AT, updated_at=AT, day=date(2026, 11, 24), headline="h"),
    StoryDocument(id="01", version=1, revision=2, published_at=AT, updated_at=AT, day=date(2026, 11, 24),
                  withdrawn=True, notice="It was another bridge."),
    replace(STORY, ninjs={
        "usageTerms": "Not in print.", "altIds": [{"role": "guid", "value": "x"}], "title": "A title",
        "rightsInfo": {"encodedRights": "all"}, "expires": "2199-01-01T00:00:00Z", "genres": [{"name": "Current"}],
        "renditions": [{"name": "pdf", "href": "https://example.org/a.pdf", "sizeInBytes": 12}],
    }),
], ids=["full", "bare", "withdrawn", "with more"])  # fmt: skip
def test_what_is_written_is_valid(story: StoryDocument) -> None:
    errors = [f"{list(error.absolute_path)}: {error.message}" for error in validator().iter_errors(written(story))]
    assert not errors


def test_the_schema_would_see_a_mistake() -> None:
    assert list(validator().iter_errors({**written(STORY), "headline": "x"}))


def test_what_is_written_names_terms_by_their_pages() -> None:
    object_ = written(STORY)
    assert object_["people"] == [{"name": "Ann Lee", "rel": "about", "uri": "https://news.example/people/ann-lee"}]
    assert [one["name"] for one in object_["subjects"]] == ["News", "Bridges"]
    assert object_["bodies"][1]["charCount"] == len(STORY.body_text)


def test_a_withdrawn_story_says_only_that() -> None:
    object_ = written(StoryDocument(id="01", version=1, revision=2, published_at=AT, updated_at=AT,
                                    day=date(2026, 11, 24), withdrawn=True, notice="Wrong."))  # fmt: skip
    assert (object_["pubStatus"], object_["edNote"]) == ("canceled", "Wrong.")
    assert "headlines" not in object_


def test_what_was_written_is_read_again() -> None:
    read = NinjsStory(written(STORY)).fields
    assert read["headline"] == "Bridge opens"
    assert read["body_html"] == "<p>It is open.</p>"
    assert (read["byline"], read["source"], read["place"], read["urgency"]) == ("Rita", "Agency", "Brest", 3)
    assert read["published_at"] == AT.isoformat()
    assert read["images"] == [
        {"url": "https://example.org/a.jpg", "alt": "The bridge", "credit": "Otto", "caption": "Today"}
    ]
    assert read["external_id"] == "tag:news.example,2026:stories/01kb"


def test_version_2_is_read_by_its_lower_case_names() -> None:
    read = NinjsStory({
        "uri": "tag:1", "versioncreated": "2026-11-24T09:00:00Z", "embargoed": "2026-12-01T00:00:00Z",
        "bodies": [{"contenttype": "text/plain", "value": "Open."}, {"contenttype": "text/html", "value": "<p>x</p>"}],
        "headlines": [{"role": "alternative", "value": "Second"}, {"value": "First"}],
        "infosources": [{"name": "Agency"}], "ednote": "A word", "pubstatus": "usable",
    })  # fmt: skip
    assert read.fields == {
        "external_id": "tag:1", "headline": "First", "body_html": "<p>x</p>", "source": "Agency",
        "published_at": "2026-11-24T09:00:00Z", "embargo_until": "2026-12-01T00:00:00Z",
    }  # fmt: skip
    assert read.pointer("/headline") == "/headlines/1/value"


@pytest.mark.parametrize(
    ("sent", "pointer"),
    [
        ([], ""),
        ({}, "/uri"),
        ({"uri": "a", "body_html": "x"}, "/body_html"),
        ({"uri": "a", "type": "video"}, "/type"),
        ({"uri": "a", "pubStatus": "cancelled"}, "/pubStatus"),
        ({"uri": "a", "headlines": "x"}, "/headlines"),
        ({"uri": "a", "headlines": ["x"]}, "/headlines/0"),
        ({"uri": "a", "by": "A", "By": "B"}, "/By"),
        ({"uri": "a", "headlines": [{"value": "A", "Value": "B"}]}, "/headlines/0/Value"),
    ],
)
def test_what_is_no_news_text_is_refused(sent: Any, pointer: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        NinjsStory(sent)
    assert refused.value.errors[0].pointer == pointer
