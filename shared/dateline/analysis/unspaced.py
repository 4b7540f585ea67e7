"""Scripts that write no spaces between words, or glue particles to them (Korean).

Each character is set apart as a word of its own, and what is typed is looked for as a phrase of its characters: so
every word inside a sentence is found, without a dictionary.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import Final

from dateline.analysis.characters import IGNORABLE, character_class
from dateline.analysis.korean import ENDING, bare_noun

_HAN: Final = character_class(
    ((0x2E80, 0x2FDF), (0x3005, 0x3007), (0x3021, 0x3029), (0x3400, 0x4DBF), (0x4E00, 0x9FFF), (0xF900, 0xFAFF),
     (0x20000, 0x3FFFF))
)  # fmt: skip
_HIRAGANA: Final = character_class(((0x3041, 0x309F),))
_KATAKANA: Final = character_class(((0x30A0, 0x30FF), (0x31F0, 0x31FF), (0x3300, 0x3357), (0xFF66, 0xFF9F)))
_BOPOMOFO: Final = character_class(((0x3105, 0x312F), (0x31A0, 0x31BF)))
_HANGUL: Final = character_class(((0x1100, 0x11FF), (0x3131, 0x318E), (0xAC00, 0xD7A3)))
_SOUTH_EAST_ASIAN: Final = character_class(
    ((0x0E01, 0x0E3A), (0x0E40, 0x0E4E), (0x0E80, 0x0ECE), (0x0EDC, 0x0EDF), (0x1000, 0x103F), (0x104E, 0x108F),
     (0x109A, 0x109F), (0x1780, 0x17D3), (0x17DC, 0x17DD))
)  # fmt: skip
"""Thai, Lao, Burmese, Khmer, without their digits."""

_MARKS: Final = character_class(
    ((0x0E31, 0x0E31), (0x0E34, 0x0E3A), (0x0E47, 0x0E4E), (0x0EB1, 0x0EB1), (0x0EB4, 0x0EBC), (0x0EC8, 0x0ECE),
     (0x102B, 0x103E), (0x1056, 0x1059), (0x105E, 0x1060), (0x1062, 0x1064), (0x1067, 0x106D), (0x1071, 0x1074),
     (0x1082, 0x108D), (0x108F, 0x108F), (0x109A, 0x109D), (0x17B4, 0x17D3), (0x17DD, 0x17DD), (0x302A, 0x302F),
     (0x3099, 0x309A))
)  # fmt: skip
"""Their vowels, tones and signs that stand on or beside a letter."""

UNSPACED: Final = f"{_HAN}{_HIRAGANA}{_KATAKANA}{_BOPOMOFO}{_HANGUL}{_SOUTH_EAST_ASIAN}"
"""Letters of such scripts, for a regular expression's brackets."""

SQUARED: Final = re.compile("[\u3200-\u33ff\U0001f200-\U0001f2ff]")
"""Letters and words in the square of one character, or in a circle: ㈱, ㍿, ㌔, ㋿."""

_ANY: Final = re.compile(f"[{UNSPACED}]")
_LETTER: Final = re.compile(f"(?![{_MARKS}])[{UNSPACED}]")

CLUSTER_BEFORE_A_WORD: Final = re.compile(f"[{UNSPACED}][{_MARKS}{IGNORABLE}]*(?=[^\\s{UNSPACED}{_MARKS}{IGNORABLE}])")
"""A letter with its marks, where something of another script follows: there a word ends."""

