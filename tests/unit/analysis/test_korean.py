"""Korean nouns without their particles: those of a typed word are no part of what is looked for."""

from __future__ import annotations

import pytest

from dateline.analysis.korean import bare_noun


@pytest.mark.parametrize(
    ("word", "noun"),
    [
        ("평양에서부터", "평양"),
        ("한국에서는", "한국"),
        ("한국으로부터", "한국"),
        ("러시아로부터의", "러시아"),
        ("대통령입니다", "대통령"),
        ("대통령에게서", "대통령"),
        ("대통령께서는", "대통령"),
        ("서울까지도", "서울"),
        ("장관이라고", "장관"),
        ("영화라고는", "영화"),
        ("학생들에게", "학생"),
        ("학생들이", "학생"),
        ("문제였다", "문제"),
        ("서울로", "서울"),
        ("도로에서는", "도로"),
        ("인도네시아에서", "인도네시아"),
        ("대만은", "대만"),
    ],
)
def test_particles_one_after_another(word: str, noun: str) -> None:
    assert bare_noun(word) == noun


@pytest.mark.parametrize("word", ["책을", "책은", "책에", "책에서", "책까지", "책부터", "책으로", "책에는", "책입니다"])
def test_a_noun_of_one_syllable_before_a_particle_that_ends_no_other_word(word: str) -> None:
    assert bare_noun(word) == "책"


@pytest.mark.parametrize(
    "word",
    [
        "사과", "결과", "가을", "마을", "노을", "종이", "놀이", "회의", "정의", "국가", "휴가", "제도", "도로", "대만",
        "한은", "수은", "하는", "있는", "나라", "바다", "이라고", "에서", "전문가", "평화", "책", "차이나",
    ],
)  # fmt: skip
def test_what_only_looks_like_a_particle_stays(word: str) -> None:
    assert bare_noun(word) is None
