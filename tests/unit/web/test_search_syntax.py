"""The query language: what is read as what, and that every text is a query."""

from __future__ import annotations

from unicodedata import normalize

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from dateline.ports.index import Clause
from dateline_web.listing_params import MAX_CHARACTERS
from dateline_web.search.syntax import parse


def word(text: str) -> Clause:
    return Clause(text=text)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("", ()),
        ("kursk", (word("kursk"),)),
        ("trade  turnover", (word("trade"), word("turnover"))),
        ('"trade turnover"', (Clause(text="trade turnover", phrase=True),)),
        ("“trade turnover”", (Clause(text="trade turnover", phrase=True),)),
        ("«товарный оборот»", (Clause(text="товарный оборот", phrase=True),)),
        ('"trade"', (Clause(text="trade", phrase=True),)),
        ("-tractor", (Clause(text="tractor", exclude=True),)),
        ("−tractor", (Clause(text="tractor", exclude=True),)),
        ('-"nuclear power"', (Clause(text="nuclear power", phrase=True, exclude=True),)),
        ("headline:trade", (Clause(text="trade", field="headline"),)),
        ("HEADLINE:Trade", (Clause(text="Trade", field="headline"),)),
        ('person:"andrei kobyakov"', (Clause(text="andrei kobyakov", phrase=True, field="person"),)),
        ("person:andrei-kobyakov", (Clause(text="andrei-kobyakov", phrase=True, field="person"),)),
        ("-place:minsk", (Clause(text="minsk", exclude=True, field="place"),)),
        ("kursk-based", (word("kursk"), word("based"))),
        ("-kursk-based", (Clause(text="kursk based", phrase=True, exclude=True),)),
        ("Russia's $96.3m 40.5%", (word("Russia's"), word("96.3m"), word("40.5"))),
        ("٣٫٥ ٣٬٥٠٠ ٣،٥", (word("٣٫٥"), word("٣٬٥٠٠"), word("٣،٥"))),
        ("col·legi Farg‘ona พ.ศ. А.С.Пушкин", (word("col·legi"), word("Farg‘ona"), word("พ.ศ"), word("А.С.Пушкин"))),
        ("“unclosed phrase", (word("unclosed"), word("phrase"))),
        ("- -- \"\" -\"\" : headline: () !!!", (word("headline"),)),
        ("nonsense:word", (word("nonsense"), word("word"))),
        ('nonsense:"two words"', (word("nonsense"), Clause(text="two words", phrase=True))),
        ("https://example.org/a", (word("https"), word("example.org"), word("a"))),
        ("a-b c - d", (word("a"), word("b"), word("c"), word("d"))),
        ("AND OR NOT NEAR", (word("AND"), word("OR"), word("NOT"), word("NEAR"))),
        ("и\u0306од", (word("йод"),)),
        # what nobody sees parts no word and hides no sign; joiners shape letters and stay
        ("do\u00adnau\u200bdampf", (word("donaudampf"),)),
        ("می\u200cخواهم کتاب", (word("می\u200cخواهم"), word("کتاب"))),
        ("می خواهم، آدمی خوب", (word("می خواهم"), word("آدمی"), word("خوب"))),
        ("مي خواهم نمي كند مي زيادة", (word("مي خواهم"), word("نمي كند"), word("مي"), word("زيادة"))),
        # a quotation behind Hebrew prefixes is no abbreviation
        ('ל"הארץ" "תל אביב"', (word("ל"), word("הארץ"), Clause(text="תל אביב", phrase=True))),
        ("ול״ידיעות אחרונות״", (word("ול"), word("ידיעות"), word("אחרונות"))),
        ('headline:ל"הארץ"', (Clause(text='ל"הארץ"', phrase=True, field="headline"),)),
        ('-ל"הארץ"', (Clause(text="ל הארץ", phrase=True, exclude=True),)),
        # signs that are written for words are words
        ("㈱ ㍿トヨタ ℡03 ㌔ №5 ™", (word("㈱"), word("㍿トヨタ"), word("℡03"), word("㌔"), word("5"))),
        ("headline:㍿ -㋿", (Clause(text="㍿", field="headline"), Clause(text="㋿", exclude=True))),
        ("\ufeff\u200e-tractor", (Clause(text="tractor", exclude=True),)),
        ("\u2067headline:גשר\u2069", (Clause(text="גשר", field="headline"),)),
        # the signs of East Asian type, and its quotation marks
        ("－ｔｒａｃｔｏｒ　ｏｌｄ", (Clause(text="ｔｒａｃｔｏｒ", exclude=True), word("ｏｌｄ"))),
        ("ｈｅａｄｌｉｎｅ：新幹線", (Clause(text="新幹線", field="headline"),)),
        ("「新幹線 運休」", (Clause(text="新幹線 運休", phrase=True),)),
        ("＂地铁线路＂", (Clause(text="地铁线路", phrase=True),)),
        # an abbreviation's quotation mark is no quotation
        ('צה"ל דובר', (word('צה"ל'), word("דובר"))),
        ("צה''ל צה”ל", (word("צה''ל"), word("צה”ל"))),
        ('"דובר צה"ל"', (Clause(text='דובר צה"ל', phrase=True),)),
    ],
)  # fmt: skip
def test_reads(typed: str, meant: tuple[Clause, ...]) -> None:
    assert parse(typed).clauses == meant


def test_plain_words_know_where_they_stand() -> None:
    query = parse('old "quoted part" -not headline:field new-ish')
    assert [query.text[found.start : found.end] for found in query.words] == ["old", "new", "ish"]


def test_signs_alone_match_nothing() -> None:
    assert parse("?!").matches_nothing
    assert not parse("  ").matches_nothing
    assert not parse("a").matches_nothing


@given(st.text(max_size=MAX_CHARACTERS))
@example("℻")
def test_every_text_is_a_query(text: str) -> None:
    query = parse(text)
    for clause in query.clauses:
        assert clause.text
        assert any(character.isalnum() for character in normalize("NFKC", clause.text))  # ℻ is a word too
    for found in query.words:
        assert query.text[found.start : found.end] == found.text


@given(st.lists(st.sampled_from(['"', "-", ":", "headline", "wood", " ", "'", "“", "(", "*", "\\"]), max_size=60))
def test_every_row_of_signs_is_a_query(signs: list[str]) -> None:
    assert all(clause.text.strip() for clause in parse("".join(signs)).clauses)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("haedline:bridge", ["bridge"]),
        ("tractr haedline:bridge", ["tractr", "bridge"]),
        ("https://exmaple.org", ["exmaple.org"]),
        ("Minsk: bridge", ["Minsk", "bridge"]),
        ("haedline:", ["haedline"]),
        ("12:30 bridge", ["12", "30", "bridge"]),
        ("headline:bridge", []),
        ('haedline:"the bridge"', []),
    ],
)
def test_a_name_before_a_colon_is_no_word_to_be_spelt_better(text: str, words: list[str]) -> None:
    assert [word.text for word in parse(text).words] == words
