"""Names of a section or term in the languages for which its form has a field each."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

LANGUAGES: Final[Mapping[str, str]] = {"en": "English", "ru": "Russian", "be": "Belarusian"}
NAME_LABELS: Final[Mapping[str, str]] = {f"label_{code}": f"Name in {name}" for code, name in LANGUAGES.items()}


def name_fields(labels: Mapping[str, str]) -> dict[str, str]:
    """The fields filled with the names that are among ``labels``."""
    return {f"label_{code}": labels.get(code, "") for code in LANGUAGES}


def names_of_fields(values: Mapping[str, str]) -> dict[str, str]:
    """The names that were typed, by language."""
    typed = {code: " ".join(values.get(f"label_{code}", "").split()) for code in LANGUAGES}
    return {code: name for code, name in typed.items() if name}
