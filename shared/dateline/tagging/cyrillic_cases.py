"""The cases of Russian and Belarusian place names: "в Минске", "из Курска", "з Беларуссю", "у Магілёве"; and of given
names, which look like some of them: "с Александром Лукашенко".

Only the regular endings of names of one word, and of regions ("в Курской области"); what a form of a surname looks like
(Киров, Кирова) keeps the cases in which people are rarer. The rules are those of school grammars.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Final

from dateline.tagging.senses import OBLIQUE
from dateline.tagging.surroundings import LOOK_BACK, word_before
from dateline.tagging.wordlists import word_lists

SHORTEST: Final = 4

_ONE_WORD: Final = re.compile(r"[А-ЯЁІЎ](?:['’][а-яіў])?[а-яёіў]+(?:-[А-ЯЁІЎ][а-яёіў]+)?")
_BELARUSIAN: Final = re.compile("[іўІЎэ’']")
_RUSSIAN: Final = re.compile("[иИщЩъ]")
"""Names without letters of the one or the other ("Гомель", "Орша") have the endings of both languages."""
_SURNAME: Final = ("ов", "ев", "ёв", "ин", "ын", "аў", "еў", "ін")
HARD: Final = tuple("бвгдзклмнпрстфхцжшчщў")
_ENDINGS: Final[dict[str, tuple[str, ...]]] = {
    "ия": ("ии", "ию", "ией"),
    "ія": ("іі", "ію", "іяй"),
    "ея": ("еи", "ее", "ею", "еей"),
    "я": ("и", "е", "ю", "ей"),
    "ь": ("и", "ью", "я", "ю", "ем", "е"),
    "ово": ("ове", "овом"),
    "ево": ("еве", "евом"),
    "ино": ("ине", "ином"),
    "но": ("не",),
    "ий": ("ого", "ому", "им", "ом"),
    "ый": ("ого", "ому", "ым", "ом"),
    "ое": ("ого", "ому", "ым", "ом"),
    "ец": ("ца", "цу", "цом", "це"),
    "й": ("я", "ю", "ем", "е"),
    "ы": ("ах", "ам"),
    "чи": ("чах", "чам", "чей"),
    "ки": ("ках", "кам"),
}
_BELARUSIAN_ENDINGS: Final[dict[str, tuple[str, ...]]] = {
    "сць": ("сці", "сцю"),
    "сь": ("сі", "ссю"),
    "ь": ("і", "я", "ю", "ем", "лю"),
    "ыя": ("ыі", "ыю", "ыяй"),
    "й": ("я", "ю", "ем", "і"),
    "ст": ("ста", "сту", "стам", "сце"),
    "т": ("та", "ту", "там", "це"),
    "д": ("да", "ду", "дам", "дзе"),
    "ў": ("ва", "ву", "вам", "ве"),
    **{hard: (hard + "а", hard + "у", hard + "ам", hard + "ы") for hard in "жшчцр"},
    **{hard + "а": (hard + "ы", hard + "у", hard + "ай") for hard in "жшчцр"},
    "да": ("ды", "дзе", "ду", "дай"),
    "та": ("ты", "це", "ту", "тай"),
    "га": ("гі", "зе", "гу", "гай"),
    "ха": ("хі", "се", "ху", "хай"),
    "ка": ("кі", "цы", "ку", "кай"),
    "чы": ("чах", "чам", "ч"),
}
_REGION_ENDINGS: Final[dict[str, tuple[str, ...]]] = {
    "ая область": ("ой области", "ую область", "ой областью"),
    "ая вобласць": ("ай вобласці", "ую вобласць", "ай вобласцю"),
    "ий край": ("ого края", "ому краю", "им краем", "ом крае"),
    "ый край": ("ого края", "ому краю", "ым краем", "ом крае"),
}


def cases_of_place(name: str) -> Iterator[tuple[str, int]]:
    """The other cases of a place name, each with the flag of its meaning (``senses``)."""
    yield from ((form, 0) for form in inflected(name))
    yield from ((form, OBLIQUE) for form in surname_like(name))


def surname_like(name: str) -> Iterator[str]:
    """The genitive and dative of a place name that are a surname's too: "из Киева", "по Харькову"."""
    if name[0] >= "Ё" and len(name) >= SHORTEST and name.endswith(_SURNAME) and _ONE_WORD.fullmatch(name):
        stem = name[:-1] + "в" if name[-1] == "ў" else name
        yield from (stem + "а", stem + "у")


