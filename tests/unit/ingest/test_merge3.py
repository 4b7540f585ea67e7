"""A three-way merge of lists."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from dateline_ingest.desk.correcting.merge3 import Agreed, Disputed, merge3

LISTS = st.lists(st.sampled_from("abcdefgh"), max_size=12)


def merged(base: list[str], mine: list[str], theirs: list[str]) -> list[str]:
    """The merge of what isn't disputed."""
    [*stretches] = merge3(base, mine, theirs)
    assert all(isinstance(stretch, Agreed) for stretch in stretches), stretches
    return [part for stretch in stretches if isinstance(stretch, Agreed) for part in stretch.parts]


@given(LISTS, LISTS)
def test_what_one_side_changed_is_taken(base: list[str], changed: list[str]) -> None:
    assert merged(base, changed, base) == changed
    assert merged(base, base, changed) == changed
    assert merged(base, changed, changed) == changed


@given(LISTS, LISTS, LISTS)
def test_both_sides_are_treated_alike_and_nothing_is_lost(base: list[str], mine: list[str], theirs: list[str]) -> None:
    one, other = merge3(base, mine, theirs), merge3(base, theirs, mine)
    assert len(one) == len(other)
    for here, there in zip(one, other, strict=True):
        if isinstance(here, Disputed):
            assert there == Disputed(here.base, here.theirs, here.mine)
        else:
            assert here == there
    for side in ("mine", "theirs"):
        kept = [
            part
            for stretch in one
            for part in (stretch.parts if isinstance(stretch, Agreed) else getattr(stretch, side))
        ]
        new = set(mine if side == "mine" else theirs) - set(base)
        assert new <= set(kept)


@given(st.data(), st.lists(st.integers(0, 99), min_size=2, max_size=12, unique=True))
def test_paragraphs_that_are_changed_on_one_side_each_are_merged(data: st.DataObject, base: list[int]) -> None:
    sides = data.draw(st.lists(st.sampled_from(["mine", "theirs", ""]), min_size=len(base), max_size=len(base)))
    mine = [part + 100 if side == "mine" else part for part, side in zip(base, sides, strict=True)]
    theirs = [part + 200 if side == "theirs" else part for part, side in zip(base, sides, strict=True)]
    expected = [part + {"mine": 100, "theirs": 200, "": 0}[side] for part, side in zip(base, sides, strict=True)]
    stretches = merge3(base, mine, theirs)
    assert [part for one in stretches if isinstance(one, Agreed) for part in one.parts] == expected


def test_what_both_changed_is_disputed() -> None:
    assert merge3("abc", "axc", "ayc") == [Agreed(("a",)), Disputed(("b",), ("x",), ("y",)), Agreed(("c",))]
    assert merge3("ab", "axb", "ayb") == [Agreed(("a",)), Disputed((), ("x",), ("y",)), Agreed(("b",))]
    assert merge3("abc", "ac", "ayc") == [Agreed(("a",)), Disputed(("b",), (), ("y",)), Agreed(("c",))]


def test_what_one_added_and_the_other_took_out_elsewhere_is_merged() -> None:
    assert merged(list("abcdef"), list("abxcdef"), list("abcdf")) == list("abxcdf")


def test_a_paragraph_may_be_changed_and_one_added_behind_it() -> None:
    assert merged(list("ab"), list("aB"), list("abc")) == list("aBc")
    assert merged(list("abc"), list("aBc"), list("abxc")) == list("aBxc")
    assert merged(list("abc"), list("aBc"), list("abCd")) == list("aBCd")
