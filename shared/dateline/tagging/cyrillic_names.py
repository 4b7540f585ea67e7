"""The cases of Russian and Belarusian names of people and organisations: "Владимира Путина", "в Совете Европы".

As with places (``cyrillic_cases``) only regular endings: of a person the given name and the surname, of an organisation
one word, or the noun that its name begins with where all that follows stands in the genitive.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from dateline.tagging.cyrillic_cases import HARD, forms_of_given_name, given_names_in_cases, inflected
from dateline.tagging.wordlists import word_lists

_NAME: Final = re.compile(r"[А-ЯЁІЎ][а-яёіў’']+")
_FULL_NAME: Final = re.compile(rf"({_NAME.pattern}) ({_NAME.pattern})")
_HEADED: Final = re.compile(r"(Совет|Союз|Банк|Фонд|Суд|Комитет|Институт|Университет|Парк|Центр)( [А-ЯЁІЎа-яёіў ]+)")
_HEAD_CASES: Final = ("а", "у", "ом", "е")
_GENITIVE: Final = ("а", "я", "и", "ы", "й", "ей", "ов", "х")
"""How a word in the genitive may end."""
_SHORTEST: Final = 5
_WOMANS_SURNAME: Final = ("ова", "ева", "ёва", "ина", "ына", "іна", "ская", "цкая", "ко", "ка", "ич", "іч", "ук", "юк")
_MATRONYMIC: Final = ("овна", "евна", "ична", "аўна", "еўна", "ічна")
_MENS_NAMES: Final = frozenset(("Никита", "Илья", "Кузьма", "Фома", "Лука", "Савва", "Данила", "Мікіта", "Янка"))

_PATRONYMIC: Final = (
    r"[А-ЯЁІЎ][а-яёіў]+(?:(?:вич|ич)(?:а|у|ем|е)?|[віў]іч(?:а|у|ам|ы)?|(?:[ое]вн|ичн)(?:а|ы|е|у|ой)"
    r"|(?:[аеяо]ўн|ічн)(?:а|ы|е|у|ай))"
)
_INITIALS: Final = r"[А-ЯЁІЎ]\.(?: ?[А-ЯЁІЎ]\.)?"
_BEFORE_SURNAME: Final = re.compile(
    rf"(?<!\w)(?:(?P<given>{_NAME.pattern}) {_PATRONYMIC} |(?P<initials>{_INITIALS}) ?)\Z"
)
_AFTER_SURNAME: Final = re.compile(
    rf" (?:(?P<given>{_NAME.pattern}) {_PATRONYMIC}(?!\w)|(?P<initials>{_INITIALS})(?! ?[А-ЯЁІЎ][а-яёіў]))"
)
_LONGEST_BEFORE: Final = 48

_MASCULINE: Final[dict[str, tuple[str, ...]]] = {
    "ский": ("ского", "скому", "ским", "ском"),
    "цкий": ("цкого", "цкому", "цким", "цком"),
    "скі": ("скага", "скаму", "скім"),
    "цкі": ("цкага", "цкаму", "цкім"),
    "ный": ("ного", "ному", "ным", "ном"),
    "ов": ("ова", "ову", "овым", "ове"),
    "ев": ("ева", "еву", "евым", "еве"),
    "ёв": ("ёва", "ёву", "ёвым", "ёве"),
    "ин": ("ина", "ину", "иным", "ине"),
    "ін": ("іна", "іну", "іным", "іне"),
    "аў": ("ава", "аву", "авым", "аве"),
    "еў": ("ева", "еву", "евым", "еве"),
    "нка": ("нкі", "нку", "нкам"),
    "ь": ("я", "ю", "ем", "е"),
    "й": ("я", "ю", "ем", "е"),
    "ч": ("ча", "чу", "чем", "че", "чам", "чы"),
}
_FEMININE: Final[dict[str, tuple[str, ...]]] = {
    "ская": ("ской", "скую"),
    "цкая": ("цкой", "цкую"),
    "ова": ("овой", "ову", "овай"),
    "ева": ("евой", "еву", "евай"),
    "нка": ("нкі", "нцы", "нку", "нкай"),
    "ина": ("иной", "ину"),
    "іна": ("інай", "іну"),
}


def other_cases(name: str, type: str) -> Iterator[str]:
    """The other cases of a person's or an organisation's Cyrillic name; none of one in another script."""
    if name[0] < "Ё":
        return
    if type == "person":
        yield from _of_person(name)
    elif headed := _HEADED.fullmatch(name):
        if headed[2].split()[-1].endswith(_GENITIVE):
            yield from (headed[1] + ending + headed[2] for ending in _HEAD_CASES)
    elif len(name) >= _SHORTEST and not name.isupper() and name[1:].islower():
        yield from inflected(name)


def surname_cases(surname: str) -> tuple[str, ...]:
    """The other cases of a surname, whichever of the two its bearer is."""
    return (*_surname_forms(surname, feminine=False), *_surname_forms(surname, feminine=True))


def cyrillic_given_names(names: Iterable[str]) -> Iterator[str]:
    """The given names in a person's full Cyrillic names."""
    return (full[1] for full in map(_FULL_NAME.fullmatch, names) if full)


