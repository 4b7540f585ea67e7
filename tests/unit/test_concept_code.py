"""Codes of concepts, however the world writes them; and the vocabulary's terms by them."""

from __future__ import annotations

from dataclasses import replace

import pytest

from dateline.domain.concept_code import concept_code
from dateline.domain.term import Term
from dateline.vocabulary.vocabulary import shipped


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("medtop:20000373", "medtop:20000373"),
        ("http://cv.iptc.org/newscodes/mediatopic/20000373", "medtop:20000373"),
        ("https://cv.iptc.org/newscodes/mediatopic/20000373/?lang=en-GB", "medtop:20000373"),
        (" MEDTOP:20000373 ", "medtop:20000373"),
        ("20000373", "medtop:20000373"),
        ("subj:15000000", "medtop:15000000"),
        ("http://cv.iptc.org/newscodes/subjectcode/04000000", "medtop:04000000"),
        ("subj:15054000", "subj:15054000"),
        ("https://www.wikidata.org/wiki/Q42", "Q42"),
        ("http://www.wikidata.org/entity/q42", "Q42"),
        ("https://m.wikidata.org/wiki/Special:EntityData/Q42.json", "Q42"),
        ("wd:Q42", "Q42"),
        ("Q42", "Q42"),
        ("iso3166-1a2:by", "iso3166:BY"),
        ("http://example.org/topics/x/", "https://example.org/topics/x"),
        ("Minsk", ""),
        ("", ""),
    ],
)
def test_a_code_is_one_however_it_is_written(written: str, code: str) -> None:
    assert concept_code(written) == code
    assert concept_code(code) == code


def test_terms_are_found_by_their_codes_an_editors_first() -> None:
    words = shipped()
    trade = words.with_code("medtop:20000373", "topic")
    assert trade is not None
    assert words.with_code("medtop:20000373", "place") is None
    assert words.with_code("iso3166:BY", "place") == words.find("place", "belarus")
    minsk = replace(
        words.find("place", "minsk") or Term(type="place", slug="minsk", label="Minsk"), same_as=("wd:q2280",)
    )
    changed = words.with_term(minsk).with_term(replace(trade, same_as=()))
    assert changed.with_code("Q2280", "place") == minsk
    assert changed.with_code("medtop:20000373", "topic") is None
    assert words.with_term(replace(minsk, status="rejected")).with_code("Q2280", "place") is None
