"""What a picture's renditions are called and how large they are; until when its rights let readers see it."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from dateline.domain.picture import FocalPoint, Picture, crop_size, largest_jpeg, renditions, sizes

NOON = datetime(2026, 12, 5, 12, tzinfo=UTC)


def test_every_crop_is_made_in_its_widths_and_every_format() -> None:
    made = list(renditions(4000, 3000, FocalPoint(30, 70)))
    assert len(made) == (5 + 3 * 4) * 3
    assert len({one.name for one in made}) == len(made)
    assert "640-16x9-30x70.webp" in {one.name for one in made}
    assert "1920.avif" in {one.name for one in made}


@pytest.mark.parametrize("size", [(1, 1), (1, 900), (900, 1), (200, 150), (319, 5000), (5000, 319), (1919, 1080)])
def test_no_rendition_is_larger_than_the_picture(size: tuple[int, int]) -> None:
    for one in renditions(*size, FocalPoint()):
        across, down = crop_size(*size, one.crop)
        assert 1 <= one.width <= across <= size[0]
        assert 1 <= one.height <= max(1, down) <= max(1, size[1])


def test_a_small_picture_keeps_its_width() -> None:
    assert sizes(200, 150, "") == [(200, 150)]


def test_the_largest_jpeg_stands_for_the_picture() -> None:
    assert largest_jpeg(4000, 3000).name == "1920.jpg"
    assert largest_jpeg(1000, 3000, "1:1", FocalPoint(1, 2)).name == "960-1x1-1x2.jpg"


def test_rights_begin_and_end_at_their_times() -> None:
    later = NOON.replace(hour=13)
    picture = Picture(
        sha256="0" * 64, media_type="image/jpeg", width=1, height=1, size=1, usable_from=NOON, usable_until=later
    )
    assert [picture.is_usable(NOON.replace(hour=hour)) for hour in (11, 12, 13)] == [False, True, False]
    assert picture.next_change(NOON.replace(hour=11)) == NOON
    assert picture.next_change(NOON) == later
    assert picture.next_change(later) is None
