"""The rows of pictures in a form: what is typed into them, in their order, and what is kept of it between pages."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.errors import FieldError
from dateline_ingest.desk.forms.picture_rows import (
    PictureRow,
    images_json,
    images_text,
    row_errors,
    rows_of,
    text_of,
    without_rows,
)

BOAT = "01hzy3v7k8m9npqrstvwxyz012"
PIER = "01hzy3v7k8m9npqrstvwxyz013"
AWAY = "https://x.example/a.jpg"

texts = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Zl", "Zp"]), max_size=8).map(str.strip)
rows = st.builds(
    PictureRow, address=st.sampled_from([AWAY, f"image:{BOAT}"]), alt=texts, credit=texts,
    caption=st.lists(texts, max_size=3).map("\n".join).map(str.strip), lead=st.booleans(), decorative=st.booleans(),
)  # fmt: skip


@given(st.lists(rows, max_size=4))
def test_the_text_says_what_the_rows_do(typed: list[PictureRow]) -> None:
    assert rows_of(text_of(typed)) == typed


@pytest.mark.parametrize(
    ("line", "image"),
    [
        (f"{AWAY} | A boat | Otto | At noon", {"url": AWAY, "alt": "A boat", "credit": "Otto", "caption": "At noon"}),
        (f"{AWAY} | | | At noon | or later", {"url": AWAY, "caption": "At noon | or later"}),
        (f"{AWAY} | | | | lead decorative", {"url": AWAY, "lead": True, "decorative": True}),
        (f"image:{BOAT} | A boat", {"id": BOAT, "alt": "A boat"}),
        ("| A boat", {"url": "", "alt": "A boat"}),
        (AWAY, {"url": AWAY}),
    ],
)
def test_a_line_is_a_picture(line: str, image: dict[str, Any]) -> None:
    assert images_json(line) == [image]
    assert images_json(images_text([image])) == [image]


def typed(*rows: dict[str, str]) -> dict[str, str]:
    return {f"picture_{number}_{name}": value for number, row in enumerate(rows) for name, value in row.items()}


def order_of(*numbers: str) -> str:
    """Which of the pictures a, b, c … come in which order when they are given these numbers."""
    rows = ({"address": chr(ord("a") + place), "order": number} for place, number in enumerate(numbers))
    return without_rows(typed(*rows))["images"].replace("\n", "")


@pytest.mark.parametrize(
    ("numbers", "order"),
    [
        (("1", "2", "3"), "abc"), (("1", "2", "1"), "cab"), (("3", "2", "3"), "bca"), (("1", "1", "3"), "bac"),
        (("3", "1", "2"), "bca"), (("1", "", "3"), "acb"), (("x", "2", "3"), "bca"), (("9", "2", "3"), "bca"),
    ],
)  # fmt: skip
def test_a_row_that_is_given_anothers_number_takes_its_place(numbers: tuple[str, ...], order: str) -> None:
    assert order_of(*numbers) == order


def test_rows_go_into_the_field_that_keeps_them() -> None:
    sent = typed(
        {"address": f"image:{BOAT}", "alt": "A boat", "order": "1", "lead": "1"},
        {"address": AWAY, "alt": "Not any more", "order": "2", "gone": "1"},
        {"address": "", "alt": "", "caption": " "},
    )
    kept = without_rows({**sent, "headline": "Boats", "images": "https://older.example", f"pick:{PIER}": "1"})
    assert kept == {"headline": "Boats", "images": f"image:{BOAT} | A boat |  |  | lead\nimage:{PIER}"}


def test_a_picture_that_is_there_is_not_picked_again() -> None:
    assert without_rows({"images": f"image:{BOAT} | A boat", f"pick:{BOAT}": "1"})["images"] == f"image:{BOAT} | A boat"


@pytest.mark.parametrize("address", [BOAT, f"/pictures/{BOAT}", f"https://desk.example/pictures/{BOAT}/"])
def test_a_picture_of_the_newsroom_is_named_by_its_id_or_its_page(address: str) -> None:
    assert images_json(without_rows(typed({"address": address}))["images"]) == [{"id": BOAT}]


def test_what_is_wrong_stands_at_its_field() -> None:
    errors = [FieldError("/images/1/alt", "a"), FieldError("/images/0/id", "b"), FieldError("/images/200/alt", "c"),
              FieldError("/images", "d"), FieldError("/headline", "e")]  # fmt: skip
    assert [error.pointer for error in row_errors(errors)] == [
        "/picture_1_alt", "/picture_0_address", "/images/200/alt", "/images", "/headline",
    ]  # fmt: skip
