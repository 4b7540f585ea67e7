"""An editor's steps on a front that isn't saved yet, what is typed of it, and what changed in words."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

import pytest
from werkzeug.datastructures import MultiDict

from dateline.domain.front import MOST_SECOND, BreakingLine, Placement
from dateline.errors import InvalidInput
from dateline_ingest.desk.front.change_words import change_words
from dateline_ingest.desk.front.placement_form import FrontForm
from dateline_ingest.desk.front.steps import Step, stepped

MINSK: Final = ZoneInfo("Europe/Minsk")
NOON: Final = datetime(2026, 12, 5, 9, 2, tzinfo=UTC)
FIRE: Final = BreakingLine(text="Fire.", until=NOON)
PLACED: Final = Placement(lead="a", second=("b", "c"), hidden=("x",))
ROW: Final = ("b", "c", "d", "e")
"""What the page shows: ``d`` and ``e`` are the formula's own."""


@pytest.mark.parametrize(
    ("said", "lead", "second", "hidden"),
    [
        ("lead c", "c", "ab", "x"),
        ("lead a", "a", "bc", "x"),
        ("lead x", "x", "abc", ""),
        ("second d", "a", "bcd", "x"),
        ("second a", "", "bca", "x"),
        ("second x 0", "a", "xbc", ""),
        ("second e 3", "a", "bcde", "x"),
        ("second z 3", "a", "bcdz", "x"),
        ("hide b", "a", "c", "xb"),
        ("release a", "", "bc", "x"),
        ("release x", "a", "bc", ""),
        ("up c", "a", "cb", "x"),
        ("up b", "b", "ac", "x"),
        ("up e", "a", "bce", "x"),
        ("up z", "a", "bcz", "x"),
        ("down b", "a", "cb", "x"),
        ("down d", "a", "bced", "x"),
        ("down e", "a", "bc", "x"),
        ("down a", "b", "ac", "x"),
    ],
)
def test_a_step(said: str, lead: str, second: str, hidden: str) -> None:
    step = Step.of(said)
    assert step
    assert stepped(PLACED, step, ROW) == replace(PLACED, lead=lead, second=tuple(second), hidden=tuple(hidden))


def test_a_full_row_lets_its_last_go() -> None:
    full = replace(PLACED, second=tuple("bcdefg"))
    assert len(full.second) == MOST_SECOND
    assert stepped(full, Step(action="second", story="z", at=2)).second == tuple("bczdef")
    assert stepped(full, Step(action="second", story="z")).second == tuple("bcdefz")
    assert stepped(full, Step(action="lead", story="z")).second == tuple("abcdef")


def test_what_is_no_step() -> None:
    assert Step.of("save") is Step.of("look") is Step.of("end until tonight") is Step.of("lead ") is None


def words(before: Placement, after: Placement) -> tuple[str, ...]:
    return change_words(before, after, str.upper, lambda moment: f"{moment.astimezone(MINSK):%H:%M}")


@pytest.mark.parametrize(
    ("after", "said"),
    [
        (PLACED, ["changed nothing"]),
        (replace(PLACED, lead="d"), ["put ‘D’ on top"]),
        (replace(PLACED, lead="d", until=NOON), ["put ‘D’ on top until 12:02"]),
        (replace(PLACED, lead=""), ["took ‘A’ from the top"]),
        (replace(PLACED, lead="", second=("a", "b", "c")), ["put ‘A’ in place 1 of the second row"]),
        (replace(PLACED, second=("c",)), ["took ‘B’ out of the second row"]),
        (replace(PLACED, second=("c", "b")), ["moved ‘C’ to place 1 of the second row"]),
        (replace(PLACED, second=("b",), hidden=("x", "c")), ["hid ‘C’"]),
        (replace(PLACED, hidden=()), ["let ‘X’ be shown again"]),
        (replace(PLACED, hidden=tuple("xvwyz")), ["hid ‘V’, ‘W’, ‘Y’ and 1 more"]),
        (replace(PLACED, until=NOON), ["set the end to 12:02"]),
        (replace(PLACED, breaking=FIRE), ["set the breaking line “Fire.” until 12:02"]),
    ],
)  # fmt: skip
def test_a_change_in_words(after: Placement, said: list[str]) -> None:
    assert list(words(PLACED, after)) == said


def test_an_order_and_ends_in_words() -> None:
    before = replace(PLACED, second=tuple("bcde"), until=NOON, breaking=FIRE)
    assert words(before, replace(before, second=tuple("edcb"))) == (
        "put the second row in another order: ‘E’, ‘D’, ‘C’, ‘B’",
    )
    assert words(before, replace(before, until=None, breaking=None)) == (
        "let it stand until it is changed", "ended the breaking line",
    )  # fmt: skip
    changed = replace(before, breaking=BreakingLine(text="Fire out.", until=NOON))
    assert words(before, changed) == ("changed the breaking line to “Fire out.” until 12:02",)


def sent(**typed: str) -> FrontForm:
    fields = [("lead", "a"), ("second", "b"), ("second", "b"), ("second", "c/../"), ("hidden", "x"), ("row", "b")]
    return FrontForm.sent("home", MultiDict([*fields, *typed.items()]))


def test_a_form_says_what_was_placed_and_typed() -> None:
    form = sent(
        until="2026-12-05T20:00", breaking_text=" Fire. ", breaking_story="a", breaking_until="2026-12-05T18:00"
    )
    assert form.placement(MINSK) == Placement(
        lead="a", second=("b",), hidden=("x",), until=datetime(2026, 12, 5, 17, tzinfo=UTC),
        breaking=BreakingLine(text="Fire.", until=datetime(2026, 12, 5, 15, tzinfo=UTC), story="a"),
    )  # fmt: skip
    again = FrontForm.of(form.placement(MINSK), MINSK)
    assert (again.placed, {**form.typed, "q": ""}) == (form.placed, {**again.typed, "q": ""})


@pytest.mark.parametrize(
    ("typed", "pointer"),
    [
        ({"until": "soon"}, "/until"),
        ({"breaking_text": "Fire."}, "/breaking_until"),
        ({"breaking_text": "Fire.", "breaking_until": "soon"}, "/breaking_until"),
        ({"breaking_story": "a"}, "/breaking_text"),
    ],
)
def test_what_is_not_clear_is_said_at_its_field_and_can_still_be_looked_at(typed: dict[str, str], pointer: str) -> None:
    form = sent(**typed)
    with pytest.raises(InvalidInput) as refusal:
        form.placement(MINSK)
    assert [error.pointer for error in refusal.value.errors] == [pointer]
    looked_at = form.looked_at(MINSK, NOON)
    assert looked_at.lead == "a" and looked_at.until is None
    assert bool(looked_at.breaking) is ("breaking_text" in typed)


@pytest.mark.parametrize(
    ("preset", "end"),
    [("three", "2026-12-05T15:05"), ("hour", "2026-12-05T13:05"), ("tonight", "2026-12-06T00:00"), ("open", "")],
)
def test_a_button_says_the_end(preset: str, end: str) -> None:
    assert sent(until="x").with_end("until", preset, MINSK, NOON).typed["until"] == end


def test_a_round_time_stays() -> None:
    noon = NOON - timedelta(minutes=2)
    assert sent().with_end("until", "three", MINSK, noon).typed["until"] == "2026-12-05T15:00"
