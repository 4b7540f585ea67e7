"""A reader's query in any script finds the story and marks it, on the page and in the API."""

from __future__ import annotations

import re
from html import unescape

import pytest
from flask.testing import FlaskClient

from unit.web.conftest import Fill
from unit.web.documents import story

INPUTS = [
    ("zh", "市政府公布新地铁线路", "地铁", "地铁"),
    ("ja", "台風接近で新幹線が運休", "新幹線", "新幹線"),
    ("th", "การรถไฟเปิดเดินรถ", "รถไฟ", "รถไฟ"),
    ("ko", "지하철이 개통했다", "지하철은", "지하철"),
    ("de", "Neue Straße gesperrt", "STRASSE", "Straße"),
    ("en", "The ﬁnancial report", "financial", "ﬁnancial"),
    ("el", "Ο λόγος", "ΛΟΓΟΣ", "λόγος"),
    ("ar", "افتتاح الجِسْر الجديد", "الجسر", "الجِسْر"),
    ("he", "הַגֶּשֶׁר נפתח", "הגשר", "הַגֶּשֶׁר"),
    ("he", "דובר צה״ל אמר", 'צה"ל', "צה״ל"),
    ("he", "נמסר ל״הארץ״ היום", 'ל"הארץ"', "הארץ"),
    ("he", "נמסר ל״הארץ״ היום", "ל״הארץ״", "הארץ"),
    ("fa", "می\u200cخواهم کتاب", "می\u200cخواهم", "می\u200cخواهم"),
    ("fa", "می\u200cخواهم کتاب", "می خواهم", "می\u200cخواهم"),
    ("fa", "می\u200cخواهم کتاب", "مي خواهم", "می\u200cخواهم"),
    ("fa", "نمي خواهم كتاب", "نمي خواهم", "نمي خواهم"),
    ("ja", "㍿トヨタ", "㍿", "㍿"),
    ("ja", "株式会社トヨタ", "㍿", "株式会社"),
    ("ja", "℡03-1234", "tel", "℡"),
    ("it", "L’80% dei voti", "80%", "80"),
    ("be", "Новы ўрад", "урад", "ўрад"),
    ("de", "Donau\u00addampf heute", "Donau\u00addampf", "Donau\u00addampf"),
    ("en", "Open the dateline", "\ufeffdate\u200bline\u200e", "dateline"),
    ("fr", "Dans l’imbroglio", "imbroglio", "imbroglio"),
    ("fr", "Dans l’imbroglio", "l'imbroglio", "imbroglio"),
    ("ja", "Ｔｏｋｙｏ２０２６", "ｔｏｋｙｏ２０２６", "Ｔｏｋｙｏ２０２６"),
    ("zh", "市政府公布新地铁线路", "「地铁线路」", "地铁线路"),
    ("zh", "市政府公布新地铁线路", "headline：地铁", "地铁"),
]


@pytest.mark.parametrize(("language", "headline", "typed", "marked"), INPUTS)
def test_it_is_found_and_marked(
    client: FlaskClient, fill: Fill, language: str, headline: str, typed: str, marked: str
) -> None:
    fill([story(headline, "x", language=language), story("Another headline", "y")])
    answer = client.get("/v1/search", query_string={"q": typed}).json
    assert answer
    assert [item["headline"] for item in answer["items"]] == [headline]
    [highlight] = answer["items"][0]["highlights"]["headline"]
    assert f"<mark>{marked}</mark>" in highlight
    assert unescape(re.sub("</?mark>", "", highlight)) == headline
    assert f"<mark>{marked}</mark>" in client.get("/search", query_string={"q": typed}).text
    assert answer["did_you_mean"] is None


@pytest.mark.parametrize("typed", ["-地铁", "－地铁", "\u200e-地铁", "-STRASSE", "-Stra\u00adße", "-الجِسْر"])
def test_it_is_excluded_too(client: FlaskClient, fill: Fill, typed: str) -> None:
    unwanted = ("市政府公布新地铁线路", "Neue Straße gesperrt", "افتتاح الجسر")
    fill([story(headline, "x") for headline in unwanted])
    answer = client.get("/v1/search", query_string={"q": typed}).json
    assert answer
    assert answer["total"]["value"] == len(unwanted) - 1
