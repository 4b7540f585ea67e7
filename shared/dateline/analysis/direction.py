"""Which way a text runs: from its language, else from its first letter."""

from __future__ import annotations

import unicodedata
from itertools import takewhile
from typing import Final, Literal

Direction = Literal["rtl", "auto"]

_LANGUAGES: Final = frozenset(
    {
        "ar", "arc", "arz", "apc", "acm", "acq", "aeb", "afb", "ary", "ars", "azb", "bal", "bgn", "bqi", "ckb", "dv",
        "fa", "fas", "glk", "haz", "he", "heb", "iw", "ji", "khw", "ks", "lki", "lrc", "luz", "mzn", "nqo", "pnb",
        "prs", "ps", "sam", "sd", "sdh", "skr", "syr", "ug", "ur", "yi",
    }
)  # fmt: skip
"""Languages written from right to left where no script is named (CLDR, likelySubtags)."""

_SCRIPTS: Final = frozenset(
    {
        "adlm", "arab", "aran", "armi", "avst", "chrs", "cprt", "elym", "gara", "hatr", "hebr", "hung", "khar", "lydi",
        "mand", "mani", "mend", "merc", "mero", "narb", "nbat", "nkoo", "orkh", "ougr", "palm", "phli", "phlp", "phnx",
        "prti", "rohg", "samr", "sarb", "sogd", "sogo", "syrc", "syre", "syrj", "syrn", "thaa", "yezi",
    }
)  # fmt: skip
"""Scripts that run from right to left (ISO 15924, Unicode's Bidi_Class R and AL)."""

SCRIPT_LENGTH: Final = 4


def direction(language: str) -> Direction:
    """The ``dir`` of a text in a BCP 47 language: ``rtl``, or ``auto`` where its letters decide.

    The script decides where it is named (``pa-Arab``, ``az-Latn``). A language that runs from left to right is ``auto``
    too: it is what a story has that names none, and its letters say the same.
    """
    primary, *subtags = (language or "und").lower().replace("_", "-").split("-")
    public = takewhile(_is_no_singleton, subtags)
    script = next((tag for tag in public if len(tag) == SCRIPT_LENGTH and tag.isalpha()), None)
    runs_left = script in _SCRIPTS if script else primary in _LANGUAGES
    return "rtl" if runs_left else "auto"


def _is_no_singleton(subtag: str) -> bool:
    """After a single letter come extensions and private subtags (RFC 5646, section 2.2.6)."""
    return len(subtag) > 1


def runs_left(language: str, text: str) -> bool:
    """Whether a text runs from right to left: by its language, else by its first letter, as browsers do."""
    if direction(language) == "rtl":
        return True
    classes = (unicodedata.bidirectional(char) for char in text)
    return next((found in ("R", "AL") for found in classes if found in ("L", "R", "AL")), False)