_THAI: Final = "[ก-ฮ]"
_LAO: Final = "[ກ-ຮ]"
_SEA: Final = f"[{_SOUTH_EAST_ASIAN}{_MARKS}]"
_INITIALS: Final = "|".join(
    rf"(?:(?<!{_SEA}){_SEA}{{1,4}}|{letter})(?:\.{letter}{{1,2}})+(?:\.|(?!{_SEA}))" for letter in (_THAI, _LAO)
)
"""Initials as Thai and Lao write them, with points: พ.ศ., มี.ค., พล.อ.; a text may go on behind them without a space."""
_ANY_INITIALS: Final = re.compile(_INITIALS)
_WITHOUT_POINTS: Final = re.compile(f"{_THAI}{{2,4}}")
PHINTHU: Final = "\u0e3a"
_POINT_INSIDE: Final = re.compile(rf"\.(?=(?:{_THAI}{{1,2}}|{_LAO}{{1,2}})(?:\.|(?!{_SEA})))(?<={_SEA}\.)")
INITIALS_BEFORE_A_POINT: Final = re.compile(rf"(?<!{_SEA}){_THAI}{{2,4}}\.")
"""The same with one point, behind the last: สส., กทม. A word of consonants alone (คน) has one only by mistake."""
STACKED: Final = re.compile(f"{PHINTHU}[{_SOUTH_EAST_ASIAN}]")
"""A letter that belongs to the one before it: phinthu ties them in Thai Pali, and here in initials."""

READING: Final = re.compile(f"[(（][{_HIRAGANA}{_KATAKANA}]+[)）]")
"""How a word of Chinese characters is said, as ruby stands in plain text: 東京(とうきょう)."""
WORD_WITH_READINGS: Final = re.compile(f"(?<=[{_HAN}])(?:{READING.pattern}[{_HAN}]+)+")
"""Readings, and the rest of the word that they part: (とうきょう)都."""

_RUN: Final = f"(?:{_INITIALS}|[{UNSPACED}](?:(?!{_INITIALS})[{UNSPACED}{_MARKS}{IGNORABLE}])*)"
_OTHER: Final = rf"(?:[^\W_{UNSPACED}](?:[^\s{UNSPACED}]*[^\W_{UNSPACED}])?)"
_PIECE: Final = re.compile(f"{_RUN}|{_OTHER}")
_UNIT: Final = re.compile(rf"(?![{_MARKS}])[{UNSPACED}]|{_OTHER}")
_LETTERS: Final = f"[{UNSPACED}][{_MARKS}{IGNORABLE}]*"
_TELLING_PIECE: Final = re.compile(
    rf"{_OTHER}{_LETTERS}(?![{UNSPACED}])|(?:(?<!\w)[^\W_{UNSPACED}])(?:{_LETTERS})|{_INITIALS}"
    rf"|(?:{_LETTERS}){{2,}}|{_OTHER}"
)
_HANGUL_RUN: Final = re.compile(f"[{_HANGUL}{IGNORABLE}]+")
_SOUTH_EAST_ASIAN_RUN: Final = re.compile(f"[{_SOUTH_EAST_ASIAN}{_MARKS}{IGNORABLE}]+")
_SOUTH_EAST_ASIAN_CLUSTER: Final = re.compile(f"[{_SOUTH_EAST_ASIAN}][{_MARKS}{IGNORABLE}]*")
_EAST_ASIAN_PARTS: Final = re.compile(f"[{_HAN}]{{2,}}|[{_HAN}][{_HIRAGANA}]*|[{_KATAKANA}]+|[^{_HAN}{_KATAKANA}]+")
_HAN_ROW: Final = re.compile(f"[{_HAN}]+")
_ONLY_HIRAGANA: Final = re.compile(f"[{_HIRAGANA}]+")
MAX_WORD: Final = 4
"""Characters of a Chinese or Japanese word; what is longer was typed without spaces, as it is written."""

MAX_SYLLABLES: Final = 10
WINDOW: Final = 4
"""The same for Thai, Lao, Burmese and Khmer, in letters with their marks, and in which steps more is looked for."""

_BRACKETS: Final = dict.fromkeys(map(ord, "()"), " ")

MAX_PARTS: Final = 20
"""An index takes only so many conditions."""


def has_unspaced(text: str) -> bool:
    """Whether the text has a letter or mark of such a script."""
    return _ANY.search(text) is not None


def is_mostly_unspaced(text: str) -> bool:
    """Whether more than half of a text's letters are of such scripts."""
    return has_unspaced(text) and 2 * len(_LETTER.findall(text)) > sum(map(str.isalpha, text))


