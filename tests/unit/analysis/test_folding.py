"""Folding: what a text becomes before it is searched, and where each letter of that stands in the text."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.analysis.folding import align, composed, fold
from dateline.analysis.marking import marked, merged
from dateline.analysis.unspaced import MAX_PARTS, SQUARED, parts_of

SCRIPTS = st.text(
    st.sampled_from(
        "aß ﬁſ'’nilLdqu.พสमन\u094dदफ\u093cῳ\u0345ｄ"
        "\u0e4d\u0e49\u0e32եւևՒל״ים(とう)"
        'é\u0301\u0336ςΣё½²Ｈ５‐\u00ad\u200c\ufeffأةـَِהַג"׳地鉄がガｶﾞ한가ㄱไทก่ำ็រ្\u200bស1 \n㍿㌔㈱یم'
    )
)


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Plain text, O'Brien's café.", "Plain text, O'Brien's café."),
        ("Straße ﬁnancial Ⅳ H₂O m² ㎏", "Strasse financial IV H2O m2 kg"),
        ("１２３ ٤٥٦ ۷۸۹ ४५", "123 456 789 45"),
        ("1½", "1 1⁄2"),
        ("الجِسْر أحمد مدرسة مكتبى", "الجسر احمد مدرسه مكتبي"),
        ('הַגֶּשֶׁר צה"ל', "הגשר צהל"),
        ("می‌خواهم", "ميخواهم"),
        ("l’imbroglio dell'arte qu’il aujourd'hui d'or L'Oréal", "imbroglio arte il aujourd'hui or Oréal"),
        ("it's they'll O'Neill rock'n'roll l' d'a", "it's they'll O'Neill rock'n'roll l' d'a"),
        ("l’80% all'11 qu’1 m'80 un'80 5'11", "80% 11 1 m'80 un'80 5'11"),
        ("地铁2026年", " 地 铁 2026 年"),
        ("แห่ง", " แ ห่ ง"),
        ("٣٫٥ ٣٬٥٠٠ ٣،٥", "3.5 3,500 3,5"),
        ("λόγῳ Λόγῼ ᾠδή ΐ", "λογω λογω ωδη ι"),
        ("फ\u093cिल्म \u0929 ব\u09bc ਖ\u0a3c ગ\u0abc", "फिल्म न ব ਖ ગ"),
        ("हिन्दी सम्बन्ध गङ्गा चाँद", "हिंदी संबंध गंगा चांद"),
        ("अन्न जन्म तुम्हारा अन्य", "अन्न जन्म तुम्हारा अन्य"),
        ("ในพ.ศ.2569 ส.ส.พรรค", " ใ น พ\u0e3aศ .2569  ส\u0e3aส . พ ร ร ค"),
        ("จ.เชียงใหม่ ก.พ", " จ . เ ชี ย ง ใ ห ม่  ก\u0e3aพ"),
        ("Türkiye'nin AB’nin 2026'da Erdoğan’a", "Türkiye AB 2026 Erdoğan"),
        ("Chirac'a Kennedy’ego Shakespeare'i Bordeaux’ssa", "Chirac Kennedy Shakespeare Bordeaux"),
        ("Hawai'i Sana'a Qur'an Chang'e quelqu'un Sa'da", "Hawai'i Sana'a Qur'an Chang'e quelqu'un Sa'da"),
        ("ｄ’ａｒｔ ｌ＇ｏｐｅｒａ", "art opera"),
        ("А.С.Пушкин, J.K.Rowling, U.S.A., example.com", "АС. Пушкин, JK. Rowling, USA., example.com"),
        ("மு.க.ஸ்டாலின் சு.ரெட்டி ரெட்டி.கமல்", "மு.க. ஸ்டாலின் சு. ரெட்டி ரெட்டி.கமல்"),
        ("EU:n ja NATO:n, 12:30, http://a.b", "EU: n ja NATO: n, 12:30, http://ab"),
        ("col·legi, coŀlegi, a · b", "collegi, collegi, a · b"),
        ("㍿A㈱B5㌔C㋿℡03№1", " 株  式  会  社 A( 株 )B5 キ ロ C 令  和  TEL 03 No 1"),
        ("Ўрад, мой", "Урад, мой"),
        ("نمی خواهم می\u200cروم آدمی خوب مي زيادة", "نميخواهم ميروم ادمي خوب مي زياده"),
        ("สส.พรรค กทม. เพศ.", " สฺส. พ ร ร ค  กฺทฺม.  เ พ ศ ."),
        ("צה''ל צה”ל ג’ירפה 'צה'", "צהל צהל גירפה 'צה'"),
        ("അവൻ അവന്\u200d", "അവന് അവന്"),
        ("مي خواهد نمي كند مي زيادة مي محمد", "ميخواهد نميكند مي زياده مي محمد"),
        ("مي خواهد", "ميخواهد"),
        ("և եւ ԵՎ արեւ ու", "եվ եվ եվ արեվ ու"),
        ("ל״הארץ״ ול״ידיעות אחרונות״, ב״כ ש״ס", "ל הארץ ול ידיעות אחרונות, בכ שס"),
        ("東京(とうきょう)都、都(と)に", " 東 京  都  ( と う き ょ う ) 、 都 ( と ) に"),
        ("นํ้า น้ำ ນໍ້າ", " น้ํ า  น้ํ า  ນ້ໍ າ"),
    ],
)
def test_what_becomes_of_a_text(text: str, folded: str) -> None:
    assert fold(text) == folded


@given(SCRIPTS | st.text())
def test_the_folded_text_is_the_aligned_one(text: str) -> None:
    assert align(text).folded == fold(text)


@given(SCRIPTS | st.text())
def test_folding_twice_changes_no_word(text: str) -> None:
    once = fold(text)
    assert fold(once).split() == once.split()


@given(SCRIPTS | st.text())
def test_case_and_composition_change_nothing(text: str) -> None:
    words = fold(text).casefold().split()
    assert fold(unicodedata.normalize("NFD", text)).casefold().split() == words


@given(SCRIPTS, st.integers(0, 30), st.integers(1, 10))
def test_a_stretch_of_the_folded_text_has_its_place_in_the_original(text: str, start: int, length: int) -> None:
    alignment = align(text)
    end = min(start + length, len(alignment.folded))
    if start >= end:
        return
    first, last = alignment.span(start, end)
    assert 0 <= first < last <= len(alignment.original)
    assert alignment.original == composed(text)


@pytest.mark.parametrize(
    ("text", "words", "passage"),
    [
        ("l’opera Erdoğan'ın", "opera Erdoğan", "l’opera Erdoğan'ın"),
        ("Ankara’da l’opera", "Ankara", "Ankara’da"),
        ("Ankara’da l’opera", "Ankara ", "Ankara’da "),
        ("Ankara’da l’opera", "opera", "l’opera"),
        ("市政府。", "市 政 府", "市政府"),
        ("新市政府。", "市 政", "市政"),
        ("Die Straße, הַגֶּשֶׁר.", "Strasse, הגשר", "Straße, הַגֶּשֶׁר"),
    ],
)
def test_a_passage_has_what_folding_took_out_at_its_ends(text: str, words: str, passage: str) -> None:
    alignment = align(text)
    start = alignment.folded.index(words)
    first, last = alignment.passage(start, start + len(words))
    assert alignment.original[first:last] == composed(passage)


def test_spans_that_touch_are_one() -> None:
    assert merged([(3, 4), (0, 1), (1, 2), (6, 8), (7, 9)]) == [(0, 2), (3, 4), (6, 9)]
    assert marked("a<b>c", (0, 5), [(1, 4)]) == "a<mark>&lt;b&gt;</mark>c"


@pytest.mark.parametrize(
    ("typed", "parts"),
    [
        ("word", ["word"]),
        ("新幹線", ["新幹線"]),
        ("市政府公布", ["市政府公布", "市政", "政府", "府公", "公布"]),
        ("東京オリンピック", ["東京オリンピック", "東京", "オリンピック"]),
        ("新しい地下鉄が", ["新しい地下鉄が", "新しい", "地下鉄"]),
        ("지하철이", ["지하철이", "지하철"]),
        ("KBS는", ["KBS는", "KBS"]),
        ("SK하이닉스는", ["SK하이닉스는", "SK하이닉스", "SK", "하이닉스는", "하이닉스"]),
        ("รถไฟ", ["รถไฟ"]),
        ("พ.ศ", ["พ.ศ"]),
        ("พรบ", ["พรบ", "พ.ร.บ"]),
        ("พล.อ.ประยุทธ์", ["พล.อ.ประยุทธ์", "พล.อ.", "ประยุทธ์"]),
        ("จ.เชียงใหม่", ["จ.เชียงใหม่", "เชียงใหม่"]),
        ("A股", ["A股"]),
        ("2026年7月", ["2026年7月"]),
        ("A股市场大涨", ["A股市场大涨", "A股", "市场大涨"]),
        ("发表于2026年的", ["发表于2026年的", "发表于", "2026", "年的"]),
    ],
)
def test_what_a_word_is_looked_for_as(typed: str, parts: list[str]) -> None:
    assert [part for part, _ in parts_of(typed)] == parts


@given(SCRIPTS | st.text())
def test_the_parts_of_a_word_are_few_and_stand_in_it(text: str) -> None:
    parts = parts_of(text)
    assert len(parts) <= MAX_PARTS
    written = SQUARED.sub(lambda sign: unicodedata.normalize("NFKC", sign[0]), text)
    assert all(part in written or part.replace(".", "") in written for part, _ in parts)