def formal_name(text: str, start: int, end: int) -> tuple[int, int, str] | None:
    """The name with a patronymic or with initials that a Cyrillic surname stands in, before or behind them: where it
    begins and ends, and the given name or its initial ("А.")."""
    if before := _BEFORE_SURNAME.search(text, max(0, start - _LONGEST_BEFORE), start):
        return before.start(), end, before["given"] or before["initials"][:2]
    if after := _AFTER_SURNAME.match(text, end):
        return start, after.end(), after["given"] or after["initials"][:2]
    return None


def may_be_called(given_names: Iterable[str], given: str) -> bool:
    """Whether a given name in any case, or its initial, is one of a person's."""
    if given.endswith("."):
        return given[0] in {name[0] for name in given_names}
    return any(given in forms_of_given_name(name) for name in given_names)


def is_oblique(words: Sequence[str], *, begins: bool) -> bool:
    """Whether a name of several words holds a Cyrillic given name in another case than the nominative, or one that may
    stand in one ("письмо Александра Лукашенко"), so that nobody can say how the person is called. Who is named where a
    sentence ``begins`` is taken for its subject, and not whose "Письмо" it is."""
    if words[0] < "Ё":
        return False
    known, cases = word_lists().given_names, given_names_in_cases()
    subject = 1 if begins and words[0].endswith(_WOMANS_SURNAME) else 0
    return any(
        word in cases and (word not in known or (not (begins and i <= subject) and _is_ambiguous(word, words)))
        for i, word in enumerate(words)
    )


def _is_ambiguous(word: str, words: Sequence[str]) -> bool:
    """Whether a woman's name may be a man's in the genitive ("Александра"), and the surname doesn't say whose it is."""
    if not word.endswith(("а", "я")):
        return False
    if words[-1].endswith(_MATRONYMIC):
        return False
    stem = word[:-1]
    mans = {stem, stem + "й", stem + "ь"} & word_lists().given_names
    surname = words[-1] if words[0] == word else words[0]
    return bool(mans) and not surname.endswith(("ая", "ой", "ую"))


def _of_person(name: str) -> Iterator[str]:
    full = _FULL_NAME.fullmatch(name)
    if full is None:
        return
    given, surname = full.groups()
    feminine = given.endswith(("а", "я")) and given not in _MENS_NAMES
    surnames = _surname_forms(surname, feminine=feminine) or (surname,)
    for form in forms_of_given_name(given):
        if form != given:
            yield from (f"{form} {other}" for other in dict.fromkeys((*surnames, surname) if feminine else surnames))


def _surname_forms(surname: str, *, feminine: bool) -> tuple[str, ...]:
    """None of a surname that has but one form: those in -ко, -ых, a woman's that ends in a consonant."""
    for ending, others in (_FEMININE if feminine else _MASCULINE).items():
        if surname.endswith(ending):
            return tuple(surname.removesuffix(ending) + other for other in others)
    if not feminine and surname.endswith(HARD) and not surname.endswith(("ых", "их")):
        return tuple(surname + ending for ending in ("а", "у", "ом", "ам", "е"))
    return ()
