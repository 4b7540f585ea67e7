"""The cases of Russian and Belarusian place names: "в Минске", "из Курска", "з Беларуссю", "у Магілёве".

Only the regular endings of names of one word, and of regions ("в Курской области"); what a form of a surname looks like
(Киров, Кирова) keeps the cases in which people are rarer. The rules are those of school grammars.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

SHORTEST: Final = 4

_ONE_WORD: Final = re.compile(r"[А-ЯЁІЎ][а-яёіў]+(?:-[А-ЯЁІЎ][а-яёіў]+)?")
_BELARUSIAN: Final = re.compile("[іўІЎэ]")
_SURNAME: Final = ("ов", "ев", "ёв", "ин", "ын", "аў", "еў", "ін")
_HARD: Final = tuple("бвгдзклмнпрстфхцжшчщў")
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
    "ст": ("ста", "сту", "стам", "сце"),
    "ў": ("ва", "ву", "вам", "ве"),
    "ча": ("чы", "чу", "чай"),
    "ка": ("кі", "цы", "ку", "кай"),
    "чы": ("чах", "чам", "ч"),
}
_REGION_ENDINGS: Final[dict[str, tuple[str, ...]]] = {
    "ая область": ("ой области", "ую область", "ой областью"),
    "ая вобласць": ("ай вобласці", "ую вобласць", "ай вобласцю"),
    "ий край": ("ого края", "ому краю", "им краем", "ом крае"),
    "ый край": ("ого края", "ому краю", "ым краем", "ом крае"),
}


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
    if name.endswith(_HARD):
        yield from (name + ending for ending in ("а", "у", "ам" if belarusian else "ом", "е"))
    elif name.endswith("а"):
        stem = name[:-1]
        soft = "и" if stem[-1] in "гкхжшчщ" else "ы"
        yield from (stem + ending for ending in (soft, "е", "у", "ай" if belarusian else "ой"))
