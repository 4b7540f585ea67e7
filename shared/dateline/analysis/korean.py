"""Korean nouns and the particles that are written onto them."""

from __future__ import annotations

import re
from typing import Final

_CASES: Final = (
    "들|에서|에게|에게서|한테|한테서|께|께서|에|으로|로|으로서|로서|으로써|로써"  # where, to whom, by what
    "|처럼|보다|만큼|와|과|이나|하고|이랑"  # as, than, and
)
_LIMITS: Final = "까지|부터|조차|마저|밖에|만|마다"
_LAST: Final = "은|는|이|가|을|를|의|도|만"
_IS: Final = (
    "입니다|입니까|이다|이며|이고|이자|이지만|이었다|였다|이라|라|이라고|라고|이라는|라는|이라며|라며|이라도|라도|이란"
)
ENDING: Final = re.compile(f"들?(?:(?:{_CASES})?(?:{_LIMITS})?(?:{_LAST})?|(?:{_IS})(?:는|도)?)")
"""What may stand behind a noun: plural, case, limit and a last particle; or "is", and what others say it is."""

_AFTER_A_CONSONANT: Final = re.compile("은|을|과|으로|이(?!다|었)")
_AFTER_A_VOWEL: Final = re.compile("는|를|가|와|라|로|였")
_TO: Final = re.compile("로(?!써|서)|로[써서]")
_SURE: Final = re.compile("을|를|은|에|이라..?|[^는이가의도만와과로들라].+")
"""What may stand behind a single syllable. Others end words too: 회의, 국가, 사과, 종이, 제도, 도로."""
_NAMES: Final = frozenset({"한은", "금은", "순은"})
"""The Bank of Korea, gold and silver, pure silver."""

_FIRST: Final = 0xAC00
_FINALS: Final = 28
_RIEUL: Final = 8
"""Hangul syllables are in the order of their 28 finals, of which none is the first (Unicode, section 3.12)."""


def bare_noun(word: str) -> str | None:
    """A Korean word without its particles; None where it has none."""
    for length in range(1, len(word)):
        noun, ending = word[:length], word[length:]
        sure = length > 1 or (_SURE.fullmatch(ending) is not None and word not in _NAMES)
        if sure and ENDING.fullmatch(ending) and _fits(noun, ending):
            return noun
    return None


def _fits(noun: str, ending: str) -> bool:
    """Many particles have one form behind a consonant and one behind a vowel."""
    final = (ord(noun[-1]) - _FIRST) % _FINALS
    if _TO.match(ending):
        return final in (0, _RIEUL)
    return not (_AFTER_A_CONSONANT if final == 0 else _AFTER_A_VOWEL).match(ending)
