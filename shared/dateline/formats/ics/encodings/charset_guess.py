"""Which charset bytes are in, where nobody says it: the one in which they read most like a language.

A calendar has few words, too few for what tells charsets of long texts apart. So each charset is judged by the letters
that a language has, by where they stand in words, and by the languages that the calendar names or whose countries its
time zones name.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Final

from dateline.formats.ics.encodings.languages import FOREIGN, LANGUAGES, Language, likelihoods

MOST_GUESSED_FROM: Final = 3_000
"""Bytes of lines that are not ASCII: more say nothing new."""
SAID: Final = 9.0
OF_COUNTRY: Final = 5.0
"""What a language gains (in logarithms) that the calendar names, or that is spoken in a country it names."""

_OTHER_SCRIPT: Final = -12.0
_LETTERS: Final = re.compile(r"[^\W\d_]+|[^\x00-\x7f]")
_CODE: Final = re.compile(r"(?<=[^\x00-\x7f])[|^~{}`@]|[|^~{}`@](?=[^\x00-\x7f])")
"""Signs of ASCII that touch no letter of another script, but are second bytes of ideographs."""
_ESCAPED: Final = re.compile(r"\\[nN,;\\]")
_SCRIPTS: Final = (
    (0x00C0, 0x024F, "latin"), (0x0370, 0x03FF, "greek"), (0x0400, 0x052F, "cyrillic"), (0x05D0, 0x05EA, "hebrew"),
    (0x0620, 0x06D5, "arabic"), (0x0E00, 0x0E5B, "thai"), (0x3041, 0x30FF, "kana"), (0x4E00, 0x9FFF, "han"),
    (0xAC00, 0xD7A3, "hangul"),
)  # fmt: skip
_WIDE: Final = frozenset("\u3000、。，！？：；（）「」『』《》・ー")
_QUOTES: Final = frozenset("\u00a0‘’“”„«»…¿¡")
_SIGNS: Final = frozenset("–—·•№€°§") | _WIDE | _QUOTES
"""Signs that texts have; but for quotation marks, and those of ideographs, they don't touch a letter."""
_FINAL: Final = frozenset("םןףץךς")
_NOT_FINAL: Final = frozenset("σמנצכ")
_DOUBLED: Final = frozenset((1, 4, 8, 10, 13))
_COMMON_VOWELS: Final = frozenset((0, 1, 4, 5, 6, 8, 13, 18, 20))
_FINALS: Final = {0: -0.9, 4: -2.0, 21: -2.0, 8: -2.4, 1: -2.7, 16: -2.8, 17: -3.5, 19: -3.9, 20: -3.9}


@dataclass(slots=True)
class _Reading:
    """What a charset makes of the bytes: how often each letter stands there, and how odd the words are."""

    letters: Counter[str] = field(default_factory=Counter)
    oddity: float = 0.0


def guess_charset(sample: bytes, said: tuple[str, ...] = (), of_country: tuple[str, ...] = ()) -> str:
    """The likeliest charset of lines that are not ASCII; cp1252 where nothing tells it.

    ``said`` are the languages (BCP 47) that the calendar names, ``of_country`` those of countries that it names.
    """
    sample = _cut(sample)
    readings: dict[str, _Reading] = {}
    best, likeliest = float("-inf"), "cp1252"
    for language in LANGUAGES:
        gain = _gain(language, said, of_country)
        for charset, prior in language.charsets:
            if charset not in readings:
                readings[charset] = _reading(sample.decode(charset, "replace"))
            score = _score(language, readings[charset], charset) + prior + gain
            if score > best:
                best, likeliest = score, charset
    return likeliest


def _cut(sample: bytes) -> bytes:
    """The beginning of the sample, cut where no character is."""
    if len(sample) <= MOST_GUESSED_FROM:
        return sample
    end = MOST_GUESSED_FROM
    while end > MOST_GUESSED_FROM // 2 and not sample[end - 1 : end + 1].isascii():
        end -= 1
    return sample[:end]


def _gain(language: Language, said: tuple[str, ...], of_country: tuple[str, ...]) -> float:
    return language.prior + SAID * (language.code in said) + OF_COUNTRY * (language.code in of_country)


def _score(language: Language, reading: _Reading, charset: str) -> float:
    known = likelihoods(language)
    total = reading.oddity
    for letter, count in reading.letters.items():
        likely = known.get(letter)
        total += count * (_unlisted(letter, language, charset) if likely is None else likely)
    return total


