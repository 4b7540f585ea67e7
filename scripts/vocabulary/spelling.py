"""Spelling families: one name, several romanisations."""

from __future__ import annotations

from collections.abc import Iterable

GIVEN_NAMES = (
    ("Alexander", "Aleksandr", "Aleksander", "Alexandr", "Alyaksandr", "Aliaksandr"),
    ("Andrei", "Andrey", "Andrej"),
    ("Sergei", "Sergey", "Syarhey", "Siarhei"),
    ("Dmitry", "Dmitri", "Dzmitry", "Dmitriy"),
    ("Vladimir", "Uladzimir", "Volodymyr"),
    ("Mikhail", "Mikhael", "Mihail"),
    ("Nikolai", "Nikolay", "Mikalai"),
    ("Natalia", "Natalya", "Nataliya"),
    ("Viktor", "Victor"),
    ("Yuri", "Yury", "Iouri"),
    ("Anatoly", "Anatoli", "Anatol"),
    ("Vasily", "Vasili", "Vasil"),
    ("Alexei", "Aleksei", "Alexey", "Aleksey", "Aliaksei"),
    ("Yevgeny", "Evgeny", "Yevgeni", "Evgeni"),
    ("Pavel", "Pavlo"),
    ("Tatiana", "Tatyana", "Tatsiana"),
    ("Yulia", "Julia", "Yuliya"),
)
OBLAST = ("Oblast", "Region", "region", "oblast", "Voblasts", "Province")


def of_person(names: Iterable[str]) -> list[str]:
    """The same people under the other spellings of their given names."""
    others = []
    for name in names:
        given, _, rest = name.partition(" ")
        for family in GIVEN_NAMES:
            if given in family and rest:
                others += [f"{other} {rest}" for other in family if other != given]
    return others


def of_region(name: str) -> list[str]:
    """An oblast under its other English words."""
    stem, _, word = name.rpartition(" ")
    return [f"{stem} {other}" for other in OBLAST if other != word] if stem and word in OBLAST else []
