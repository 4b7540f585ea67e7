"""Which body and headline of a ninjs object is meant, and what the IPTC's schema forbids at any depth."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from dateline.errors import InvalidInput
from dateline.formats.ninjs import NinjsStory, held_addresses, next_picture_time, public_members
from dateline.formats.ninjs.schema import errors_in, structure

FAULTS = Path(__file__).resolve().parents[1] / "faults"
SCHEMAS = Path(__file__).resolve().parents[2].parent / "shared" / "ninjs"
NOW = datetime(2026, 11, 1, tzinfo=UTC)
PLAIN = {"role": "main", "contentType": "text/plain", "value": "It is open."}


def read(**members: Any) -> dict[str, Any]:
    """The fields of a story of these members, which has a headline and a body if they name none."""
    return NinjsStory({"uri": "urn:x", "headlines": [{"value": "Bridge"}], "bodies": [PLAIN], **members}).fields


def fault(name: str) -> Any:
    return json.loads((FAULTS / name).read_text())


def refused(sent: Any) -> list[tuple[str, str]]:
    with pytest.raises(InvalidInput) as refusal:
        NinjsStory(sent)
    return [(error.pointer, error.detail) for error in refusal.value.errors]


def body(value: str, **members: str) -> dict[str, str]:
    return {"value": value, **members}


def test_the_inputs_of_reported_faults() -> None:
    assert NinjsStory(fault("13a-teaser-before-main.json")).fields["body_html"] == "<p>The main body.</p>"
    assert NinjsStory(fault("13b-charset-parameter.json")).fields["body_html"] == "<p>Body.</p>"
    assert refused(fault("14a-association-unknown-field.json")) == [("/associations/0/colour", "Unknown.")]
    assert refused(fault("14b-subject-misspelt.json")) == [("/subjects/0/nmae", "Unknown.")]


@pytest.mark.parametrize(
    ("bodies", "field", "value"),
    [
        ([body("T", role="teaser"), body("M", role="MAIN")], "body_text", "M"),
        ([body("<p>T</p>", role="summary", contentType="text/html"), body("M")], "body_text", "M"),
        ([body("C", role="caption"), body("S", role="sidebar")], "body_text", "S"),
        ([body("T", role="teaser")], "body_text", "T"),
        ([body(" ", role="main"), body("M", role="body")], "body_text", "M"),
        ([body("M", role="main"), body("<p>H</p>", role="main", contentType="text/html")], "body_html", "<p>H</p>"),
        ([body("M", role="main"), body("<p>H</p>", role="web", contentType="text/html")], "body_text", "M"),
        ([body("<p>x</p>", contentType="Text/HTML ;charset=UTF-8")], "body_html", "<p>x</p>"),
        ([body("<p>x</p>", contentType="application/xhtml+xml; charset=utf-8")], "body_html", "<p>x</p>"),
        (
            [
                body(
                    '<p><b class="x"/>a<br/><img src="https://a.b/c"/><a name=\'y\' />b<hr /></p>',
                    contentType="application/xhtml+xml",
                )
            ],
            "body_html",
            '<p><b class="x"/>a<br/><img src="https://a.b/c"/><a name=\'y\' />b<hr /></p>',
        ),
        ([body("x", contentType="text/plain; format=flowed")], "body_text", "x"),
        ([body("<p>Tea &amp; <b>cake</b><br>now</p>")], "body_html", "<p>Tea &amp; <b>cake</b><br>now</p>"),
        ([body("a <b> c & 5 < 6")], "body_text", "a <b> c & 5 < 6"),
        ([body("Tea &amp; cake&#8217;s &copy=1")], "body_text", "Tea & cake’s &copy=1"),
        ([body("<p>x &amp;</p>", contentType="text/plain")], "body_text", "<p>x &amp;</p>"),
        ([body("See https://www.google.com/url?q=https://a.b/c&sa=D.")], "body_text", "See https://a.b/c."),
        ([body("# x", role="main", contentType="text/markdown"), body("y", role="print")], "body_text", "y"),
        ([body("<nitf/>", role="main", contentType="application/nitf+xml"), body("y")], "body_text", "y"),
    ],
)
def test_which_body_is_meant(bodies: list[dict[str, str]], field: str, value: str) -> None:
    fields = read(bodies=bodies)
    assert {name: fields[name] for name in ("body_text", "body_html") if name in fields} == {field: value}


def test_a_content_type_that_is_no_text_is_named() -> None:
    bodies = [{"contentType": "application/pdf", "value": "JVBERi0"}]
    assert refused({"uri": "urn:x", "headlines": [{"value": "x"}], "bodies": bodies}) == [
        ("/bodies/0/contentType", "Must be text/plain, text/html or application/xhtml+xml.")
    ]
    lower = {"uri": "urn:x", "bodies": [{"contenttype": "image/png", "value": "x"}], "versioncreated": "2026-05-01T10Z"}
    assert refused(lower)[0][0] == "/bodies/0/contenttype"


@pytest.mark.parametrize(
    ("headlines", "expected"),
    [
        ([{"role": "sub", "value": "Sub"}, {"role": "main", "value": "Main"}], "Main"),
        ([{"role": "seo", "value": "Seo"}, {"value": "None"}], "None"),
        ([{"contentType": "text/html; charset=utf-8", "value": "<b>Bridge</b> &amp; <i>road</i><br>open"}],
         "Bridge & road open"),
        ([{"contentType": "application/xhtml+xml", "value": "<p>One</p>"}], "One"),
        ([{"contentType": "text/plain", "value": "a <b> c"}], "a <b> c"),
        ([{"contentType": "text/plain", "value": "Tea &amp; cake"}], "Tea &amp; cake"),
        ([{"value": "Tea &amp; cake&#8217;s"}], "Tea & cake’s"),
        ([{"value": "Tea <i>&amp;</i> cake"}], "Tea & cake"),
        ([{"contentType": "application/rtf", "value": "{\\rtf"}], "Titled"),
        ([{"role": "main", "value": ""}, {"role": "hl2", "value": "Second"}], "Second"),
    ],
)  # fmt: skip
def test_which_headline_is_meant(headlines: list[dict[str, str]], expected: str) -> None:
    assert read(headlines=headlines, title="Titled")["headline"] == expected


def test_html_in_other_texts_is_read_as_html() -> None:
    described = [{"contentType": "text/html", "value": "<p>One.</p><p>Two.</p>"}]
    picture = {"name": "p", "uri": "urn:p", "type": "picture",
               "renditions": [{"name": "r", "href": "https://a.b/c"}], "descriptions": described,
               "headlines": [{"contentType": "text/html", "value": "<b>Alt</b>"}]}  # fmt: skip
    fields = read(descriptions=described, associations=[picture])
    assert fields["summary"] == "One.\n\nTwo."
    assert fields["images"] == [{"url": "https://a.b/c", "alt": "Alt", "caption": "One.\n\nTwo."}]


def test_a_video_of_a_picture_is_not_its_largest_rendition() -> None:
    picture = {"name": "p", "uri": "urn:p", "type": "picture", "renditions": [
        {"name": "a", "href": "https://a.b/c.jpg", "contentType": "image/jpeg", "width": 1000},
        {"name": "b", "href": "https://a.b/c.mp4", "contentType": "video/mp4", "width": 4000},
    ]}  # fmt: skip
    assert read(associations=[picture])["images"] == [{"url": "https://a.b/c.jpg"}]


def picture(**members: Any) -> dict[str, Any]:
    rendition = {"name": "r", "href": "https://a.b/c.jpg"}
    return {"name": "p", "uri": "urn:p", "type": "picture", "renditions": [rendition], **members}


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ({"pubStatus": "canceled"}, "This picture is canceled"),
        ({"pubStatus": "withheld"}, "This picture is withheld"),
        ({"embargoedUntil": "2190-01-01T00:00:00Z"}, "This picture is held: it is shown from 2190-01-01T00:00:00Z on"),
        ({"expires": "2020-01-01T00:00:00Z"}, "This picture's time is over"),
    ],
)
def test_a_picture_that_may_not_be_shown_now_is_held_and_the_notes_say_so(said: dict[str, str], why: str) -> None:
    sent = {"uri": "urn:x", "headlines": [{"value": "Bridge"}], "bodies": [PLAIN], "associations": [picture(**said)]}
    story = NinjsStory(sent)
    assert [(note.pointer, note.detail.startswith(why)) for note in story.notes] == [("/associations/0", True)]
    assert held_addresses(story.kept, NOW) == {"https://a.b/c.jpg"}
    assert "associations" not in public_members(story.kept)


def test_a_held_picture_is_shown_in_its_time() -> None:
    times = {"embargoed": "2026-11-02T10:00:00+03:00", "expires": "2026-11-09T00:00:00Z"}
    lower = [{"name": "p", "uri": "urn:p", "type": "picture", "renditions": [{"name": "r", "href": "https://a.b/c"}]}]
    sent = {"uri": "urn:x", "versioncreated": "2026-11-01T10:00:00Z", "bodies": [{"value": "x"}],
            "associations": [{**lower[0], **times}]}  # fmt: skip
    story = NinjsStory(sent)
    assert story.fields["images"] == [{"url": "https://a.b/c"}]
    begin, end = datetime(2026, 11, 2, 7, tzinfo=UTC), datetime(2026, 11, 9, tzinfo=UTC)
    assert next_picture_time(story.kept, NOW) == begin
    assert not held_addresses(story.kept, begin)
    assert next_picture_time(story.kept, begin) == end
    assert held_addresses(story.kept, end) == {"https://a.b/c"}
    assert next_picture_time(story.kept, end) is None


def test_a_picture_that_is_withheld_is_not_taken() -> None:
    pictures = [
        picture(pubStatus=status, renditions=[{"name": "r", "href": f"https://a.b/{status}"}])
        for status in ("canceled", "withheld", "usable")
    ]
    assert read(associations=pictures)["images"] == [{"url": "https://a.b/usable"}]


def rendition(href: str, width: int, media: str = "", name: str = "r", **more: Any) -> dict[str, Any]:
    found = {"name": name, "href": f"https://a.b/{href}", "width": width, **more}
    return {**found, "contentType": media} if media else found


@pytest.mark.parametrize(
    ("renditions", "chosen"),
    [
        ([rendition("a.jpg", 1000, "image/jpeg"), rendition("b.tif", 6000, "image/tiff")], "a.jpg"),
        ([rendition("a.JPG?v=1", 1000), rendition("b.eps", 6000), rendition("c.psd", 5000)], "a.JPG?v=1"),
        ([rendition("a", 1000, "image/webp; q=1"), rendition("b.dng", 6000, "application/octet-stream")], "a"),
        ([rendition("a.jpg", 1000), rendition("b.m3u8", 3000, "application/x-mpegURL")], "a.jpg"),
        ([rendition("a", 1000, "IMAGE/JPEG"), rendition("b", 6000, "image/vnd.adobe.photoshop")], "a"),
        ([rendition("a.heic", 1000), rendition("b.avif", 500)], "b.avif"),
        ([rendition("t.jpg", 4000, name="thumbnail"), rendition("a.jpg", 800, name="web")], "a.jpg"),
        ([rendition("c.jpg", 4000, name="crop-4:3-4000"), rendition("a.jpg", 800, name="whole-800")], "a.jpg"),
        ([rendition("t.jpg", 4000, title="Watermarked preview"), rendition("a.jpg", 800)], "a.jpg"),
        ([rendition("t.jpg", 100, name="Thumb")], "t.jpg"),
        ([rendition("a", 900), rendition("b", 2000, format="tiff")], "a"),
    ],
)  # fmt: skip
def test_the_largest_rendition_that_browsers_show_is_the_picture(renditions: list[dict[str, Any]], chosen: str) -> None:
    assert read(associations=[picture(renditions=renditions)])["images"] == [{"url": f"https://a.b/{chosen}"}]


@pytest.mark.parametrize(
    ("href", "url"), [("//a.b/c.jpg", "https://a.b/c.jpg"), (" https://a.b/c d.jpg", "https://a.b/c%20d.jpg")]
)
def test_the_address_of_a_picture_is_one_to_follow(href: str, url: str) -> None:
    assert read(associations=[picture(renditions=[{"name": "r", "href": href}])])["images"] == [{"url": url}]


@pytest.mark.parametrize("href", ["https://a.b/c.tif", "/c.jpg", "file:///c.jpg", "c.jpg"])
def test_a_picture_without_such_a_rendition_is_named(href: str) -> None:
    pictures = [picture(renditions=[{"name": "r", "href": href}])]
    story = NinjsStory({"uri": "urn:x", "headlines": [{"value": "x"}], "bodies": [PLAIN], "associations": pictures})
    assert "images" not in story.fields
    assert [note.pointer for note in story.notes] == ["/associations/0"]


def test_a_teaser_is_the_summary_of_a_story_without_one() -> None:
    bodies = [PLAIN, {"role": "teaser", "contentType": "text/html", "value": "<p>A teaser.</p>"}]
    assert read(bodies=bodies)["summary"] == "A teaser."
    assert read(bodies=bodies, descriptions=[{"value": "Described."}])["summary"] == "Described."


@pytest.mark.parametrize(
    ("members", "pointers"),
    [
        ({"bodies": [{**PLAIN, "wordcount": 3}], "by": "A"}, ["/bodies/0/wordcount"]),
        ({"places": [{"name": "x", "geoJSON": {"type": "Point", "any": 1}}], "firstCreated": "x"}, ["/firstCreated"]),
        ({"pubStatus": "cancelled"}, ["/pubStatus"]),
        ({"urgency": 12, "firstCreated": "2026-05-01T10:00:00Z"}, ["/urgency"]),
        ({"infoSources": [{"contactInfo": [{"name": "x"}]}]}, ["/infoSources/0/contactInfo/0"]),
        ({"headlines": [{"role": "main"}]}, ["/headlines/0/value"]),
        ({"associations": [{"uri": "urn:p", "renditions": [{"name": "r", "size": 1}]}]},
         ["/associations/0/name", "/associations/0/renditions/0/size"]),
        ({"associations": [{"name": "a", "uri": "urn:a", "associations": [{"name": "b", "uri": "urn:b", "x/y": 1}]}]},
         ["/associations/0/associations/0/x~1y"]),
        ({"expires": "tomorrow", "genres": ["news"]}, ["/expires", "/genres/0"]),
        ({"subjects": [{"name": None}], "people": {}}, ["/people", "/subjects/0/name"]),
        ({"versioncreated": "2026-05-01T10:00:00Z", "pubStatus": "usable"}, ["/versioncreated"]),
        ({"versioncreated": "2026-05-01T10:00:00Z", "infosources": [{"title": "x"}]}, ["/infosources/0/title"]),
    ],
)  # fmt: skip
def test_what_the_schema_forbids_is_named_at_any_depth(members: dict[str, Any], pointers: list[str]) -> None:
    lower = all(name.islower() for name in members)
    bodies = [{"value": "It is open."}] if lower else [PLAIN]
    sent = {"uri": "urn:x", "headlines": [{"value": "Bridge"}], "bodies": bodies, **members}
    assert sorted(pointer for pointer, _ in refused(sent)) == pointers


def test_an_object_nested_as_deep_as_json_may_be_is_read() -> None:
    inner: dict[str, Any] = {"name": "a", "uri": "urn:a", "colour": "red"}
    for _ in range(48):
        inner = {"name": "a", "uri": "urn:a", "associations": [inner]}
    sent = {"uri": "urn:x", "headlines": [{"value": "Bridge"}], "bodies": [PLAIN], "associations": [inner]}
    assert refused(sent) == [("/associations/0" * 49 + "/colour", "Unknown.")]


def test_version_2_is_read_by_its_own_names() -> None:
    fields = read(
        bodies=[{"contenttype": "text/html; charset=utf-8", "value": "<p>x</p>"}], embargoed="2026-12-01T00:00:00Z",
        places=[{"name": "Brest", "geojson": {"type": "Point", "wordCount": 1}}],
    )  # fmt: skip
    assert (fields["body_html"], fields["embargo_until"]) == ("<p>x</p>", "2026-12-01T00:00:00Z")
    assert fields["keywords"] == ["Brest"]


@pytest.mark.parametrize("version", ["2.1", "3.1"])
def test_the_shipped_structure_is_the_published_one(version: Any) -> None:
    path = SCHEMAS / f"ninjs-schema_{version}.json"
    if not path.exists():
        pytest.skip("the IPTC's schema files are not here")
    published = json.loads(path.read_text())
    members = published["$defs"]["ninjsType"]["properties"]
    assert set(structure(version)["properties"]) == set(members)
    assert not {"title", "description", "$comment"} & set(structure(version))
    assert errors_in({"uri": "urn:x", "x": 1}, version)
