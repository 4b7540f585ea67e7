"""The cases of Cyrillic place names."""

from __future__ import annotations

import pytest

from dateline.domain.tagged_text import TaggedText
from dateline.tagging.cyrillic_cases import inflected
from dateline.tagging.tagger import Tagger


@pytest.mark.parametrize(
    ("name", "form"),
    [
        ("Минск", "Минске"),
        ("Курск", "Курска"),
        ("Москва", "Москве"),
        ("Рига", "Риги"),
        ("Россия", "Россией"),
        ("Казань", "Казани"),
        ("Алтай", "Алтаем"),
        ("Волжский", "Волжском"),
        ("Череповец", "Череповце"),
        ("Барановичи", "Барановичах"),
        ("Мінск", "Мінску"),
        ("Магілёў", "Магілёве"),
        ("Брэст", "Брэсце"),
        ("Украіна", "Украінай"),
        ("Гомель", "Гомелі"),
        ("Гомель", "Гомелю"),
        ("Польшча", "Польшчы"),
        ("Кітай", "Кітаі"),
        ("Францыя", "Францыяй"),
        ("Ліда", "Лідзе"),
        ("Орша", "Оршы"),
        ("Орша", "Орше"),
        ("Рыга", "Рызе"),
        ("Парыж", "Парыжы"),
        ("В’етнам", "В’етнаме"),
        ("Германія", "Германіяй"),
    ],
)
def test_a_case(name: str, form: str) -> None:
    assert form in set(inflected(name))


@pytest.mark.parametrize("name", ["Minsk", "Нижний Новгород", "Уфа", "СССР", "K", "Я"])
def test_names_without_cases(name: str) -> None:
    assert not list(inflected(name))


def test_a_surname_keeps_its_genitive() -> None:
    assert "Кирова" not in set(inflected("Киров"))


@pytest.mark.parametrize(
    ("body", "keys"),
    [
        ("Выставка прошла в Минске, делегация приехала из Курска.", {"place:minsk", "place:kursk"}),
        ("Соглашение с Казахстаном подписано в Москве.", {"place:kazakhstan", "place:moscow"}),
        ("Выстава адкрылася ў Магілёве, госці прыехалі з Брэста.", {"place:mogilev", "place:brest"}),
        ("Яны былі ў Гомелі, Лідзе і Оршы.", {"place:gomel", "place:lida", "place:orsha"}),
        ("Сустрэча ў Польшчы, Кітаі і Францыі.", {"place:poland", "place:china", "place:france"}),
        ("Сустрэча ў Венгрыі, Індыі і Турцыі.", {"place:hungary", "place:india", "place:turkey"}),
        ("Сустрэча ў В'етнаме.", {"place:vietnam"}),
        ("Сустрэча ў В’етнаме.", {"place:vietnam"}),
    ],
)
def test_places_in_a_text(tagger: Tagger, body: str, keys: set[str]) -> None:
    assert keys <= {tag.key for tag in tagger.tag(TaggedText(headline="", body_text=body)).tags}


@pytest.mark.parametrize(
    ("name", "form"),
    [
        ("Курская область", "Курской области"),
        ("Курская область", "Курскую область"),
        ("Мінская вобласць", "Мінскай вобласці"),
        ("Краснодарский край", "Краснодарском крае"),
    ],
)
def test_the_cases_of_a_region(name: str, form: str) -> None:
    assert form in set(inflected(name))


def test_a_region_is_found_in_any_case(tagger: Tagger) -> None:
    tagging = tagger.tag(TaggedText(headline="", body_text="Жители Курской области ждут весны.", language="ru"))
    assert ("place:kursk-oblast", "Курской области") in {(tag.key, tag.evidence[0].text) for tag in tagging.tags}
