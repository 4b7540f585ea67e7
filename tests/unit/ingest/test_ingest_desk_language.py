"""The language of what is written: detected where it is sure, and the reporter's choice wins."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any, Final

import pytest
from flask.testing import FlaskClient

from dateline_ingest.desk.forms.language import LEAST, detected_language, language_name, language_note
from unit.ingest.conftest import Newsroom
from unit.ingest.desk_pages import form, sign_in

CORPUS: Final = Path(__file__).parents[2] / "corpus"
BELARUSIAN: Final = (
    "Новы мост праз раку адкрылі ў пятніцу. Па ім ужо едуць аўтобусы, а пешаходы чакалі гэтага дня больш за два гады, "
    "кажуць у гарадской адміністрацыі."
)
RUSSIAN: Final = (
    "Новый мост через реку открыли в пятницу. По нему уже едут автобусы, а пешеходы ждали этого дня больше двух лет, "
    "говорят в городской администрации."
)
ENGLISH: Final = (
    "The new bridge across the river was opened on Friday. Buses are using it already, and people on foot had waited "
    "for that day for more than two years, the city says."
)


def texts() -> list[dict[str, Any]]:
    """Those of the corpus."""
    return [
        text for name in ("tune", "measure") for text in tomllib.loads((CORPUS / f"{name}.toml").read_text())["text"]
    ]


@pytest.mark.parametrize(("text", "code"), [(BELARUSIAN, "be"), (RUSSIAN, "ru"), (ENGLISH, "en")])
def test_a_text_tells_its_language(text: str, code: str) -> None:
    assert detected_language(text) == code


@pytest.mark.parametrize("text", ["", "Мост", ENGLISH[: LEAST - 1], "Ann Lee, Jan Kos, Eva Lis. " * 20, "1 2 3 " * 100])
def test_nothing_is_said_of_what_tells_none(text: str) -> None:
    assert detected_language(text) == ""


def test_no_text_of_the_corpus_is_taken_for_another_language() -> None:
    found = {detected_language(text["body"]) for text in texts()}
    assert found <= {"en", "ru", "be", ""}
    assert sum(detected_language(text["body"]) == "" for text in texts()) < len(texts()) / 8


def test_the_note_says_whose_word_it_is() -> None:
    detected = language_note("", {"body_text": BELARUSIAN}, "en")
    assert (detected.name, detected.is_detected, detected.is_chosen, detected.other) == ("Belarusian", True, False, "")
    chosen = language_note("ru", {"body_html": f"<p>{BELARUSIAN}</p>"}, "en")
    assert (chosen.name, chosen.other, chosen.other_code) == ("Russian", "Belarusian", "be")
    assert not language_note("be-tarask", {"body_text": BELARUSIAN}, "en").other
    assert language_note("", {}, "en").name == "English"
    assert language_name("xx-nowhere") == "xx-nowhere"


@pytest.mark.parametrize(
    ("typed", "text", "stored"),
    [("", BELARUSIAN, "be"), ("ru", BELARUSIAN, "ru"), ("", "Мост", "en")],
)
def test_what_is_stored(newsroom: Newsroom, typed: str, text: str, stored: str) -> None:
    browser: FlaskClient = newsroom.client
    sign_in(browser)
    page = browser.post("/tags", data=form(browser, headline="x", body_text=text, language=typed)).text
    assert ("detected" in page) == (stored == "be")
    assert browser.post("/stories", data=form(browser, headline="x", body_text=text, language=typed)).status_code == 303
    [item] = newsroom.items.values()
    assert item.newest.payload
    assert item.newest.payload.get("language", "en") == stored


def test_the_api_detects_nothing(newsroom: Newsroom) -> None:
    newsroom.submit(body_text=BELARUSIAN)
    [item] = newsroom.items.values()
    assert item.newest.payload
    assert "language" not in item.newest.payload
