"""What a copy editor would say of a text, rule by rule, and what is not to be said."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from dateline.copy_check import CheckedPicture, CheckedText, Remark, remarks_on
from dateline.domain.tag import Evidence, Tag
from dateline.domain.term import Term
from fakes.words import FewWords

MONDAY = date(2026, 11, 30)


def remarks(rule: str, *, tags: tuple[Tag, ...] = (), terms: FewWords | None = None, **fields: Any) -> list[Remark]:
    """The remarks of one rule on a text that lacks nothing."""
    text = CheckedText(**({"section": "news", "summary": "In short.", "day": MONDAY} | fields))
    return [remark for remark in remarks_on(text, tags, terms or FewWords()) if remark.rule == rule]


def words(rule: str, **fields: Any) -> list[str]:
    """The words that the remarks of one rule are about."""
    return [remark.words for remark in remarks(rule, **fields)]


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ("They meet on Tuesday 30 November.", ["Tuesday 30 November"]),
        ("They meet on Tuesday, 30th of November in Brest.", ["Tuesday, 30th of November"]),
        ("They meet on Tue. Dec. 2, 2026, at noon.", ["Tue. Dec. 2, 2026"]),
        ("They met on Friday, December 25, 2020 and Saturday, December 25, 2021.", []),
        ("They met on Thursday, December 25, 2020.", ["Thursday, December 25, 2020"]),
        ("Встретились во вторник, 30 ноября, и в среду, 2 декабря.", ["вторник, 30 ноября"]),
        ("Сустрэліся ў аўторак, 30 лістапада, і ў сераду, 2 снежня.", ["аўторак, 30 лістапада"]),
        ("У нядзелю, 1 мая 2022 года; в воскресенье, 2 мая 2022 года.", ["воскресенье, 2 мая 2022"]),
        ("They meet on Monday 30 November, and on Friday 1 January.", []),  # of the next year
        ("In 1986, on Monday 26 April, people fled.", []),  # whose year may be another
        ("On Friday 31 June nobody met. On Sunday 12:30 neither. May 2 be Tuesday!", []),
        ("The Sun 30 November edition", ["Sun 30 November"]),
    ],
)
def test_a_date_that_is_not_the_weekday_named(body: str, said: list[str]) -> None:
    assert words("weekday", body_text=body) == said


def test_a_date_says_which_weekday_it_is() -> None:
    [remark] = remarks("weekday", headline="Vote on Tuesday 30 November")
    assert (remark.field, remark.start, remark.end) == ("headline", 8, 27)
    assert remark.message == "30 November 2026 is a Monday."


@pytest.mark.parametrize(
    ("headline", "body", "said"),
    [
        ("12 people hurt in Brest", "On Monday 14 people were hurt.", ["12 people"]),
        ("Twelve people hurt", "14 people were hurt.", ["Twelve people"]),
        ("Twelve people hurt", "14 people were hurt, 12 of them badly.", []),
        ("12 people hurt in Brest", "A dozen people were hurt; 14 people helped.", []),
        ("Prices up 5%", "Prices rose by 7 percent.", ["5%"]),
        ("Prices up 5%", "Prices rose by 5.0 per cent; wages by 7 percent.", []),
        ("Debt of $2.2bn", "The debt is $4.3 billion.", ["$2.2bn"]),
        ("Debt of $4bn", "The debt is $4.1 billion.", []),
        ("Nearly 300 homes flooded", "Water entered 287 homes.", []),
        ("1,200 workers laid off", "The plant lays off 1 400 workers.", ["1,200 workers"]),
        ("1,200 workers laid off", "The plant lays off 1200 workers of 9,000 workers.", []),
        ("Погибли 12 человек", "Погибли 14 человек.", ["12 человек"]),
        ("Погибли двенадцать человек", "Погибли 12 человек, ранены 14 человек.", []),
        ("Цены выросли на 5 процентов", "Цены выросли на 7%.", ["5 процентов"]),
        ("Загінулі тры чалавекі", "Загінулі 4 чалавекі.", ["тры чалавекі"]),
        ("Five things to know", "There are many things to know.", []),
        ("5 things to know", "Twelve people spoke of things.", []),
        ("Brest 2030: the plan", "In 2025 the plan began.", []),
        ("Vote on 12 December", "The vote on 13 December is the second.", []),
        ("Dinamo win 3-1", "Dinamo beat Brest by 2:1.", []),
        ("Doors open at 18:00", "Doors open at 19:00.", []),
        ("The 12th man", "14 man hours", []),
    ],
)
def test_a_number_that_differs_from_the_headlines(headline: str, body: str, said: list[str]) -> None:
    assert words("number", headline=headline, body_text=body) == said


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ("Alexander Lukashenka spoke. Later Lukashenko left, and Lukashenko said no.", ["Lukashenka"]),
        ("Mr Lukashenka spoke to Alexander Lukashenko.", ["Lukashenka"]),
        ("Svetlana Tikhanovskaya spoke. Tikhonovskaya’s speech was short.", ["Tikhanovskaya"]),
        ("Светлана Тихановская приехала. Тихоновской вручили премию.", ["Тихановская"]),
        ("Аляксандр Лукашэнка і Лукашэнкі; Лукашэнку сустрэлі.", []),
        ("Иван Петров и Ивана Петрова, Петрову, Петровы, Петровой.", []),
        ("Anna Hansen met Anna Hanson.", ["Hansen"]),
        ("Peter Hansen met Anna Hanson.", []),
        ("The Germans of Germany like German bread, and Angela Merkel.", []),
        ("John Walker and Walter Brown", []),
        ("Boris Johnson and the Johnsons", []),
        ("Bridge over the river: the bridges of Brest. Bridge and Bridget Jones", []),
        ("NATO and NATA of Minsk", []),
    ],
)
def test_one_name_spelt_two_ways(body: str, said: list[str]) -> None:
    assert words("name-spelling", body_text=body) == said


def tag(text: str, label: str, status: Any = "accepted", rule: str = "label", type: Any = "person") -> Tag:
    """A tag of a term that stands in ``text`` as it says."""
    slug = "kyiv" if type == "place" else "alexander-lukashenko" if status == "accepted" else "x"
    return Tag(type=type, slug=slug, label=label, status=status,
               evidence=(Evidence("body_text", 0, len(text), text, rule),))  # fmt: skip


@pytest.fixture
def house() -> FewWords:
    """A vocabulary with a person and a place."""
    words = FewWords()
    labels = {"ru": "Александр Лукашенко"}
    person = Term(type="person", slug="alexander-lukashenko", label="Alexander Lukashenko", labels=labels)
    words.terms += [person, Term(type="place", slug="kyiv", label="Kyiv", labels={"uk": "Київ"})]
    return words


@pytest.mark.parametrize(
    ("found", "said"),
    [
        (tag("Alexander Lukashenka", "Alexander Lukashenko"), "Alexander Lukashenko"),
        (tag("Kiev", "Kyiv", type="place"), "Kyiv"),
        (tag("Alexander Lukashenka", "Alexander Lukashenka", status="proposed"), "Alexander Lukashenko"),
        (tag("Aleksander Lukashenko", "Aleksander Lukashenko", status="proposed"), "Alexander Lukashenko"),
        (tag("Alexandra Lukashenko", "Alexandra Lukashenko", status="proposed"), None),
        (tag("Alexander Lukaschenko", "Alexander Lukaschenko", status="proposed"), "Alexander Lukashenko"),
        (tag("Alexander Lukashenko", "Alexander Lukashenko"), None),
        (tag("Lukashenko", "Alexander Lukashenko"), None),
        (tag("Kyïv", "Kyiv", type="place"), None),
        (tag("Kyivan", "Kyiv", rule="demonym", type="place"), None),
        (tag("Лукашенки", "Alexander Lukashenko"), None),
        (tag("Alexandra Petrenko", "Alexandra Petrenko", status="proposed"), None),
    ],
)
def test_a_name_that_the_house_writes_otherwise(house: FewWords, found: Tag, said: str | None) -> None:
    body = found.evidence[0].text
    told = [remark.message for remark in remarks("house-name", body_text=body, tags=(found,), terms=house)]
    assert told == ([f"The house writes “{said}”."] if said else [])


def test_a_name_in_the_language_of_the_story_is_its_label(house: FewWords) -> None:
    found = tag("Alexander Lukashenka", "Alexander Lukashenko")
    assert words("house-name", body_text="Alexander Lukashenka", tags=(found,), terms=house, language="ru") == []


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ("It is the the end, and the\u00a0the.", ["the the", "the\u00a0the"]),
        ("He had had enough; I know that that is so. Very very good.", []),
        ("The the end", ["The the"]),
        ("New York, New York. Duran Duran sang. Baden Baden", []),
        ("The end.\nThe the", ["The the"]),
        ("a well-known known fact, in in-house style, it's it's", []),
        ("Он пошёл на на вокзал. Это очень очень просто.", ["на на"]),
        ("Ён пайшоў у у школу.", ["у у"]),
        ("10 10 times", []),
    ],
)
def test_doubled_words(body: str, said: list[str]) -> None:
    assert words("doubled-word", body_text=body) == said


def test_a_very_long_paragraph_is_named_by_its_first_words() -> None:
    body = "Short.\n\n" + "Every word of this one counts. " * 50 + "\n\nShort again."
    [remark] = remarks("long-paragraph", body_text=body)
    assert remark.words == "Every word of this one counts." and body[remark.start : remark.end] == remark.words


def test_a_headline_is_too_long_for_a_phone() -> None:
    assert words("long-headline", headline="Bridge opens to cars after three years of works in the old town") == []
    long = (
        "Bridge over the western branch of the river opens to cars after three years of works in the old town of Brest"
    )
    assert words("long-headline", headline=long) == [long]
    assert words("long-headline", headline="") == []


def test_what_is_missing_is_said_when_there_is_a_text() -> None:
    assert remarks("no-summary", summary="", body_text="A short note.") == []
    [summary] = remarks("no-summary", summary="", body_text="A long text. " * 30)
    assert (summary.field, summary.words) == ("summary", "")
    assert remarks("no-section", section="") == []
    assert [one.field for one in remarks("no-section", section="", body_text="Text")] == ["section"]


def test_pictures_without_words() -> None:
    pictures = (
        CheckedPicture(name="Picture 1", alt="A bridge"), CheckedPicture(name="Picture 2", alt=" "),
        CheckedPicture(name="Picture 3", decorative=True), CheckedPicture(name="Picture 4", missing=True),
    )  # fmt: skip
    [remark] = remarks("no-alt", pictures=pictures)
    assert (remark.field, remark.message[:9]) == ("images", "Picture 2")
    html = '<p><img data-image="x"><img src="a"><img src="b" alt=""><img src="c" alt="A bridge"></p>'
    assert [one.field for one in remarks("no-alt", body_html=html)] == ["body_text"]


def test_pictures_that_readers_will_not_see() -> None:
    noon = datetime(2026, 11, 30, 12, tzinfo=UTC)
    pictures = (
        CheckedPicture(name="A", alt="x", usable_until=noon), CheckedPicture(name="B", alt="x", usable_from=noon),
        CheckedPicture(name="C", alt="x", usable_from=noon + timedelta(hours=1)),
        CheckedPicture(name="D", alt="x", usable_until=noon + timedelta(hours=1)),
        CheckedPicture(name="E", missing=True),
    )  # fmt: skip
    assert [one.message for one in remarks("picture-rights", pictures=pictures, appears_at=noon)] == [
        "A may be shown until 30 November 2026, 12:00 only: readers won’t see it.",
        "C may not be shown before 30 November 2026, 13:00.",
        "E isn’t there any more: readers don’t see it.",
    ]


def test_an_empty_page_gets_no_remark() -> None:
    assert remarks_on(CheckedText(day=MONDAY), (), FewWords()) == ()


def test_a_headline_of_nothing_but_numbers_is_soon_compared() -> None:
    many = " ".join(f"{number} cats" for number in range(2, 2_000))
    assert len(words("number", headline=many, body_text=" ".join(["1,999,999 cats"] * 6_000))) == 20


def test_what_is_listed_and_what_is_read_is_bounded() -> None:
    assert len(remarks_on(CheckedText(body_text="the the. " * 20_000, day=MONDAY), (), FewWords())) == 30
    endings = [one + other for one in "abcdefghijklmnopqrstuvwxyz" for other in "aeiou" * 9]
    names = ", ".join(f"Anna Petrovs{ending}aya" for ending in endings)
    long = "A" + "b" * 90_000
    assert len(remarks_on(CheckedText(body_text=f"{names}, {long}, Anna {long}c", day=MONDAY), (), FewWords())) == 30
