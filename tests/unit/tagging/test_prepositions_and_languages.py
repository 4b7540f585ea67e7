"""Small words before names: a preposition begins no name, and what is said in Russian is no place."""

from __future__ import annotations

from typing import Final

import pytest

from dateline.domain.tagged_text import TaggedText
from dateline.tagging.cyrillic_cases import surname_like
from dateline.tagging.tagger import Tagger

RUSSIAN: Final = """
Вопреки Вдоль Внутри Вне Касательно Мимо Навстречу Накануне Наподобие Напротив Насчёт Относительно Помимо Позади
Посредством Ввиду Вследствие Сверх Сзади Сквозь Спустя Подле Ради Близ Подобно Промеж Слова Визит Победа Супруга
Дом Встреча
"""
BELARUSIAN: Final = """
Замест Апрача Дзеля Згодна Міма Наконт Напярэдадні Насупраць Насуперак Пасярод Побач Уздоўж Адносна Шляхам Цераз
Пра З-за З-пад Услед Накшталт Словы Візіт Перамога Жонка Дом Сустрэча
"""


def keys(tagger: Tagger, body: str, headline: str = "") -> set[str]:
    tagging = tagger.tag(TaggedText(headline=headline, body_text=body))
    return {tag.key for tag in tagging.tags if tag.type != "topic"}


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("Из Киева сообщили о встрече.", "kyiv"),
        ("Из Харькова сообщили.", "kharkiv"),
        ("Автобус идёт до Львова.", "lviv"),
        ("По Харькову ходят трамваи.", "kharkiv"),
        ("В Минске прошла встреча.", "minsk"),
        ("На Урале прошла встреча.", "urals"),
        ("Со Скандинавией связи нет, а с Минском есть.", "minsk"),
        ("З Мінска паведамілі.", "minsk"),
        ("З Кіева паведамілі.", "kyiv"),
        ("У Гродна адкрылі мост.", "grodno"),
        ("Да Магілёва прыехалі госці.", "mogilev"),
    ],
)
def test_a_preposition_begins_no_name(tagger: Tagger, text: str, place: str) -> None:
    for found in (keys(tagger, text), keys(tagger, "", headline=text), keys(tagger, f"Дождь. {text}")):
        assert f"place:{place}" in found
        assert not any(key.startswith("person:") for key in found)


@pytest.mark.parametrize(
    "text",
    ["У Кирова спросили совета.", "Письмо от Кирова.", "Но Лукашенко не приехал.", "По-белорусски Лукашенко говорит."],
)
def test_a_surname_behind_a_small_word_is_neither_a_place_nor_a_full_name(tagger: Tagger, text: str) -> None:
    assert keys(tagger, text) == set()


def test_an_initial_is_no_preposition(tagger: Tagger) -> None:
    assert {"person:s-ivanov", "person:v-petrenko"} <= keys(tagger, "С. Иванов и В. Петренко приехали.")


def test_the_cases_that_surnames_have_too() -> None:
    assert set(surname_like("Киев")) == {"Киева", "Киеву"}
    assert set(surname_like("Кіеў")) == {"Кіева", "Кіеву"}
    assert not list(surname_like("Минск"))


