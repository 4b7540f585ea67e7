"""What readers get of the pictures beside a text and in it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from dateline.domain.document import StoryDocument
from dateline.domain.enrichment import compact, enrichment_of, from_compact
from dateline.domain.html import text_of
from dateline.domain.picture import FocalPoint, MadePicture, Picture, ReadyPicture
from dateline.domain.picture_rights import shown_at
from dateline.domain.shown_pictures import (
    picture_ids,
    pictured_place,
    public_images,
    text_with_pictures,
    usable_images,
    with_pictures_in_text,
    without_images,
)
from dateline.domain.story import Image
from dateline.domain.tag import Evidence, Tag

NOON = datetime(2026, 12, 5, 12, tzinfo=UTC)
ID, OTHER = "0" * 26, "1" * 26
FIGURE = f'<figure><img data-image="{ID}" alt="A &quot;gate&quot;"><figcaption>Said</figcaption></figure>'


def ready(id: str = ID, *, public: bool = True, **more: object) -> ReadyPicture:
    said = {"alt": "Own", "caption": "Own words", "credit": "Ann"} | more
    picture = Picture(sha256="a" * 64, media_type="image/jpeg", width=1000, height=800, size=1, **said)  # type: ignore[arg-type]
    made = MadePicture(focal=FocalPoint(10, 20), likeness=7, jpeg_size=99)
    return ReadyPicture(id=id, picture=picture, made=made, public=public)


def test_ids_are_found_beside_a_text_and_in_it_once_each() -> None:
    payload = {"images": [{"url": "https://a.example/1.jpg"}, {"id": OTHER}], "body_html": f"<p>a</p>{FIGURE}{FIGURE}"}
    assert picture_ids(payload) == (OTHER, ID)
    assert picture_ids({"image": {"id": ID}}) == (ID,)
    assert picture_ids({"body_html": f"<IMG alt=x DATA-IMAGE = '{ID}'>"}) == (ID,)
    assert picture_ids({"body_text": 'data-image="nothing"'}) == ()


def test_words_of_a_use_come_before_the_pictures_own() -> None:
    [own] = public_images([Image(id=ID)], "", {ID: ready()}, NOON)
    assert (own.alt, own.caption, own.credit, own.url) == ("Own", "Own words", "Ann", f"/media/{'a' * 64}/960.jpg")
    assert (own.width, own.height, own.focal, own.jpeg_size) == (1000, 800, FocalPoint(10, 20), 99)
    [told] = public_images([Image(id=ID, alt="Here", caption="C", credit="B", lead=True)], "", {ID: ready()}, NOON)
    assert (told.alt, told.caption, told.credit, told.lead) == ("Here", "C", "B", True)
    [decorative] = public_images([Image(id=ID, decorative=True)], "", {ID: ready()}, NOON)
    assert (decorative.alt, decorative.decorative) == ("", True)


def test_a_focal_point_set_by_hand_wins_over_the_guess() -> None:
    [image] = public_images([Image(id=ID)], "", {ID: ready(focal=FocalPoint(90, 90))}, NOON)
    assert image.focal == FocalPoint(90, 90)


def test_what_is_not_ready_or_has_no_rights_is_left_out() -> None:
    hour = timedelta(hours=1)
    for one in (ready(public=False), ready(usable_from=NOON + hour), ready(usable_until=NOON)):
        assert public_images([Image(id=ID)], FIGURE, {ID: one}, NOON) == ()
    assert public_images([Image(id=ID)], FIGURE, {}, NOON) == ()
    images = public_images([Image(id=ID)], "", {ID: ready(usable_until=NOON + hour)}, NOON)
    assert (len(usable_images(images, NOON)), usable_images(images, NOON + hour)) == (1, ())


def test_pictures_of_others_stay_where_they_are() -> None:
    [image] = public_images([Image(url="https://a.example/1.jpg", alt="x")], "", {}, NOON)
    assert (image.url, image.alt, image.id) == ("https://a.example/1.jpg", "x", "")


def test_a_figure_gets_its_address_or_goes() -> None:
    html = f"<p>Before</p>{FIGURE}<p>After</p>"
    images = public_images([], html, {ID: ready()}, NOON)
    assert [image.in_text for image in images] == [True]
    shown = with_pictures_in_text(html, images)
    assert f'src="/media/{"a" * 64}/960.jpg" alt="A &quot;gate&quot;" width="960" height="768"' in shown
    assert "<figcaption>Said</figcaption>" in shown
    assert with_pictures_in_text(html, ()) == "<p>Before</p><p>After</p>"
    assert without_images(shown, {ID}, images) == "<p>Before</p><p>After</p>"
    assert without_images(shown, {OTHER}, images) == shown


def test_a_figure_that_goes_takes_no_other_with_it() -> None:
    other = FIGURE.replace(ID, OTHER)
    images = public_images([], FIGURE + other, {OTHER: ready(OTHER)}, NOON)
    shown = with_pictures_in_text(f"{FIGURE}<p>Between</p>{other}", images)
    assert shown.startswith("<p>Between</p><figure>")
    assert OTHER in shown and ID not in shown


def test_pictures_are_kept_with_what_readers_got() -> None:
    images = public_images([Image(id=ID)], "", {ID: ready(usable_until=NOON + timedelta(days=1))}, NOON)
    document = StoryDocument(
        id="s", version=1, revision=1, published_at=NOON, updated_at=NOON, day=NOON.date(), images=images
    )
    kept = enrichment_of(document)
    assert kept is not None
    assert from_compact(compact(kept)).images == images


def test_figures_in_one_another_stay_whole_and_one_with_a_picture_to_show_is_kept() -> None:
    images = public_images((), FIGURE, {ID: ready()}, NOON)
    both = f'<figure><img data-image="{OTHER}"><img data-image="{ID}"></figure>'
    nested = f"<figure>{FIGURE}<p>after</p></figure>"
    assert with_pictures_in_text(nested, ()) == "<figure><p>after</p></figure>"
    assert with_pictures_in_text(both, images).count("<img") == 1
    assert with_pictures_in_text(both, images).startswith("<figure><img src=")
    assert with_pictures_in_text(f"<figure>x</figure>{both}", ()) == "<figure>x</figure>"


@pytest.mark.timeout(5)
def test_a_long_text_of_figures_in_one_another_is_read_once() -> None:
    long = "<figure>" * 190 + "y " * 450_000 + "</figure>" * 190
    assert with_pictures_in_text(long + FIGURE, ()) == long


def test_a_caption_goes_with_its_picture() -> None:
    html = f"<p>Before</p>{FIGURE}<p>In Brest</p>"
    images = public_images([], html, {ID: ready(usable_until=NOON + timedelta(hours=1))}, NOON)
    whole = text_of(html)
    assert text_with_pictures(html, whole, images) == whole == "Before\n\nSaid\n\nIn Brest"
    assert text_with_pictures(html, whole, ()) == "Before\n\nIn Brest"
    plain = "<p>data-image is plain</p>"
    assert text_with_pictures(plain, "  data-image is plain", ()) == "  data-image is plain"


def test_no_word_of_a_caption_is_left_when_the_rights_end() -> None:
    html = f"<p>Minsk</p>{FIGURE}<p>In Brest</p>"
    end = NOON + timedelta(hours=1)
    images = public_images([], html, {ID: ready(usable_until=end)}, NOON)
    text = text_of(html)
    places = [
        Evidence("body_text", text.index(name), text.index(name) + 5, name, "label") for name in ("Minsk", "Brest")
    ]
    tag = Tag(type="place", slug="x", label="X", score=1.0, source="machine", evidence=tuple(places))
    document = StoryDocument(
        id="s", version=1, revision=1, published_at=NOON, updated_at=NOON, day=NOON.date(), tags=(tag,), images=images,
        body_html=with_pictures_in_text(html, images), body_text=text,
    )  # fmt: skip
    shown = shown_at(document, end)
    assert (shown.body_html, shown.body_text) == ("<p>Minsk</p><p>In Brest</p>", "Minsk\n\nIn Brest")
    assert shown.tags == (tag._replace(evidence=(places[0],)),)
    assert shown_at(document, NOON) == document


def test_a_storys_pictures_were_taken_where_the_first_that_says_so_was() -> None:
    pictures = {ID: ready(place="Brest").picture, OTHER: ready(place="Minsk").picture}
    images = [Image(url="https://a.example/1.jpg"), Image(id=ID), Image(id=OTHER, lead=True)]
    assert pictured_place(images, pictures) == "Minsk"
    assert pictured_place(images[:2], pictures) == "Brest"
    assert pictured_place([Image(id=ID, in_text=True), Image(id=OTHER)], {ID: pictures[ID]}) == ""