def set_apart(text: str) -> str:
    """A folded character with a space before each letter of such a script in it."""
    return _LETTER.sub(r" \g<0>", text)


def spellings_of(text: str) -> tuple[str, ...]:
    """A text that stands for a phrase, in each way in which it may be written: Thai initials have points or none."""
    return (text, ".".join(text)) if _WITHOUT_POINTS.fullmatch(text) else (text,)


def joined_initials(text: str) -> str:
    """The text with a sign for the points inside Thai and Lao initials (พ.ศ.), which makes one word of them."""
    return _POINT_INSIDE.sub(PHINTHU, text)


def parts_of(word: str) -> list[tuple[str, bool]]:
    """What to look for when ``word`` is typed without quotation marks: any of these texts, the whole first.

    True goes with one that is a phrase, as scripts without spaces are looked for.

    A word of another script is itself. A short run is a phrase, with the letters of another script beside it (A股). A
    long one is looked for in parts: by the kind of its characters, else by neighbours. A Korean word is looked for
    without its particles too, Thai initials with their points.
    """
    word = SQUARED.sub(_written_out, word)
    if not has_unspaced(word):
        return [(word, False)]
    parts = dict.fromkeys(part for one in word.split() for part in _parts_of_word(one))
    return list(parts)[:MAX_PARTS]


def _written_out(sign: re.Match[str]) -> str:
    return unicodedata.normalize("NFKC", sign[0]).translate(_BRACKETS)


def _parts_of_word(word: str) -> Iterator[tuple[str, bool]]:
    pieces = [piece[0] for piece in _PIECE.finditer(word)]
    if len(pieces) == 1 and has_unspaced(word):
        yield from ((part, True) for part in _parts_of_run(pieces[0]))
        return
    yield word, has_unspaced(word)
    if len(pieces) < 2:
        return
    last = pieces[-1]
    if ENDING.fullmatch(last) and word.endswith(last):
        yield word.removesuffix(last), len(pieces) > 2
    elif _HANGUL_RUN.fullmatch(last) and word.endswith(last) and (noun := bare_noun(last)):
        yield word.removesuffix(last) + noun, True
    if len(_UNIT.findall(word)) > MAX_WORD:
        yield from _parts_of_mixed(word)


def _parts_of_mixed(word: str) -> Iterator[tuple[str, bool]]:
    """Its pieces, a single character with the piece beside it, or left out where that is none."""
    for piece in _TELLING_PIECE.finditer(word):
        text = piece[0]
        if _ANY.match(text):
            yield from ((part, True) for part in _parts_of_run(text))
        else:
            yield text, has_unspaced(text)


def _parts_of_run(run: str) -> Iterator[str]:
    yield run
    if _HANGUL_RUN.fullmatch(run):
        if noun := bare_noun(run):
            yield noun
    elif len(spellings := spellings_of(run)) > 1:
        yield spellings[1]
    elif _SOUTH_EAST_ASIAN_RUN.fullmatch(run):
        letters = _SOUTH_EAST_ASIAN_CLUSTER.findall(run)
        if len(letters) > MAX_SYLLABLES:
            yield from ("".join(letters[at : at + WINDOW]) for at in range(len(letters) - WINDOW + 1))
    elif len(run) > MAX_WORD and not _ANY_INITIALS.fullmatch(run):
        yield from _east_asian_parts(run)


def _east_asian_parts(run: str) -> Iterator[str]:
    """Words by a change of script; neighbours in a long row of Chinese ones. Particles beside them say nothing."""
    parts = _EAST_ASIAN_PARTS.findall(run)
    telling = [part for part in parts if not _ONLY_HIRAGANA.fullmatch(part)]
    for part in telling or parts:
        if len(part) > MAX_WORD and _HAN_ROW.fullmatch(part):
            yield from (part[at : at + 2] for at in range(len(part) - 1))
        elif part != run:
            yield part