@pytest.mark.parametrize(
    "text",
    [
        "In Russian, the word means bread.",
        "He spoke in Russian.",
        "Translated from German; the German version is longer.",
        "It is a translation from German.",
        "The book came out in English.",
        "It was translated from Polish into Belarusian and Russian.",
        "A Russian-language newspaper closed.",
        "The film has Ukrainian subtitles.",
        "She learned German at school.",
        "Her German is good, and he speaks fluent French.",
        "He studied Polish and understands Russian well.",
        "French lessons and a Polish dictionary.",
        "It was sung in Kazakh. Most songs are in Kazakh.",
        "Книга вышла на русском языке.",
        "По-английски он не говорил, а по-белорусски говорил.",
        "Кніга выйшла на беларускай мове.",
        "Polish up your skills.",
        "Polish your English.",
    ],
)
def test_a_language_is_no_place(tagger: Tagger, text: str) -> None:
    assert keys(tagger, text) == set()


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("A Russian firm grew.", "russia"),
        ("He invests in Russian and Belarusian banks.", "russia"),
        ("They live in Russian cities.", "russia"),
        ("Her German husband left, their Polish and Belarusian friends stayed.", "germany"),
        ("They came from German cities.", "germany"),
        ("The German version of events is another.", "germany"),
        ("They were met by German and Polish farmers.", "germany"),
    ],
)
def test_a_people_is_one(tagger: Tagger, text: str, place: str) -> None:
    assert f"place:{place}" in keys(tagger, text)


def test_why_a_language_is_none(tagger: Tagger) -> None:
    tagging = tagger.tag(TaggedText(headline="", body_text="He spoke in Russian."))
    assert {dropped.reason for dropped in tagging.dropped} == {"names a language"}


@pytest.mark.parametrize(
    "word",
    RUSSIAN.split(),
)
def test_a_russian_word_before_a_name_is_no_part_of_it(tagger: Tagger, word: str) -> None:
    for text in (f"{word} Иван Котов.", f"Дождь. {word} Иван Котов."):
        people = {key for key in keys(tagger, text) if key.startswith("person:")}
        assert people == {"person:ivan-kotov"}


@pytest.mark.parametrize(
    "word",
    BELARUSIAN.split(),
)
def test_a_belarusian_word_before_a_name_is_no_part_of_it(tagger: Tagger, word: str) -> None:
    people = {key for key in keys(tagger, f"{word} Марыя Ліпская.") if key.startswith("person:")}
    assert people == {"person:maryia-lipskaia"}


@pytest.mark.parametrize(
    "text",
    [
        "Путин встретился с Александром Лукашенко.",
        "Об Александре Иванове.",
        "О Петре Иванове.",
        "О Марии Ивановой и Владимире Иванове.",
        "Владимир Котов приехал.",
    ],
)
def test_a_persons_name_is_no_place(tagger: Tagger, text: str) -> None:
    assert not any(key.startswith("place:") for key in keys(tagger, text))
    assert not any(key.startswith("place:") for key in keys(tagger, "", headline=text))


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("В Софии Путин встретился с послом.", "sofia"),
        ("Приехала мэр Софии Анна Котова.", "sofia"),
        ("Из Александрии Лукашенко поехал дальше.", "alexandria"),
        ("Он сказал об Иванове.", "ivanovo"),
        ("В Иванове прошла встреча с Александром.", "ivanovo"),
    ],
)
def test_a_city_called_like_a_person_is_one(tagger: Tagger, text: str, place: str) -> None:
    assert f"place:{place}" in keys(tagger, text)


def test_a_name_that_is_explained_once_means_the_same_again(tagger: Tagger) -> None:
    found = keys(tagger, "Atlanta, Georgia – It rained. They met the Georgia governor. Georgia grew.")
    assert "place:georgia-us" in found
    assert "place:georgia" not in found
    assert "place:georgia" in keys(tagger, "In Tbilisi, Georgia, it rained. Georgia grew.")
    assert {"place:georgia", "place:georgia-us"} <= keys(
        tagger, "It rained in Tbilisi, Georgia, and in Atlanta, Georgia."
    )


def test_an_apostrophe_that_is_a_letter_ends_a_name(tagger: Tagger) -> None:
    tagging = tagger.tag(TaggedText(headline="", body_text="Kyivʼs mayor met Maria Hrushkoʼs brother."))
    shown = {evidence.text for tag in tagging.tags if tag.slug == "kyiv" for evidence in tag.evidence}
    assert shown == {"Kyiv"}
    assert "person:maria-hrushko" in {tag.key for tag in tagging.tags}
