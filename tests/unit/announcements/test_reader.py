"""Events that a text announces: which days its words mean, and what they say of."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bench._announcement_gold import Gold, gold, in_words, measured
from dateline.announcements.reader import MOST, announcements
from dateline.announcements.titles import title_in
from dateline.documents.announced_events import announced_events
from dateline.domain.document import StoryDocument
from dateline.domain.similarity.events import first_day
from dateline.schemas.event import event_problems

MINSK = ZoneInfo("Europe/Minsk")
MONDAY = date(2026, 6, 15)


def read(text: str, day: date = MONDAY) -> list[str]:
    return [in_words(one) for one in announcements(text, day, MINSK)]


@pytest.mark.parametrize("one", list(gold("tune")), ids=lambda one: f"{one.language}: {one.sentence[:40]}")
def test_what_each_sentence_announces(one: Gold) -> None:
    assert read(one.sentence, one.day) == ([one.event] if one.event else [])


def test_sentences_that_nothing_was_tuned_on() -> None:
    count = measured(gold("measure"), read)
    assert count.precision >= 0.9
    assert count.recall >= 0.7


@pytest.mark.parametrize(
    ("text", "events"),
    [
        ("The fair opens on 31 June.", []),
        ("The concert will be held on 29 February.", ["2028-02-29"]),
        ("The concert will be held on 14 June.", []),
        ("The concert will be held on 15 June.", ["2026-06-15"]),
        ("The concert will be held on 30 May 2031.", []),
        ("The exhibition runs from 20 December to 15 January.", ["2026-12-20..2027-01-15"]),
        ("The festival runs from 10 June to 20 June.", ["2026-06-10..2026-06-20"]),
        ("The concert will be held on 7\xa0July at 7\xa0p.m.", ["2026-07-07T19:00"]),
        ("A concert is planned for 7 July, 10 p.m. to 2 a.m.", ["2026-07-07T22:00..2026-07-08T02:00"]),
        ("Choirs meet on 4 and 6 July for a concert.", ["2026-07-04"]),
        ("Концерт пройдёт 7 июля. Начало в 19.30.", ["2026-07-07T19:30"]),
        ("Концерт пройдёт 07.07.2026 в 19:30.", ["2026-07-07T19:30"]),
        ("Шахматный турнир проходит каждый второй вторник.", ["2026-06-16 FREQ=WEEKLY;INTERVAL=2;BYDAY=TU"]),
        ("The fair is held on the last Sunday of every month.", ["2026-06-28 FREQ=MONTHLY;BYDAY=-1SU"]),
        ("Экскурсии проводятся каждый первый вторник.", ["2026-07-07 FREQ=MONTHLY;BYDAY=1TU"]),
        ("The fair takes place every other Friday.", ["2026-06-19 FREQ=WEEKLY;INTERVAL=2;BYDAY=FR"]),
        ("The fair takes place every Monday until 1 June 2026.", []),
        ("The tournament ends on 7 July.", []),
        ("The festival opened on 15 June, and the city will sleep little.", []),
        ("The committee agreed to the celebration on 15 June.", []),
        ("The town commemorates 15 June with parades.", []),
        ("Турнир завершится 7 июля.", []),
        ("Дожди пройдут 20 и 21 июня.", []),
        ("The concert takes place on 7 July, tickets cost 20 roubles.", ["2026-07-07"]),
    ],
)
def test_days_and_times(text: str, events: list[str]) -> None:
    assert read(text) == events


def test_where_the_words_stand() -> None:
    text = "The town woke late.\nA jazz concert will be held on 7 July at 19:00 in the park. More to come."
    [one] = announcements(text, MONDAY, MINSK)
    assert text[one.at : one.at + len(one.sentence)] == one.sentence
    assert one.sentence[slice(*one.said)] == "7 July"
    [at_the_end] = announcements("The concert will be held on 7 July.", MONDAY, MINSK)
    assert at_the_end.sentence[slice(*at_the_end.said)] == "7 July"
    assert one.start == datetime(2026, 7, 7, 19, tzinfo=MINSK)


@pytest.mark.parametrize(
    ("sentence", "title"),
    [
        ("The exhibition “Lost Manors” opens on 7 July.", "Exhibition “Lost Manors”"),
        ("В Гродно фестиваль «Огни» пройдёт 7 июля.", "Фестиваль «Огни»"),
        ("A lecture on Skaryna takes place on 7 July.", "Lecture on Skaryna"),
        ("Выстава саломапляцення адкрыецца 7 ліпеня.", "Выстава саломапляцення"),
        ("When: 7 July, festival park.", ""),
        ("Games start on 7 July.", ""),
        ("The concert will be held on 7 July.", ""),
        ("On 7 July a concert will be held.", ""),
    ],
)
def test_what_it_is_called(sentence: str, title: str) -> None:
    at = sentence.index("7 ")
    assert title_in(sentence, at) == title


@pytest.mark.parametrize(
    "text", ["7 July " * 200, "7 мая\n" * 3, "\n\n7 July", "." * 700 + " 7 July", "12.05.2026\n1.20"]
)
def test_what_is_no_sentence_is_left_out(text: str) -> None:
    assert read(text) == []


def test_a_listing_has_an_end() -> None:
    assert len(read("\n".join(f"A concert will be held on {day} July." for day in range(1, 31)))) == MOST


_WORDS = [
    "concert", "will be held", "7 July", "31 February", "on", "until", "every", "Sunday", "Sundays", "12.12.2026",
    "to", "–", "19:00", "25:00", "7 pm", "When:", "фестиваль", "пройдёт", "с", "по", "до", "30 июня", "каждую",
    "вторую", "субботу", "месяца", "ежедневно", "конца", "октября", "кожную", "нядзелю", "а 19-й", "daily", "from",
    "2029", "9999", ",", ".", "first", "of each month", "0 May", "May", "29 лютага", "99:99", "noon",
]  # fmt: skip


@given(st.lists(st.sampled_from(_WORDS), max_size=14), st.datetimes(datetime(1900, 1, 1), datetime(2200, 1, 1)))
def test_whatever_is_written_is_read(words: list[str], at: datetime) -> None:
    """And is an event that the calendar takes."""
    now = at.replace(tzinfo=MINSK)
    story = StoryDocument(
        id="a", version=1, revision=1, published_at=now, updated_at=now, day=now.date(), headline="News", slug="news",
        body_text=" ".join(words),
    )  # fmt: skip
    for one in announced_events(story, MINSK, now):
        event = one.event
        assert one.last_day >= first_day(event) >= now.date()
        assert list(event_problems({name: getattr(event, name) for name in ("start", "end", "rrule")})) == []
