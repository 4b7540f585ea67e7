"""Which way a text runs: from its language, else from its first letter."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from functools import lru_cache
from itertools import takewhile
from typing import Final, Literal

from babel.core import get_global

Direction = Literal["rtl", "auto"]

_SCRIPTS: Final = frozenset(
    {
        "adlm", "arab", "aran", "armi", "avst", "chrs", "cprt", "elym", "gara", "hatr", "hebr", "hung", "khar", "lydi",
        "mand", "mani", "mend", "merc", "mero", "narb", "nbat", "nkoo", "orkh", "ougr", "palm", "phli", "phlp", "phnx",
        "prti", "rohg", "samr", "sarb", "sogd", "sogo", "syrc", "syre", "syrj", "syrn", "thaa", "yezi",
    }
)  # fmt: skip
"""Scripts that run from right to left (ISO 15924, Unicode's Bidi_Class R and AL)."""

SCRIPT_LENGTH: Final = 4
REGION_LENGTH: Final = 2


@lru_cache(maxsize=1_000)
def direction(language: str) -> Direction:
    """The ``dir`` of a text in a BCP 47 language: ``rtl``, or ``auto`` where its letters decide.

    The script decides where it is named (``pa-Arab``, ``az-Latn``), else the one that the language is most likely
    written in (CLDR). A language that runs from left to right is ``auto`` too: it is what a story has that names none,
    and its letters say the same.
    """
    subtags = language.lower().replace("_", "-").split("-")
    primary, *public = [*takewhile(_is_no_singleton, subtags)] or ["und"]
    script = next((tag for tag in public if len(tag) == SCRIPT_LENGTH and tag.isalpha()), None)
    return "rtl" if (script or _likely_script(primary, public)) in _SCRIPTS else "auto"


def _likely_script(primary: str, subtags: Sequence[str]) -> str:
    """The script that CLDR's likely subtags give a language, in a region where they differ (``uz-AF``)."""
    name = get_global("language_aliases").get(primary, primary).partition("_")[0]
    likely = get_global("likely_subtags")
    regions = (f"{name}_{tag.upper()}" for tag in subtags if len(tag) == REGION_LENGTH)
    full = next(filter(None, map(likely.get, (*regions, name))), "")
    return next((tag.lower() for tag in full.split("_") if len(tag) == SCRIPT_LENGTH), "")


def _is_no_singleton(subtag: str) -> bool:
    """After a single letter come extensions and private subtags (RFC 5646, section 2.2.6)."""
    return len(subtag) > 1


def runs_left(language: str, text: str) -> bool:
    """Whether a text runs from right to left: by its language, else by its first letter, as browsers do."""
    if direction(language) == "rtl":
        return True
    classes = (unicodedata.bidirectional(char) for char in text)
    return next((found in ("R", "AL") for found in classes if found in ("L", "R", "AL")), False)