@lru_cache(maxsize=16_384)
def _unlisted(letter: str, language: Language, charset: str) -> float:
    """How likely a letter is that isn't among a language's most frequent ones."""
    script = _script(letter)
    if language.script in ("han", "japanese", "hangul"):
        if script == "han":
            return _ideograph(letter, language, charset)
        if script == "hangul" and language.script == "hangul":
            return _syllable(letter)
        return -7.0 if script == "kana" and language.script == "japanese" else _OTHER_SCRIPT
    return FOREIGN if script == language.script else _OTHER_SCRIPT


def _ideograph(letter: str, language: Language, charset: str) -> float:
    """Each old charset of ideographs has the common ones in a block of their own."""
    if language.script == "hangul":
        return -11.0
    codec, first, last = {
        "gb18030": ("gb2312", 0xB0, 0xD7), "big5hkscs": ("big5", 0xA4, 0xC6),
        "cp932": ("euc_jp", 0xB0, 0xCF), "euc_jp": ("euc_jp", 0xB0, 0xCF),
    }[charset]  # fmt: skip
    lead = _lead(letter, codec)
    return -8.3 if first <= lead <= last else -11.0 if lead else -13.0


def _syllable(letter: str) -> float:
    """How likely a syllable of Hangul is, by its initial, its vowel and its final (Unicode section 3.12)."""
    initial, rest = divmod(ord(letter) - 0xAC00, 588)
    vowel, final = divmod(rest, 28)
    likely = -5.1 if initial in _DOUBLED else -2.7
    likely += -2.35 if vowel in _COMMON_VOWELS else -4.2
    return likely + _FINALS.get(final, -5.8)


def _lead(letter: str, codec: str) -> int:
    try:
        encoded = letter.encode(codec)
    except UnicodeEncodeError:
        return 0
    return encoded[0] if len(encoded) == 2 else 0


def _reading(text: str) -> _Reading:
    text = _ESCAPED.sub(" ", text)
    reading = _Reading(oddity=-8.0 * len(_CODE.findall(text)))
    for found in _LETTERS.finditer(text):
        word = found[0]
        if word.isascii():
            reading.letters.update(word.lower())
            continue
        if len(word) == 1 and not word.isalpha():
            reading.oddity += _of_sign(text, found.start(), word)
            if _script(word) == "thai":
                reading.letters[word] += 1
            continue
        for place, letter in enumerate(word):
            reading.letters[_small(letter)] += 1
            if not letter.isascii():
                reading.oddity += _of_place(word, place)
    return reading


def _small(letter: str) -> str:
    small = letter.lower()
    return small if len(small) == 1 else letter


def _of_sign(text: str, place: int, sign: str) -> float:
    before, after = text[max(0, place - 1) : place], text[place + 1 : place + 2]
    plain = any(one.isascii() and one.isalpha() for one in (before, after))
    if _script(sign) == "thai":
        return -6.0 * plain
    if sign in _SIGNS:
        beside = before.isalpha() + after.isalpha()
        if sign in _WIDE or (
            sign in _QUOTES and (beside < 2 or sign == "’") and not (sign == "’" and beside == after.isalpha())
        ):
            return -3.5
        return -3.5 - 4.0 * beside
    if sign == "\ufffd":
        return -16.0
    if sign.isprintable() and "\u0591" <= sign <= "\u0652":
        return -5.0 - 6.0 * plain  # points of Hebrew and Arabic
    return -11.0 if sign.isprintable() else -16.0


def _of_place(word: str, place: int) -> float:
    """How odd it is that a letter stands there: beside one of another script, a capital behind a small one."""
    letter, script = word[place], _script(word[place])
    before = word[place - 1] if place else ""
    odd = 0.0
    for other in (before, word[place + 1 : place + 2]):
        if not other:
            continue
        beside = _script(other)
        if script == "latin":
            odd -= 0.7 if beside == "latin" else 0.0 if other.isascii() else 4.0
        elif beside != script and {script, beside} - {"kana", "han"}:
            odd -= 6.0 if other.isascii() else 4.0
    if letter.isupper() and before.islower():
        odd -= 4.0
    if letter.isupper() and before.isupper():
        odd -= 0.5
    if letter.islower() and len(word[:place]) > 1 and word[:place][-2:].isupper():
        odd -= 3.0
    if letter.islower() and not place:
        odd -= 0.7
    last = place == len(word) - 1
    if (letter in _FINAL and not last) or (letter in _NOT_FINAL and last and place):
        odd -= 5.0
    return odd


@lru_cache(maxsize=4096)
def _script(letter: str) -> str:
    """The script of a letter; empty for ASCII, signs and others."""
    code = ord(letter[0]) if letter else 0
    return next((script for first, last, script in _SCRIPTS if first <= code <= last), "")
