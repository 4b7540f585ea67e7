"""What an apostrophe ties to a word and is no part of it: articles and pronouns before it, endings after it."""

from __future__ import annotations

import re
from typing import Final

from dateline.analysis.characters import FULL_WIDTH
from dateline.analysis.unspaced import UNSPACED, has_unspaced

_SIGNS: Final = "'’‛ʼ＇"
_BEFORE_A_WORD: Final = re.compile(rf"[{_SIGNS}](?!(?:[sStTdDmM]|ll|re|ve)(?!\w))(?=(\d)|[^\W\d_]([^\W\d_])?)")
"""With the digit behind it, or the word's second letter, if there is one. Those that English texts are full of
(it's, can't, they'll) stay."""

_ELIDED: Final = frozenset(
    {
        "c", "d", "j", "l", "m", "n", "s", "t", "v", "qu", "lorsqu", "puisqu", "quoiqu", "jusqu", "un", "all", "coll",
        "dall", "dell", "nell", "pell", "sull", "gl", "agl", "dagl", "degl", "negl", "sugl", "quell", "quest",
    }
)  # fmt: skip
"""What French and Italian (and Catalan) write without its vowel before a word: l’, qu’, dell’."""
_NOT_BEFORE_NUMBERS: Final = frozenset({"c", "j", "m", "n", "s", "t", "v", "un"})
"""The others stand before figures as before their names: l’80%, dell’11, d’1,5."""
MAX_ELIDED: Final = max(map(len, _ELIDED))

_W: Final = rf"(?-i:[^\W_{UNSPACED}])"
_FIRST_UNSPACED: Final = "\u0e00"
_CONSONANT: Final = rf"(?-i:[^\W\d_aAıIiİoOöÖuUüÜáàâéèêíîóôúûÁÀÂÉÈÊÍÎÓÔÚÛ{UNSPACED}])"
_I: Final = "[iıİuü]"
_AFTER_A_CONSONANT: Final = "|".join(
    (
        # Turkish: to, of, and behind -in- of a possession; an ordinal. Not in Chang'e: endings sound like their word
        rf"a|(?<![aou]ng.)e|{_I}(?:n(?:ki|[dc]?[ae]n?|d[ae]ki|c?{_I})?)?",
        "owi|owie|ów|ow|ego|emu|em|ie|om|ami|ach|y|im|ym",  # Polish
        "is|it|iks|ile|ilt|isse|ist",  # Estonian
    )
)
_ENDING: Final = "|".join(
    (
        # Turkish: the cases, behind -s- of a possession; plural; with, from, like; is, was
        rf"(?:s{_I})?(?:n?[dt][ae](?:n|ki)?|n{_I}(?:n|nki)?|n[ae]|y[ae]|y{_I}|y?l[ae])|s{_I}",
        rf"l[ae]r(?:{_I}n?|[ae]|[dt][ae](?:n|ki)?|l[ae])?|l{_I}(?:l[ae]r)?|l{_I}[kğ]|s{_I}z|[cç](?:[ae]|{_I})",
        rf"[dt]{_I}r|yd{_I}|yken",
        "n|ss[aä]|st[aä]|ll[aäe]|lt[aä]",  # Finnish
        "go|mu",  # Polish
    )
)
_ENDINGS: Final = re.compile(
    rf"[{_SIGNS}](?:(?<=\d.)(?:{_ENDING}|{_AFTER_A_CONSONANT})"
    rf"|(?:(?<={_W}{_W}{_W}.)|(?<={_W}(?!e){_CONSONANT}.))(?:{_ENDING})"
    rf"|(?<={_W}{_W}{_CONSONANT}.)(?:{_AFTER_A_CONSONANT}))"
    rf"(?:[{_SIGNS}](?:{_ENDING}|{_AFTER_A_CONSONANT}))*(?!{_W}|[_{_SIGNS}])",
    re.IGNORECASE,
)
"""What Turkish, Polish, Estonian and Finnish write behind a name: Türkiye'nin, Chirac’a. A short word in front of it is
more likely a part of a name (O'Dea, Sa'da)."""


def without_elisions_and_endings(text: str, filler: str) -> str:
    """The text with ``filler`` for each character of its elided articles and pronouns, and of its names' endings."""
    kept, at = [], 0
    for apostrophe in _BEFORE_A_WORD.finditer(text):
        sign = apostrophe.start()
        if sign < at:
            continue
        digit, second_letter = apostrophe.groups()
        if (digit or second_letter) and (length := _elided_before(text, sign, bool(digit))):
            start, end = sign - length, sign + 1
        elif ending := _ENDINGS.match(text, sign):
            start, end = ending.span()
        else:
            continue
        kept += [text[at:start], filler * (end - start)]
        at = end
    return "".join([*kept, text[at:]]) if kept else text


def _elided_before(text: str, end: int, number: bool) -> int:
    """How long the elided word is that ends at an apostrophe; 0 when there is none."""
    for length in range(1, min(end, MAX_ELIDED) + 1):
        before = text[end - length - 1 : end - length] if length < end else ""
        if not _in_a_word(before):
            word = text[end - length : end].translate(FULL_WIDTH).lower()
            elided = word in _ELIDED and not (number and word in _NOT_BEFORE_NUMBERS)
            return length if elided and before not in ("'", "’") else 0
    return 0


def _in_a_word(char: str) -> bool:
    return char == "_" or (char.isalnum() and (char < _FIRST_UNSPACED or not has_unspaced(char)))