def inflected(name: str) -> Iterator[str]:
    """The other cases of a Cyrillic place name; none of one in another script, or of several words but a region's."""
    if name[0] < "Ё" or len(name) < SHORTEST:
        return
    for ending, others in _REGION_ENDINGS.items():
        if name.endswith(ending):
            yield from (name.removesuffix(ending) + other for other in others)
            return
    if not _ONE_WORD.fullmatch(name):
        return
    belarusian = _BELARUSIAN.search(name) is not None
    if not belarusian:
        yield from _regular_forms(name, belarusian=False)
    if belarusian or not _RUSSIAN.search(name):
        yield from _regular_forms(name, belarusian=True)


def _regular_forms(name: str, *, belarusian: bool) -> Iterator[str]:
    if name.endswith(_SURNAME):
        stem = name[:-1] + "в" if name[-1] == "ў" else name
        yield from (stem + "е", stem + ("ам" if belarusian else "ом"))
        return
    for endings in (_BELARUSIAN_ENDINGS, _ENDINGS) if belarusian else (_ENDINGS,):
        for ending, others in endings.items():
            if name.endswith(ending):
                stem = name[: -len(ending)]
                yield from (stem + other for other in others)
                return
    if name.endswith(HARD):
        yield from (name + ending for ending in ("а", "у", "ам" if belarusian else "ом", "е"))
    elif name.endswith("а"):
        stem = name[:-1]
        soft = "и" if stem[-1] in "гкхжшчщ" else "ы"
        yield from (stem + ending for ending in (soft, "е", "у", "ай" if belarusian else "ой"))


_GIVEN_NAME_ENDINGS: Final[dict[str, tuple[str, ...]]] = {
    "ий": ("ия", "ию", "ием", "ии"),
    "ія": ("іі", "ію", "іяй"),
    "ия": ("ии", "ию", "ией"),
    "я": ("и", "е", "ю", "ей", "і", "яй"),
    "й": ("я", "ю", "ем", "е", "і"),
    "ь": ("я", "ю", "ем", "е", "и", "і"),
    "а": ("ы", "и", "і", "е", "у", "ой", "ай", "ей"),
    "Лев": ("Льва", "Льву", "Львом", "Льве"),
    "Леў": ("Льва", "Льву", "Львом", "Льве"),
    "ел": ("ла", "лу", "лом", "ле"),
    "ў": ("ва", "ву", "вам", "ве"),
}
_WHERE: Final = frozenset(("в", "во", "ў", "из"))


def is_of_a_person(text: str, start: int, end: int) -> bool:
    """Whether what looks like a place's name in Cyrillic is a person's given name before a surname, or the surname
    behind one: "с Александром Лукашенко", "о Петре Иванове". It is a place behind "в" and "из",
    and before a given name."""
    if text[start] < "Ё" or text[start - 1 : start] not in ("", " ", "\n"):
        return False
    before, given = word_before(text, start), given_names_in_cases()
    if text[start - len(before) - 1 : start] == f"{before} " and before in given:
        return True
    if text[end : end + 1] != " " or not text[end + 1 : end + 2].isupper() or text[start:end] not in given:
        return False
    following = text[end + 1 : end + 1 + LOOK_BACK].partition(" ")[0]
    return before.lower() not in _WHERE and following not in given


@cache
def given_names_in_cases() -> frozenset[str]:
    """The Cyrillic given names in all cases."""
    return frozenset(form for name in word_lists().given_names if name[0] >= "Ё" for form in forms_of_given_name(name))


def forms_of_given_name(name: str) -> Iterator[str]:
    """A Cyrillic given name in all cases, the nominative first."""
    yield name
    if name.endswith(HARD):
        yield from (name + ending for ending in ("а", "у", "ом", "ам", "е"))
    elif name == "Пётр":
        yield from ("Петра", "Петру", "Петром", "Петре")
    for ending, others in _GIVEN_NAME_ENDINGS.items():
        if name.endswith(ending):
            yield from (name.removesuffix(ending) + other for other in others)
            return
